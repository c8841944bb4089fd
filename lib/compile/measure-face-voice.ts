import { runTask } from "@/lib/compute/pool";
import type { DbOrTransaction } from "@/lib/db/client";
import { readVoiceTurns } from "./read-voice-turns";
import type { Voice } from "./schemas";

const voiceTimeoutMs = 60_000;

/** How a face speaks in the threads that are compiled; null when it says nothing there. */
export async function measureFaceVoice(
  db: DbOrTransaction,
  faceId: string,
  signal?: AbortSignal,
): Promise<Voice | null> {
  const turns = await readVoiceTurns(db, faceId);
  if (!turns.some(({ isFace }) => isFace)) return null;
  return runTask("measureVoice", { turns }, { timeoutMs: voiceTimeoutMs, ...(signal ? { signal } : {}) });
}
