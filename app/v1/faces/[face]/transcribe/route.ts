import { z } from "zod";
import { transcribeUpload } from "@/lib/documents/transcribe-upload";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const POST = route({ scope: "faces:write", params }, ({ ctx, params, request }) =>
  transcribeUpload(ctx, params.face, request),
);
