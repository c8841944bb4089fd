"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { MessageSquare } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { z } from "zod";
import { paletteText } from "@/components/strings/palette";
import { useSettled } from "@/components/ui/use-settled";
import { fetchJson, pageOf } from "@/lib/http/fetch-json";
import type { Entry } from "./use-palette-entries";

const Found = pageOf(z.object({ id: z.string(), title: z.string().nullish() }));

/** Shorter words are in everything. */
const shortestQuery = 2;
const most = 6;
const none: readonly Entry[] = [];

/** Conversations that hold what is typed, asked for when the typing pauses. */
export function useFoundConversations(query: string): readonly Entry[] {
  const router = useRouter();
  const words = useSettled(query.trim(), 200);
  const isWorthIt = words.length >= shortestQuery && query.trim() !== "";
  const { data } = useQuery({
    queryKey: ["palette", "conversations", words],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/v1/conversations?limit=${most}&q=${encodeURIComponent(words)}`, Found, { signal })).data,
    enabled: isWorthIt,
    placeholderData: keepPreviousData,
  });
  return useMemo(
    () =>
      isWorthIt && data
        ? data.map(({ id, title }) => ({
            id,
            label: title || paletteText.untitled,
            group: "conversations",
            icon: <MessageSquare size={16} strokeWidth={1.75} aria-hidden className="text-ink-3" />,
            run: () => router.push(`/chat/${id}`),
          }))
        : none,
    [data, isWorthIt, router],
  );
}
