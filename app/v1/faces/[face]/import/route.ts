import { z } from "zod";
import { ImportInput, importDocument } from "@/lib/documents/import-document";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const POST = route({ scope: "faces:write", params, body: ImportInput, status: 201 }, ({ ctx, params, body }) =>
  importDocument(ctx, { ...body, ...params }),
);
