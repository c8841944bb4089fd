"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { toast } from "@/components/ui/toast";
import { z } from "zod";
import { chatText } from "@/components/strings/chat";
import { ConversationView } from "@/lib/conversations/schemas";
import { ApiError, dataOf, fetchJson, pageOf } from "@/lib/http/fetch-json";
import { chatKey, type Chat } from "./chat-cache";
import { dropUnstored, storeAgain, unstoredIds } from "./conversation-writer";
import { deleteLater, isLeaving, leavingVersion, onLeaving } from "./leaving-conversations";
import { liveKeys, stopAnswer } from "./live-answers";

const Conversations = pageOf(ConversationView);
const pathOf = (id: string): string => `/v1/conversations/${encodeURIComponent(id)}`;

/** Conversations, the one spoken in last first. @param face id or username; "" is all of them. @param q "" is no search */
export function useConversations({ face, q }: { face: string; q: string }) {
  const query = useInfiniteQuery({
    queryKey: ["conversations", { face, q }],
    queryFn: ({ pageParam, signal }) => fetchJson(`/v1/conversations?${pageParam}`, Conversations, { signal }),
    initialPageParam: paramsOf(face, q, null),
    getNextPageParam: ({ next_cursor: cursor }) => (cursor ? paramsOf(face, q, cursor) : null),
    staleTime: 10_000,
  });
  const version = useSyncExternalStore(onLeaving, leavingVersion, () => 0);
  const pages = query.data?.pages;
  const conversations = useMemo(() => {
    void version;
    return pages?.flatMap(({ data }) => data).filter(({ id }) => !isLeaving(id));
  }, [pages, version]);
  return { ...query, conversations };
}

function paramsOf(face: string, q: string, cursor: string | null): string {
  const params = new URLSearchParams({ limit: "50" });
  if (face) params.set("face", face);
  if (q) params.set("q", q);
  if (cursor) params.set("cursor", cursor);
  return params.toString();
}

/** Gives a title; it stands there at once. */
export function useRename() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, title }: { id: string; title: string }) =>
      (await fetchJson(pathOf(id), dataOf(ConversationView), { method: "PATCH", body: { title } })).data,
    onMutate: ({ id, title }) => client.setQueryData<Chat>(chatKey(id), (chat) => chat && { ...chat, title }),
    onError: (error) => toast.error(chatText.notRenamed(reasonOf(error))),
    onSettled: (_data, _error, { id }) => {
      void client.invalidateQueries({ queryKey: ["conversations"] });
      void client.invalidateQueries({ queryKey: chatKey(id) });
    },
  });
}

/** Remembers the model of a conversation that is stored already. */
export function useChooseModel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, model }: { id: string; model: string }) =>
      fetchJson(pathOf(id), z.unknown(), { method: "PATCH", body: { model } }),
    onMutate: ({ id, model }) =>
      client.setQueryData<Chat>(chatKey(id), (chat) => chat && { ...chat, model: model || null }),
    onError: (error) => toast.error(chatText.notStored(reasonOf(error))),
  });
}

/** Takes a conversation away at once, and deletes it when the time for second thoughts is over. */
export function useDeleteConversation() {
  const client = useQueryClient();
  return ({ id, title }: Pick<ConversationView, "id" | "title">) => {
    stopAnswer(id);
    const undo = deleteLater(id, async () => {
      dropUnstored(id);
      await fetchJson(pathOf(id), z.unknown(), { method: "DELETE" }).catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 404) return;
        storeAgain(id);
        toast.error(chatText.notDeleted(reasonOf(error)));
      });
      client.removeQueries({ queryKey: chatKey(id) });
      await client.invalidateQueries({ queryKey: ["conversations"] });
    });
    toast(chatText.deleted(title || chatText.untitled), { action: { label: chatText.undo, onClick: undo } });
  };
}

/** Answers are written for the sides of a comparison too. */
const isConversation = (key: string): boolean => key.startsWith("cnv_");

export function useDeleteAll() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () =>
      (
        await fetchJson("/v1/conversations", dataOf(z.object({ conversations: z.number() })), {
          method: "DELETE",
        })
      ).data,
    // what is still being written would bring its conversation back
    onMutate: () => {
      const open = [...new Set([...liveKeys(), ...unstoredIds()])].filter(isConversation);
      for (const id of open) {
        stopAnswer(id);
        dropUnstored(id);
      }
      return open;
    },
    onError: (_error, _all, open) => open?.forEach(storeAgain),
    onSuccess: ({ conversations }) => {
      client.removeQueries({ queryKey: ["conversation"] });
      toast(chatText.allDeleted(conversations));
      return client.invalidateQueries({ queryKey: ["conversations"] });
    },
  });
}

export const reasonOf = (error: unknown): string => (error instanceof ApiError ? error.message : chatText.pageBroke);

/** The title of the tab while a page is open. */
export function useTabTitle(title: string): void {
  useEffect(() => {
    if (title) document.title = chatText.tabTitle(title);
  }, [title]);
}
