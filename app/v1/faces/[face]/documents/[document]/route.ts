import { z } from "zod";
import { deleteDocument, DeletionReceipt } from "@/lib/compile/delete-document";
import { previewDeletion } from "@/lib/compile/preview-deletion";
import { readDocument } from "@/lib/documents/require-document";
import { DocumentView, DocumentWithContent, UpdateDocumentInput } from "@/lib/documents/schemas";
import { updateDocument } from "@/lib/documents/update-document";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string(), document: z.string() });
const query = z.object({ version: z.coerce.number().int().min(1).max(1_000_000).optional() });

export const GET = route(
  {
    summary: "Read a source",
    about: "With its text, exactly as it is compiled and quoted.",
    reply: DocumentWithContent,
    scope: "faces:read",
    params,
    query,
  },
  ({ ctx, params, query }) => readDocument(ctx, { ...params, ...query }),
);

export const PATCH = route(
  {
    summary: "Change a source",
    about: "All but the label make a new version, which waits for a sync.",
    reply: DocumentView,
    scope: "faces:write",
    params,
    body: UpdateDocumentInput,
  },
  ({ ctx, params, body }) => updateDocument(ctx, { ...body, ...params }),
);

const deletion = z.object({ dry_run: z.enum(["true", "false", "1", "0"]).default("false") });

/** With `dry_run` only the receipt that it would leave. */
export const DELETE = route(
  {
    summary: "Delete a source",
    about: "Removes exactly what it brought: the graph afterwards equals a fresh compile of what remains.",
    reply: DeletionReceipt,
    scope: "faces:write",
    params,
    query: deletion,
  },
  ({ ctx, params, query }) =>
    query.dry_run === "true" || query.dry_run === "1" ? previewDeletion(ctx, params) : deleteDocument(ctx, params),
);
