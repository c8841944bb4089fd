import { z } from "zod";
import { ImportInput, importDocument } from "@/lib/documents/import-document";
import { DocumentView } from "@/lib/documents/schemas";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const POST = route(
  {
    summary: "Import from an address",
    about: "A web page, or the captions of a YouTube video. Private addresses are refused.",
    reply: DocumentView,
    scope: "faces:write",
    params,
    body: ImportInput,
    status: 201,
  },
  ({ ctx, params, body }) => importDocument(ctx, { ...body, ...params }),
);
