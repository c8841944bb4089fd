import { ConversationDetail } from "@/lib/conversations/schemas";
import { ApiError, dataOf, fetchJson } from "@/lib/http/fetch-json";
import { merged, toInput, type ChatMessage } from "./chat-message";
import { liveAnswer, liveKeys } from "./live-answers";

/** Where what is written belongs. */
export type Target = { id: string; face: string; model: string | null };

type Waiting = { target: Target; messages: ChatMessage[]; leafId: string | null; isSending: boolean };

/** What the server has not got yet, by conversation: one write at a time, what comes meanwhile goes with the next. */
const waiting = new Map<string, Waiting>();

/** The browser sends no more than 64 KB after its page has gone. */
const keepaliveBytes = 60_000;
const attempts = 4;

/** Conversations that were deleted: a message that came later would bring them back. */
const gone = new Set<string>();

/** The conversations of which something is still on its way to the server. */
export const unstoredIds = (): string[] => [...waiting.keys()];

/** Messages of a conversation that are still on their way to the server. */
export const unstored = (id: string): readonly ChatMessage[] => waiting.get(id)?.messages ?? [];

/**
 * Stores messages, together with whatever of the conversation waits already. Sending a message twice is sending it once.
 *
 * @returns what the server holds now; null when an earlier write takes these along, or the conversation was deleted
 * @throws {ApiError} it cannot be stored
 */
export async function storeMessages(
  target: Target,
  messages: readonly ChatMessage[],
  leafId: string | null,
): Promise<ConversationDetail | null> {
  if (gone.has(target.id)) return null;
  const entry = waiting.get(target.id) ?? { target, messages: [], leafId, isSending: false };
  Object.assign(entry, { target, leafId, messages: merged(entry.messages, messages) });
  waiting.set(target.id, entry);
  if (entry.isSending) return null;
  entry.isSending = true;
  try {
    for (;;) {
      const sent = entry.messages;
      const stored = await post(entry);
      if (stored === null) return null;
      entry.messages = entry.messages.filter((message) => !sent.includes(message));
      if (entry.messages.length > 0) continue;
      waiting.delete(target.id);
      return stored;
    }
  } finally {
    entry.isSending = false;
  }
}

/** What is not stored yet need not be, nor what comes: the conversation is being deleted. */
export function dropUnstored(id: string): void {
  waiting.delete(id);
  gone.add(id);
}

/** The conversation could not be deleted: what is said in it is stored as before. */
export function storeAgain(id: string): void {
  gone.delete(id);
}

/** @returns null: the conversation was deleted meanwhile */
async function post({ target, messages, leafId }: Waiting): Promise<ConversationDetail | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const body = bodyOf(target, messages, leafId);
      return (await fetchJson("/v1/conversations", dataOf(ConversationDetail), { method: "POST", body })).data;
    } catch (error) {
      if (gone.has(target.id)) return null;
      const mayPass = error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500);
      if (!mayPass || attempt >= attempts) throw error;
      await new Promise((done) => setTimeout(done, 500 * 2 ** attempt));
      if (gone.has(target.id)) return null;
    }
  }
}

function bodyOf({ id, face, model }: Target, messages: readonly ChatMessage[], leafId: string | null) {
  return { id, face, model, messages: messages.map(toInput), leaf_id: leafId };
}

const targets = new Map<string, Target>();

/** Tells where the answer belongs that a conversation is waiting for, should the page be closed meanwhile. */
export function expectAnswer(target: Target): void {
  targets.set(target.id, target);
}

/** Sends everything that was seen and not stored when the page goes, without waiting for an answer. */
export function storeOnLeave(): void {
  for (const id of new Set([...waiting.keys(), ...liveKeys()])) {
    const target = waiting.get(id)?.target ?? targets.get(id);
    if (target === undefined || gone.has(id)) continue;
    const live = liveAnswer(id);
    const messages = merged(unstored(id), live === null ? [] : [live]);
    const leafId = live?.id ?? waiting.get(id)?.leafId ?? null;
    const body = JSON.stringify(bodyOf(target, messages, leafId));
    const keepalive = new Blob([body]).size <= keepaliveBytes;
    const headers = { "content-type": "application/json" };
    void fetch("/v1/conversations", { method: "POST", body, headers, keepalive }).catch(() => undefined);
  }
}
