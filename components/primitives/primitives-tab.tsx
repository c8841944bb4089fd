"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { componentKeys, componentNames, sumOf } from "@/components/fingerprint/components";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { RingKey } from "@/components/fingerprint/ring-key";
import { useDocuments } from "@/components/sources/use-documents";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchInput } from "@/components/ui/search-input";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { useSettled } from "@/components/ui/use-settled";
import { useUrlState } from "@/components/ui/use-url-state";
import { countOf } from "@/lib/format";
import type { FaceView } from "@/lib/faces/schemas";
import { MoreStatements } from "./more-statements";
import { PrimitiveDetail } from "./primitive-detail";
import { PrimitiveList } from "./primitive-list";
import { usePrimitives } from "./use-primitives";
import { useSelection } from "./use-selection";

/** What the compiler found: the list on the left, one statement with its source on the right. */
export function PrimitivesTab({ face }: { face: FaceView }) {
  const [component, setComponent] = useUrlState("component");
  const [q, setQuery] = useUrlState("q");
  const [document, setDocument] = useUrlState("document");
  const query = useSettled(q, 200);
  const primitives = usePrimitives(face.username, { component, q: query, document });
  const { selected, select } = useSelection();
  const loaded = primitives.data?.pages.flatMap((page) => page.data) ?? [];
  // Without a component chosen they stand under one heading each, in ring order; unless there are more than one page
  // holds, where each further page would push into the groups above.
  const isGrouped = component === "" && primitives.data?.pages[0]?.has_more === false;
  const items = isGrouped ? componentKeys.flatMap((key) => loaded.filter((item) => item.component === key)) : loaded;
  const isFiltered = component !== "" || query !== "" || document !== "";
  // Wide screens always show one; narrow ones only what was asked for.
  const shown = items.find((item) => item.id === selected) ?? items[0];

  // On narrow screens a statement takes the place of the list, which may have been far down.
  const detail = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selected && matchMedia("(max-width: 1000px)").matches) detail.current?.scrollIntoView({ block: "start" });
  }, [selected]);

  if (sumOf(face.component_counts) === 0 && !isFiltered) return <NoPrimitives face={face} />;

  return (
    <>
      <div
        className={cn(
          "flex flex-wrap items-center gap-3 bg-bg wide:sticky wide:top-0 wide:z-10 wide:-my-3 wide:py-3",
          selected && "hidden wide:flex",
        )}
      >
        <Segmented label="Component" value={component} onChange={setComponent} segments={segmentsOf(face)} />
        <SearchInput
          label="Search statements"
          placeholder="Search statements and quotes"
          value={q}
          onChange={(event) => setQuery(event.target.value)}
          className="min-w-45 flex-1"
        />
      </div>
      {document ? <DocumentFilter face={face} id={document} onClear={() => setDocument("")} /> : null}
      {primitives.error ? (
        <ApiErrorBlock
          title="The statements could not be loaded"
          error={primitives.error}
          onRetry={() => void primitives.refetch()}
          className="mt-4"
        />
      ) : null}
      {primitives.isPending ? <LoadingList /> : null}
      {primitives.data && items.length === 0 ? (
        <p className="py-6 text-2 text-ink-2">
          No statement {query ? `holds “${query}”` : "fits this filter"}. Search looks at statements and at the
          sentences they rest on.
        </p>
      ) : null}
      {items.length > 0 ? (
        <div className="mt-4 border-t border-line wide:grid wide:grid-cols-[416px_minmax(0,1fr)]">
          <div className={cn("min-w-0 wide:border-r wide:border-line", selected && "hidden wide:block")}>
            <PrimitiveList
              items={items}
              query={query}
              selected={shown?.id ?? null}
              onSelect={select}
              isGrouped={isGrouped}
            />
            {primitives.hasNextPage ? (
              <MoreStatements
                shown={items.length}
                isFetching={primitives.isFetchingNextPage}
                onMore={() => void primitives.fetchNextPage()}
              />
            ) : null}
          </div>
          <div
            ref={detail}
            className={cn(
              "min-w-0 py-5 scroll-mt-16 wide:sticky wide:top-14 wide:max-h-[calc(100dvh-56px)] wide:self-start wide:overflow-y-auto wide:pt-6 wide:pl-8",
              !selected && "hidden wide:block",
            )}
          >
            {shown ? (
              <PrimitiveDetail key={shown.id} primitive={shown} face={face} onClose={() => select(null)} />
            ) : null}
          </div>
        </div>
      ) : null}
    </>
  );
}

function segmentsOf(face: FaceView) {
  return [
    { value: "", label: "All", count: sumOf(face.component_counts) },
    ...componentKeys.map((key) => ({
      value: key as string,
      label: (
        <>
          <RingKey component={key} />
          {componentNames[key].name}
        </>
      ),
      count: face.component_counts[key],
    })),
  ];
}

function DocumentFilter({ face, id, onClear }: { face: FaceView; id: string; onClear: () => void }) {
  const documents = useDocuments(face.username, false);
  const label = documents.data?.find((document) => document.id === id)?.label ?? "one text";
  return (
    <p className="mt-3 flex items-center gap-1 text-2 text-ink-2">
      <span className="truncate">Only what rests on {label}</span>
      <Button look="ghost" onClick={onClear}>
        <X size={14} strokeWidth={1.75} aria-hidden />
        Show all
      </Button>
    </p>
  );
}

function NoPrimitives({ face }: { face: FaceView }) {
  const pending = face.document_counts.pending;
  return (
    <EmptyState
      figure={<Fingerprint data={{}} size={96} title="An empty fingerprint" />}
      title="No statements yet"
      action={
        <Button asChild>
          <Link href={`/faces/${face.username}?tab=sources`}>Go to the sources</Link>
        </Button>
      }
    >
      {face.sync_status === "syncing"
        ? "The sync is running; the statements of a text appear here when the whole text is done."
        : pending > 0
          ? `${countOf(pending, "text")} ${pending === 1 ? "waits" : "wait"} to be synced.`
          : face.document_counts.total > 0
            ? "The texts were read, and nothing in them was found to be a statement of this face."
            : "Statements come from texts. Add one, then sync."}
    </EmptyState>
  );
}

function LoadingList() {
  return (
    <div role="status" aria-label="Loading the statements" className="mt-4 border-t border-line">
      {[1, 2, 3, 4, 5].map((row) => (
        <div key={row} className="flex h-13 items-center gap-3 border-b border-line px-2">
          <Skeleton className="size-3.5 rounded-full" />
          <Skeleton className="w-72 max-w-[60%]" />
        </div>
      ))}
    </div>
  );
}
