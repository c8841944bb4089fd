import { z } from "zod";
import { addTextDocument } from "@/lib/documents/add-document";
import { listDocuments } from "@/lib/documents/list-documents";
import { AddTextInput } from "@/lib/documents/schemas";
import { cursorOf, PageQuery } from "@/lib/http/page";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });
const query = PageQuery.extend({ cursor: cursorOf("document") });

export const GET = route({ scope: "faces:read", params, query }, ({ ctx, params, query }) =>
  listDocuments(ctx, { ...query, ...params, type: "thread" }),
);

export const POST = route({ scope: "faces:write", params, body: AddTextInput, status: 201 }, ({ ctx, params, body }) =>
  addTextDocument(ctx, { ...body, ...params, type: "thread" }),
);
