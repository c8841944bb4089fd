import { z } from "zod";
import { addTextDocument } from "@/lib/documents/add-document";
import { listDocuments } from "@/lib/documents/list-documents";
import { AddTextInput, DocumentView } from "@/lib/documents/schemas";
import { cursorOf, PageQuery } from "@/lib/http/page";
import { route } from "@/lib/http/route";
import { listOf } from "@/lib/http/route-definition";

const params = z.object({ face: z.string() });
const query = PageQuery.extend({ cursor: cursorOf("document") });

export const GET = route(
  { summary: "List threads", reply: listOf(DocumentView), scope: "faces:read", params, query },
  ({ ctx, params, query }) => listDocuments(ctx, { ...query, ...params, type: "thread" }),
);

export const POST = route(
  {
    summary: "Add a pasted thread",
    about: "Turns as Speaker: text; face_speaker says who of them is the face.",
    reply: DocumentView,
    scope: "faces:write",
    params,
    body: AddTextInput,
    status: 201,
  },
  ({ ctx, params, body }) => addTextDocument(ctx, { ...body, ...params, type: "thread" }),
);
