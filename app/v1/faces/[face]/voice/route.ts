import { z } from "zod";
import { showVoice } from "@/lib/compile/show-voice";
import { route } from "@/lib/http/route";

const params = z.object({ face: z.string() });

export const GET = route({ scope: "faces:read", params }, ({ ctx, params }) => showVoice(ctx, params.face));
