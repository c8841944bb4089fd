import { mostCharacters, type MessageInput, type MessageView } from "@/lib/conversations/schemas";
import { newId } from "@/lib/ids";
import { ApiError } from "@/lib/http/fetch-json";
import { chatText } from "@/components/strings/chat";

/** A message on this page: one that is stored, or an answer that is being written. */
export type ChatMessage = Omit<MessageView, "status"> & { status: MessageView["status"] | "writing" };

const blank = { model: null, trace_id: null, error: null, cost_usd: null };

export function newQuestion(content: string, parentId: string | null): ChatMessage {
  const created_at = new Date().toISOString();
  return { ...blank, id: newId("message"), parent_id: parentId, role: "user", content, status: "done", created_at };
}

/** @param id of an answer that failed without a word, whose place it takes */
export function newAnswer(parentId: string, id: string = newId("message")): ChatMessage {
  const created_at = new Date().toISOString();
  return { ...blank, id, parent_id: parentId, role: "assistant", content: "", status: "writing", created_at };
}

/** As the server stores it: what is still being written is kept as far as it has come. */
export function toInput(message: ChatMessage): MessageInput {
  const { id, parent_id, role, content, status, model, trace_id, error } = message;
  const kept = status === "writing" || status === "removed" ? "stopped" : status;
  return { id, parent_id, role, content: content.slice(0, mostCharacters), status: kept, model, trace_id, error };
}

/** What goes to the model: the words alone. An answer without words was none. */
export function toWire(messages: readonly ChatMessage[]): { role: "user" | "assistant"; content: string }[] {
  return messages.filter(({ content }) => content !== "").map(({ role, content }) => ({ role, content }));
}

/** Those of the server, and over them what it has not got yet. */
export function merged(stored: readonly ChatMessage[], own: readonly ChatMessage[]): ChatMessage[] {
  const byId = new Map(stored.map((message) => [message.id, message]));
  for (const message of own) byId.set(message.id, message);
  return [...byId.values()];
}

export function errorOf(error: unknown): NonNullable<ChatMessage["error"]> {
  if (!(error instanceof ApiError)) return { message: chatText.pageBroke, code: null, request_id: null };
  return { message: error.message.slice(0, 2_000), code: error.code, request_id: error.requestId };
}
