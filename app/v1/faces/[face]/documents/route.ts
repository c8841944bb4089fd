import { z } from "zod";
import { addTextDocument } from "@/lib/documents/add-document";
import { ListDocumentsQuery, listDocuments } from "@/lib/documents/list-documents";
import { AddTextInput, DocumentView } from "@/lib/documents/schemas";
import { cursorOf } from "@/lib/http/page";
import { route } from "@/lib/http/route";
import { listOf } from "@/lib/http/route-definition";

const params = z.object({ face: z.string() });
const query = ListDocumentsQuery.extend({ cursor: cursorOf("document") });

export const GET = route(
  {
    summary: "List sources",
    about: "Documents and threads, newest first.",
    reply: listOf(DocumentView),
    scope: "faces:read",
    params,
    query,
  },
  ({ ctx, params, query }) => listDocuments(ctx, { ...query, ...params }),
);

export const POST = route(
  {
    summary: "Add a pasted text",
    about: "Staged only: nothing is compiled before a sync. The same text twice is one document.",
    reply: DocumentView,
    scope: "faces:write",
    params,
    body: AddTextInput,
    status: 201,
  },
  ({ ctx, params, body }) => addTextDocument(ctx, { ...body, ...params }),
);
