import { z } from "zod";
import { Voice } from "@/lib/compile/schemas";
import { showVoice } from "@/lib/compile/show-voice";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const GET = route(
  {
    summary: "Show the voice of a face",
    about: "Measured over its own turns; null while no thread is compiled.",
    reply: Voice.nullable(),
    scope: "faces:read",
    params,
  },
  ({ ctx, params }) => showVoice(ctx, params.face),
);
