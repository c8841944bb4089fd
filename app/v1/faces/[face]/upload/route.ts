import { z } from "zod";
import { addUploadedDocument } from "@/lib/documents/add-document";
import { Reply, route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

/** 201: its text is ready. 202: a recording, of which the text is still to come. */
export const POST = route({ scope: "faces:write", params }, async ({ ctx, params, request }) => {
  const document = await addUploadedDocument(ctx, params.face, request);
  return new Reply(document.status === "transcribing" ? 202 : 201, document);
});
