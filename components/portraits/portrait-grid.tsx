"use client";

import { useCallback, useMemo, useRef, type ReactNode } from "react";
import { portraitsText as text } from "@/components/strings/portraits";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useUrlState } from "@/components/ui/use-url-state";
import type { PortraitView } from "@/lib/portraits/portrait-schemas";
import { PortraitCard } from "./portrait-card";
import { PortraitDialog } from "./portrait-dialog";
import { usePortraitActions } from "./use-portrait-actions";
import type { usePortraits } from "./use-portraits";

type PortraitGridProps = {
  portraits: readonly PortraitView[];
  pages: ReturnType<typeof usePortraits>;
  hasNames?: boolean;
  again: ((portrait: PortraitView) => void) | null;
  /** cells before the first portrait */
  children?: ReactNode;
};

export const portraitColumns = "grid grid-cols-2 items-start gap-x-4 gap-y-6 mid:grid-cols-3";

/** Portraits in a grid, with the large view of each. */
export function PortraitGrid({ portraits, pages, hasNames = false, again, children }: PortraitGridProps) {
  const [open, setOpen] = useUrlState("portrait");
  const writeAgain = useCallback(
    (portrait: PortraitView) => {
      setOpen("");
      again?.(portrait);
    },
    [setOpen, again],
  );
  const { actions, doomed } = usePortraitActions(again === null ? null : writeAgain);
  const grid = useRef<HTMLDivElement>(null);
  const inDialog = useMemo(
    () => ({
      ...actions,
      remove: (portrait: PortraitView) => {
        setOpen("");
        actions.remove(portrait);
        // the card that the focus would go back to is gone
        setTimeout(() => grid.current?.querySelector("button")?.focus());
      },
    }),
    [actions, setOpen],
  );
  const shown = portraits.filter(({ id }) => !doomed.has(id));
  return (
    <>
      <div
        ref={grid}
        className={hasNames ? `${portraitColumns} wide:grid-cols-5` : `${portraitColumns} wide:grid-cols-4`}
      >
        {children}
        {shown.map((portrait) => (
          <PortraitCard key={portrait.id} portrait={portrait} actions={actions} hasName={hasNames} onOpen={setOpen} />
        ))}
      </div>
      {pages.hasNextPage ? (
        <Button
          className="justify-self-center"
          disabled={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {pages.isFetchingNextPage ? text.loadingMore : text.moreWaiting}
        </Button>
      ) : null}
      <PortraitDialog portraits={shown} open={open} onOpen={setOpen} actions={inDialog} />
    </>
  );
}

/** Portraits that are about to come, in their usual shape. */
export function LoadingPortraits({ count = 4, hasNames = false }: { count?: number; hasNames?: boolean }) {
  return (
    <div
      role="status"
      aria-label={text.loading}
      className={hasNames ? `${portraitColumns} wide:grid-cols-5` : `${portraitColumns} wide:grid-cols-4`}
    >
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="grid gap-2">
          <Skeleton className="aspect-4/5 h-auto rounded-3" />
          <Skeleton className="w-2/3" />
          <Skeleton className="w-1/3" />
        </div>
      ))}
    </div>
  );
}
