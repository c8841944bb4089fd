import type { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { showVoice } from "@/lib/compile/show-voice";
import { SpokenVoice } from "@/lib/compile/schemas";
import { voiceLines } from "./voice-lines";

export const MaybeSpokenVoice = SpokenVoice.nullable();
export type MaybeSpokenVoice = z.infer<typeof MaybeSpokenVoice>;

/** How a face speaks, and what a language model that speaks as it is told of that. @throws {NotFoundError} */
export async function showSpokenVoice(ctx: Ctx, ref: string): Promise<MaybeSpokenVoice> {
  const voice = await showVoice(ctx, ref);
  return voice === null ? null : { ...voice, told: [...voiceLines(voice)] };
}
