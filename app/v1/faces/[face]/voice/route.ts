import { z } from "zod";
import { MaybeSpokenVoice, showSpokenVoice } from "@/lib/chat/show-spoken-voice";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const GET = route(
  {
    summary: "Show the voice of a face",
    about: "Measured over its own turns; null while no thread is compiled. `told` is what stands of it in a prompt.",
    reply: MaybeSpokenVoice,
    scope: "faces:read",
    params,
  },
  ({ ctx, params }) => showSpokenVoice(ctx, params.face),
);
