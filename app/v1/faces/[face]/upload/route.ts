import { z } from "zod";
import { addUploadedDocument } from "@/lib/documents/add-document";
import { DocumentView, UploadLimits } from "@/lib/documents/schemas";
import { UploadForm } from "@/lib/documents/upload-form";
import { readUploadLimits } from "@/lib/documents/upload-limits";
import { Reply, route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

/** What may be uploaded, and whether recordings can be transcribed here. */
export const GET = route(
  {
    scope: "faces:read",
    params,
    summary: "Show what may be uploaded",
    about: "The largest sizes, and whether recordings can be transcribed here and for how much.",
    reply: UploadLimits,
  },
  ({ ctx, params }) => readUploadLimits(ctx, params.face),
);

/** 201: its text is ready. 202: a recording, of which the text is still to come. */
export const POST = route(
  {
    summary: "Upload a file",
    about:
      "Text, Markdown, PDF, DOCX, HTML, EPUB, subtitles, chat exports, audio, video. Staged only: nothing is compiled before a sync. The same bytes twice are one document.",
    status: 201,
    statuses: { 202: "A recording, of which the text is still to come." },
    form: UploadForm,
    reply: DocumentView,
    scope: "faces:write",
    params,
  },
  async ({ ctx, params, request }) => {
    const document = await addUploadedDocument(ctx, params.face, request);
    return new Reply(document.status === "transcribing" ? 202 : 201, document);
  },
);
