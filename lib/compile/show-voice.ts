import type { Ctx } from "@/lib/auth/context";
import { voiceOf } from "@/lib/faces/parts";
import { requireReadableFace } from "@/lib/faces/require-face";
import { Voice } from "./schemas";

/**
 * How a face speaks, as its last sync measured it; null while no thread of it is compiled. A composite
 * speaks like the leftmost of its parts that has a voice.
 *
 * @throws {NotFoundError}
 */
export async function showVoice(ctx: Ctx, ref: string): Promise<Voice | null> {
  const voice = await voiceOf(ctx.db, await requireReadableFace(ctx, ref));
  // a voice that an older release measured is read anew at the next sync
  return Voice.safeParse(voice).data ?? null;
}
