import { z } from "zod";
import { transcribeUpload, TranscriptView } from "@/lib/documents/transcribe-upload";
import { FileForm } from "@/lib/documents/upload-form";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const POST = route(
  {
    isBilled: true,
    summary: "Transcribe a recording",
    about: "Nothing is stored.",
    form: FileForm,
    reply: TranscriptView,
    scope: "faces:write",
    params,
  },
  ({ ctx, params, request }) => transcribeUpload(ctx, params.face, request),
);
