import { z } from "zod";
import { previewSpeakers } from "@/lib/documents/preview-speakers";
import { SpeakersPreview } from "@/lib/documents/schemas";
import { FileForm } from "@/lib/documents/upload-form";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const POST = route(
  {
    summary: "Preview the speakers of a file",
    about: "Nothing is stored.",
    form: FileForm,
    reply: SpeakersPreview,
    scope: "faces:write",
    params,
  },
  ({ ctx, params, request }) => previewSpeakers(ctx, params.face, request),
);
