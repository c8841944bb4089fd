"use client";

import { useEffect, useRef, useState } from "react";
import { useCommands } from "@/components/palette/commands";
import { sumOf } from "@/components/fingerprint/components";
import { primitivesText } from "@/components/strings/primitives";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { cn } from "@/components/ui/cn";
import { useSettled } from "@/components/ui/use-settled";
import type { FaceView } from "@/lib/faces/schemas";
import { BulkBar } from "./bulk-bar";
import { NoPrimitives } from "./no-primitives";
import { NothingFits } from "./nothing-fits";
import { OpenStatement } from "./open-statement";
import { PrimitiveList } from "./primitive-list";
import { PrimitiveToolbar } from "./primitive-toolbar";
import { LoadingStatements } from "./loading-statements";
import { isFiltered, usePrimitiveFilter } from "./use-primitive-filter";
import { usePrimitiveCounts, usePrimitives } from "./use-primitives";
import { useSelection } from "./use-selection";

/** What the compiler found: the list on the left, one statement with its source on the right. */
export function PrimitivesTab({ face }: { face: FaceView }) {
  const { filter, change } = usePrimitiveFilter();
  const settled = useSettled(filter, 200);
  const primitives = usePrimitives(face.username, settled);
  const counts = usePrimitiveCounts(face.username, settled);
  const { selected, select } = useSelection();
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const items = primitives.data?.pages.flatMap((page) => page.data) ?? [];
  // Wide screens always show one; narrow ones only what was asked for.
  const shownId = selected ?? items[0]?.id ?? null;
  useCommands([
    ...walkCommands(items, shownId, select),
    {
      id: "primitives.search",
      label: primitivesText.commands.search,
      group: "do",
      shortcut: "/",
      run: () => search.current?.focus(),
    },
    ...(face.is_sample
      ? []
      : [
          {
            id: "primitives.several",
            label: primitivesText.commands.several,
            group: "do" as const,
            run: () => setChosen(new Set()),
          },
        ]),
  ]);
  const detail = useShowOnNarrow(selected);

  if (sumOf(face.component_counts) === 0 && !isFiltered(filter)) return <NoPrimitives face={face} />;
  return (
    <>
      <PrimitiveToolbar
        face={face}
        filter={filter}
        onChange={change}
        counts={counts.data}
        searchRef={search}
        isChoosing={chosen !== null}
        onChoosing={(is) => setChosen(is ? new Set() : null)}
        isHiddenOnNarrow={selected !== null}
      />
      {primitives.error ? (
        <ApiErrorBlock
          title={primitivesText.failed}
          error={primitives.error}
          onRetry={() => void primitives.refetch()}
          className="mt-4"
        />
      ) : null}
      {primitives.isPending ? <LoadingStatements /> : null}
      {primitives.data && items.length === 0 ? <NothingFits filter={filter} onChange={change} /> : null}
      {items.length > 0 || selected ? (
        <div className="mt-4 border-t border-line wide:grid wide:grid-cols-[416px_minmax(0,1fr)]">
          <div className={cn("min-w-0 wide:border-r wide:border-line", selected && "hidden wide:block")}>
            <PrimitiveList
              items={items}
              counts={counts.data}
              query={settled.q}
              selected={shownId}
              onSelect={select}
              chosen={chosen}
              onChoose={setChosen}
              // what failed is asked again by whoever reads that it did
              hasMore={primitives.hasNextPage && !primitives.isFetchNextPageError}
              isFetchingMore={primitives.isFetchingNextPage}
              onMore={() => void primitives.fetchNextPage()}
            />
          </div>
          <div
            ref={detail}
            className={cn(
              "min-w-0 scroll-mt-16 py-5 wide:sticky wide:top-14 wide:max-h-[calc(100dvh-56px)] wide:self-start wide:overflow-y-auto wide:pt-6 wide:pl-8",
              !selected && "hidden wide:block",
            )}
          >
            {shownId ? <OpenStatement key={shownId} id={shownId} items={items} face={face} onSelect={select} /> : null}
          </div>
        </div>
      ) : null}
      {chosen ? <BulkBar face={face} items={items} chosen={chosen} onChosen={setChosen} /> : null}
    </>
  );
}

/** On narrow screens a statement takes the place of the list, which may have been far down. */
function useShowOnNarrow(selected: string | null) {
  const detail = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selected && matchMedia("(max-width: 1000px)").matches) detail.current?.scrollIntoView({ block: "start" });
  }, [selected]);
  return detail;
}

function walkCommands(items: readonly { id: string }[], shownId: string | null, select: (id: string) => void) {
  const at = items.findIndex(({ id }) => id === shownId);
  const go = (to: number) => () => {
    const item = items[to];
    if (item) select(item.id);
  };
  return [
    {
      id: "primitives.next",
      label: primitivesText.commands.next,
      group: "do" as const,
      shortcut: "j",
      run: go(at + 1),
    },
    {
      id: "primitives.previous",
      label: primitivesText.commands.previous,
      group: "do" as const,
      shortcut: "k",
      run: go(at - 1),
    },
  ];
}
