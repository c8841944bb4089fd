import { newId } from "@/lib/ids";
import { z } from "zod";
import { fetchJson } from "@/lib/http/fetch-json";
import type { MessageInput } from "@/lib/conversations/schemas";
import { parseTurns, type Turn } from "./turns";

const prefix = "faces.chat.face_";

/**
 * Takes over conversations that an older page kept in this browser: each is stored once and then removed here. What
 * belongs to a face that is not this account's stays for whoever it is.
 *
 * @returns how many there were
 */
export async function takeOverConversations(storage: Storage): Promise<number> {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
  let count = 0;
  for (const key of keys.filter((each) => each.startsWith(prefix))) {
    const turns = parseTurns(storage.getItem(key));
    const face = key.slice("faces.chat.".length);
    // removed first: two tabs that open at once must not both store it
    const kept = storage.getItem(key);
    storage.removeItem(key);
    if (turns.length === 0) continue;
    try {
      await storeTurns(face, turns);
      count += 1;
    } catch {
      if (kept !== null) storage.setItem(key, kept);
    }
  }
  return count;
}

const atOnce = 200;

async function storeTurns(face: string, turns: readonly Turn[]): Promise<void> {
  const id = newId("conversation");
  const messages = toMessages(turns);
  for (let from = 0; from < messages.length; from += atOnce) {
    const body = { id, face, messages: messages.slice(from, from + atOnce) };
    await fetchJson("/v1/conversations", z.unknown(), { method: "POST", body });
  }
}

/** Each turn follows the one before; where an older page left two of one role, the later question stands. */
export function toMessages(turns: readonly Turn[]): MessageInput[] {
  const messages: MessageInput[] = [];
  for (const turn of turns) {
    const last = messages.at(-1);
    if (last === undefined && turn.role === "assistant") continue;
    if (last?.role === turn.role) messages.pop();
    messages.push(toMessage(turn, messages.at(-1)?.id ?? null));
  }
  return messages;
}

function toMessage(turn: Turn, parent_id: string | null): MessageInput {
  const place = { id: newId("message"), parent_id, role: turn.role, content: turn.content };
  if (turn.role === "user") return { ...place, status: "done" };
  const { model, traceId, error } = turn;
  return {
    ...place,
    status: turn.status === "writing" ? "stopped" : turn.status,
    model,
    trace_id: traceId,
    error: error && { message: error.message, request_id: error.requestId },
  };
}
