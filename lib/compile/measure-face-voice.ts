import { runTask } from "@/lib/compute/pool";
import type { DbOrTransaction } from "@/lib/db/client";
import { readVoiceTurns } from "./read-voice-turns";
import type { Voice } from "./voice";

const voiceTimeoutMs = 20_000;

/** How a face speaks in the threads that are compiled; null when there is none. */
export async function measureFaceVoice(
  db: DbOrTransaction,
  faceId: string,
  signal?: AbortSignal,
): Promise<Voice | null> {
  const turns = await readVoiceTurns(db, faceId);
  if (turns.length === 0) return null;
  return runTask("measureVoice", { turns }, { timeoutMs: voiceTimeoutMs, ...(signal ? { signal } : {}) });
}
