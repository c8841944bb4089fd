import { z } from "zod";
import { deleteDocument } from "@/lib/compile/delete-document";
import { readDocument } from "@/lib/documents/require-document";
import { UpdateDocumentInput } from "@/lib/documents/schemas";
import { updateDocument } from "@/lib/documents/update-document";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string(), document: z.string() });
const query = z.object({ version: z.coerce.number().int().min(1).max(1_000_000).optional() });

export const GET = route({ scope: "faces:read", params, query }, ({ ctx, params, query }) =>
  readDocument(ctx, { ...params, ...query }),
);

export const PATCH = route({ scope: "faces:write", params, body: UpdateDocumentInput }, ({ ctx, params, body }) =>
  updateDocument(ctx, { ...body, ...params }),
);

export const DELETE = route({ scope: "faces:write", params }, ({ ctx, params }) => deleteDocument(ctx, params));
