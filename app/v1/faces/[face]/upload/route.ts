import { z } from "zod";
import { addUploadedDocument } from "@/lib/documents/add-document";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const POST = route({ scope: "faces:write", params, status: 201 }, ({ ctx, params, request }) =>
  addUploadedDocument(ctx, params.face, request),
);
