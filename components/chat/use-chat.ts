"use client";

import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { z } from "zod";
import { branchOf, ConversationDetail, leafUnder } from "@/lib/conversations/schemas";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";
import { changeChat, chatKey, readChat, storeInChat, tellUnstored, type Chat, type Partner } from "./chat-cache";
import { merged, newAnswer, newQuestion, toWire, type ChatMessage } from "./chat-message";
import { expectAnswer, storeMessages, unstored, type Target } from "./conversation-writer";
import { liveAnswer, liveOutline, stopAnswer, subscribeToLive, writeAnswer } from "./live-answers";

/** While a long answer is written it is stored now and then: a crash takes seconds of it, not all. */
const checkpointMs = 5_000;

const pathOf = (id: string): string => `/v1/conversations/${encodeURIComponent(id)}`;

/** @param isNew nobody has said anything in it: there is nothing to be asked for */
export function useStoredChat(id: string, isNew: boolean) {
  const client = useQueryClient();
  return useQuery({
    queryKey: chatKey(id),
    queryFn: async ({ signal }): Promise<Chat> => {
      const { data } = await fetchJson(pathOf(id), dataOf(ConversationDetail), { signal });
      const messages: ChatMessage[] = merged(data.messages, unstored(id));
      return { ...data, messages, leaf_id: leafToShow(messages, data.leaf_id, readChat(client, id), id) };
    },
    enabled: !isNew,
    staleTime: 30_000,
  });
}

/**
 * The branch that is shown stays, whatever another window shows, unless it was gone on with there.
 *
 * @param leafId of the server
 */
function leafToShow(messages: readonly ChatMessage[], leafId: string | null, own: Chat | undefined, id: string) {
  const shown = own?.leaf_id ?? null;
  if (shown === null || shown === leafId) return leafId;
  if (liveAnswer(id)?.id === shown) return shown;
  const isThere = messages.some((message) => message.id === shown);
  const isBehind = branchOf(messages, leafId).some((message) => message.id === shown);
  return isThere && !isBehind ? shown : leafId;
}

/** The answer that is being written under a key; null when none is. */
export function useLiveAnswer(key: string): ChatMessage | null {
  const read = useCallback(() => liveAnswer(key), [key]);
  return useSyncExternalStore(subscribeToLive, read, () => null);
}

function useLiveOutline(key: string): ChatMessage | null {
  const read = useCallback(() => liveOutline(key), [key]);
  return useSyncExternalStore(subscribeToLive, read, () => null);
}

const noMessages: ChatMessage[] = [];

/** What one can do in a conversation: ask, ask differently, have it answered again, stop, go to another branch. */
export function useChat(id: string, chat: Chat | undefined, partner: Partner) {
  const client = useQueryClient();
  const live = useLiveOutline(id);
  const stored = chat?.messages ?? noMessages;
  const leafId = chat?.leaf_id ?? null;
  const messages = useMemo(() => (live === null ? stored : merged(stored, [live])), [stored, live]);
  const branch = useMemo(() => branchOf(messages, leafId), [messages, leafId]);
  const actions = useMemo(() => actionsOf(client, id, partner), [client, id, partner]);
  return { actions, messages, branch, isWriting: live?.status === "writing" };
}

export type ChatActions = ReturnType<typeof actionsOf>;

function actionsOf(client: QueryClient, id: string, partner: Partner) {
  const target: Target = { id, face: partner.id, model: partner.model || null };
  const change = (update: (chat: Chat) => Chat) => changeChat(client, id, partner, update);
  const said = () => readChat(client, id)?.messages ?? noMessages;

  async function answer(before: readonly ChatMessage[], pending: ChatMessage): Promise<void> {
    expectAnswer(target);
    change((chat) => ({ ...chat, leaf_id: pending.id }));
    const checkpoint = setInterval(() => storeSoFar(target), checkpointMs);
    const model = partner.model ? `${partner.username}@${partner.model}` : partner.username;
    const ended = await writeAnswer({ key: id, answer: pending, model, messages: toWire(before) });
    clearInterval(checkpoint);
    change((chat) => ({ ...chat, messages: merged(chat.messages, [ended]) }));
    void client.invalidateQueries({ queryKey: ["billing"] });
    await storeInChat(client, target, [ended]);
  }

  return {
    ask(content: string, parentId: string | null) {
      const before = branchOf(said(), parentId);
      const question = newQuestion(content, before.at(-1)?.id ?? null);
      change((chat) => ({ ...chat, leaf_id: question.id, messages: [...chat.messages, question] }));
      void storeInChat(client, target, [question]);
      void answer([...before, question], newAnswer(question.id));
    },
    /** A failed answer without a word gives its place to the new one; any other stays as a branch. */
    answerAgain(old: ChatMessage) {
      if (old.parent_id === null) return;
      const isWordless = old.status === "failed" && old.content === "";
      void answer(branchOf(said(), old.parent_id), newAnswer(old.parent_id, isWordless ? old.id : undefined));
    },
    /** Has a question answered that has no answer: the page was closed before one came. */
    answerQuestion: (question: ChatMessage) => void answer(branchOf(said(), question.id), newAnswer(question.id)),
    showBranch(messageId: string) {
      const leaf_id = leafUnder(said(), messageId);
      change((chat) => ({ ...chat, leaf_id }));
      // a branch that is not remembered is no loss worth a word
      void fetchJson(pathOf(id), z.unknown(), { method: "PATCH", body: { leaf_id } }).catch(() => undefined);
    },
    stop: () => stopAnswer(id),
  };
}

function storeSoFar(target: Target): void {
  const now = liveAnswer(target.id);
  if (now?.status !== "writing" || !now.content) return;
  void storeMessages(target, [now], now.id).catch((error: unknown) => {
    // while it is written the next one may do better; the end of the answer went along with this one
    if (liveAnswer(target.id)?.status !== "writing") tellUnstored(error);
  });
}
