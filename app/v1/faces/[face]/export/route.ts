import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { exportFace } from "@/lib/cards/export-face";
import { ExportQuery } from "@/lib/cards/schemas";
import { route } from "@/lib/http/route";
import { content } from "@/lib/http/route-definition";

const params = z.object({ face: z.string() });

const reply = content({ "application/json": "The card.", "image/png": "Its picture, with the card in it." });
const words = {
  about:
    "Version 3, with what is needed to have the face again elsewhere in extensions.faces: texts, statements with the places they rest on, and what you changed. As PNG its picture is the fingerprint.",
  reply,
};

export const GET = route(
  { summary: "Export a face as a Character Card", ...words, scope: "faces:read", params, query: ExportQuery },
  ({ ctx, params, query }) => download(ctx, { ...query, ...params }),
);

export const POST = route(
  { summary: "Export a face, asked with a body", ...words, scope: "faces:read", params, body: ExportQuery },
  ({ ctx, params, body }) => download(ctx, { ...body, ...params }),
);

async function download(ctx: Ctx, input: ExportQuery & { face: string }): Promise<Response> {
  const { bytes, fileName, mimeType } = await exportFace(ctx, input);
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": mimeType,
      "content-disposition": `attachment; filename="${fileName}"`,
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    },
  });
}
