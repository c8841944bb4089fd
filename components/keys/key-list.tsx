"use client";

import { keysText } from "@/components/strings/keys";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { useUrlState } from "@/components/ui/use-url-state";
import { formatCount } from "@/lib/format";
import { type KeyActions, KeyTable } from "./key-table";
import type { FaceNames } from "./key-words";
import { useKeys } from "./use-keys";

type KeyListProps = { nameOf: FaceNames; onCreate: () => void } & KeyActions;

/** The keys of the account; those that are revoked when one asks for them. */
export function KeyList({ nameOf, onCreate, ...actions }: KeyListProps) {
  const [shown, setShown] = useUrlState("revoked");
  const keys = useKeys(shown === "1");
  const all = keys.data?.pages.flatMap((page) => page.data);
  return (
    <section aria-labelledby="keys-title" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div className="flex min-h-9 flex-wrap items-center gap-x-2">
        <h2 id="keys-title">{keysText.list}</h2>
        <span className="num text-2 text-ink-3">{all ? formatCount(all.length) : null}</span>
        <label htmlFor="show-revoked" className="ml-auto flex items-center gap-2 text-2 text-ink-2">
          {keysText.showRevoked}
          <Switch
            id="show-revoked"
            checked={shown === "1"}
            onCheckedChange={(isShown) => setShown(isShown ? "1" : "")}
          />
        </label>
      </div>
      {keys.error ? (
        <ApiErrorBlock title={keysText.loadFailed} error={keys.error} onRetry={() => void keys.refetch()} />
      ) : null}
      {keys.isPending ? <LoadingKeys /> : null}
      {all && all.length > 0 ? <KeyTable keys={all} nameOf={nameOf} {...actions} /> : null}
      {all?.length === 0 ? (
        <EmptyState title={keysText.emptyTitle} action={<Button onClick={onCreate}>{keysText.createKey}</Button>}>
          {keysText.empty}
        </EmptyState>
      ) : null}
      {keys.hasNextPage ? (
        <Button
          className="justify-self-center"
          disabled={keys.isFetchingNextPage}
          onClick={() => void keys.fetchNextPage()}
        >
          {keys.isFetchingNextPage ? keysText.loadingMore : keysText.more}
        </Button>
      ) : null}
    </section>
  );
}

function LoadingKeys() {
  return (
    <div role="status" aria-label={keysText.loading} className="border-y border-line">
      {[1, 2].map((row) => (
        <div key={row} className="grid h-14 content-center gap-2 border-t border-line first:border-t-0">
          <Skeleton className="w-28" />
          <Skeleton className="h-2.5 w-36" />
        </div>
      ))}
    </div>
  );
}
