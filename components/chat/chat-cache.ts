import type { QueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toast";
import { chatText } from "@/components/strings/chat";
import type { ConversationDetail } from "@/lib/conversations/schemas";
import { ApiError } from "@/lib/http/fetch-json";
import type { ChatMessage } from "./chat-message";
import { storeMessages, type Target } from "./conversation-writer";

/** A conversation on this page: like the server's, with what the server has not got yet. */
export type Chat = Omit<ConversationDetail, "messages"> & { messages: ChatMessage[] };

/** With whom one speaks, and through which model: "" is the face's default. */
export type Partner = { id: string; username: string; name: string | null; model: string };

export const chatKey = (id: string) => ["conversation", id] as const;

export const readChat = (client: QueryClient, id: string): Chat | undefined => client.getQueryData<Chat>(chatKey(id));

export function changeChat(client: QueryClient, id: string, partner: Partner, change: (chat: Chat) => Chat): void {
  client.setQueryData<Chat>(chatKey(id), (now) => change(now ?? emptyChat(id, partner)));
}

/** Stores what was said, and takes from the server what only it knows; what cannot be stored is told. */
export async function storeInChat(client: QueryClient, target: Target, messages: ChatMessage[]): Promise<void> {
  try {
    const kept = await storeMessages(target, messages, storedLeaf(client, target.id, messages));
    if (kept === null) return;
    // a look at the conversation that began before this was stored would take it off the page again
    await client.cancelQueries({ queryKey: chatKey(target.id) });
    client.setQueryData<Chat>(chatKey(target.id), (now) => now && withStored(now, kept));
    void client.invalidateQueries({ queryKey: ["conversations"] });
  } catch (error) {
    tellUnstored(error);
  }
}

export function tellUnstored(error: unknown): void {
  const reason = error instanceof ApiError ? error.message : chatText.pageBroke;
  toast.error(chatText.notStored(reason));
}

/** The end of the branch that is shown, as far as it is more than an answer under way. */
function storedLeaf(client: QueryClient, id: string, messages: readonly ChatMessage[]): string | null {
  const chat = readChat(client, id);
  const isThere = chat?.messages.some((message) => message.id === chat.leaf_id) === true;
  return isThere ? (chat?.leaf_id ?? null) : (messages.at(-1)?.id ?? null);
}

function withStored(own: Chat, { messages, ...view }: ConversationDetail): Chat {
  const byId = new Map(messages.map((message) => [message.id, message]));
  return {
    ...own,
    ...view,
    leaf_id: own.leaf_id,
    model: own.model,
    messages: own.messages.map((message) => {
      const stored = byId.get(message.id);
      if (stored === undefined) return message;
      return stored.status === "removed" ? stored : { ...message, cost_usd: stored.cost_usd };
    }),
  };
}

function emptyChat(id: string, { model, ...face }: Partner): Chat {
  const now = new Date().toISOString();
  return {
    id,
    face,
    title: "",
    is_named: false,
    model: model || null,
    leaf_id: null,
    message_count: 0,
    snippet: null,
    created_at: now,
    updated_at: now,
    messages: [],
  };
}
