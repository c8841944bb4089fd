"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import { chatText } from "@/components/strings/chat";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Skeleton } from "@/components/ui/skeleton";
import { useNow } from "@/components/ui/use-now";
import type { ConversationView } from "@/lib/conversations/schemas";
import { ConversationRow } from "./conversation-row";
import { groupByDay } from "./group-by-day";
import { useConversations } from "./use-conversations";

type ConversationListProps = {
  query: string;
  currentId: string | null;
  hrefOf: (id: string) => string;
  onDelete: (conversation: ConversationView) => void;
  onOpen?: (() => void) | undefined;
};

const headingHeight = 32;
const rowHeight = 52;

/** All conversations by day. However many there are, only those in sight are drawn. */
export function ConversationList({ query, currentId, hrefOf, onDelete, onOpen }: ConversationListProps) {
  const list = useConversations({ face: "", q: query });
  const now = useNow();
  const rows = useMemo(() => groupByDay(list.conversations ?? [], now), [list.conversations, now]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === "heading" ? headingHeight : rowHeight),
    getItemKey: (index) => keyOf(rows[index], index),
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
  // what failed is asked again by whoever reads that it did
  const canFetchMore = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  const isAtEnd = (shown.at(-1)?.index ?? 0) >= rows.length - 8;
  useEffect(() => {
    if (isAtEnd && canFetchMore) void fetchNextPage();
  }, [isAtEnd, canFetchMore, fetchNextPage]);

  if (list.error)
    return (
      <ApiErrorBlock
        title={chatText.listFailed}
        error={list.error}
        onRetry={() => void list.refetch()}
        className="mx-3"
      />
    );
  if (list.isPending) return <LoadingList />;
  if (rows.length === 0)
    return (
      <p role="status" className="px-5.5 py-2 text-2 text-ink-3">
        {query ? chatText.noneFound(query) : chatText.none}
      </p>
    );
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto px-3 pb-3">
      {query ? (
        <p role="status" className="sr-only">
          {chatText.found(list.conversations?.length ?? 0, hasNextPage)}
        </p>
      ) : null}
      <nav aria-label={chatText.listLabel} className="relative" style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, key, start, size }) => {
          const row = rows[index];
          return (
            <div
              key={key}
              className="absolute inset-x-0 top-0"
              style={{ height: size, transform: `translateY(${start}px)` }}
            >
              {row?.kind === "heading" ? (
                <p className="px-2.5 pt-3 pb-1 text-1 text-ink-3">{row.title}</p>
              ) : row ? (
                <ConversationRow
                  conversation={row.item}
                  query={query}
                  href={hrefOf(row.item.id)}
                  isCurrent={row.item.id === currentId}
                  onDelete={() => onDelete(row.item)}
                  onOpen={onOpen}
                />
              ) : null}
            </div>
          );
        })}
      </nav>
    </div>
  );
}

function keyOf(row: ReturnType<typeof groupByDay<ConversationView>>[number] | undefined, index: number): string {
  if (row === undefined) return String(index);
  return row.kind === "heading" ? row.title : row.item.id;
}

function LoadingList() {
  return (
    <div role="status" aria-label={chatText.loadingList} className="grid gap-5 px-5.5 pt-3">
      {[1, 2, 3, 4].map((row) => (
        <div key={row} className="grid gap-2">
          <Skeleton className="w-4/5" />
          <Skeleton className="h-2.5 w-2/5" />
        </div>
      ))}
    </div>
  );
}
