"use client";

import { ListChecks, ListFilter, MoveHorizontal } from "lucide-react";
import { useState, type Ref } from "react";
import { componentKeys, componentNames, sumOf } from "@/components/fingerprint/components";
import { RingKey } from "@/components/fingerprint/ring-key";
import { primitivesText } from "@/components/strings/primitives";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { SearchInput } from "@/components/ui/search-input";
import { Segmented } from "@/components/ui/segmented";
import type { PrimitiveCounts } from "@/lib/compile/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { formatCount } from "@/lib/format";
import { PrimitiveFilters } from "./primitive-filters";
import { choiceNames, isFiltered, type PrimitiveFilter } from "./use-primitive-filter";

type PrimitiveToolbarProps = {
  face: FaceView;
  filter: PrimitiveFilter;
  onChange: (part: Partial<PrimitiveFilter>) => void;
  counts: PrimitiveCounts | undefined;
  searchRef: Ref<HTMLInputElement>;
  isChoosing: boolean;
  onChoosing: (is: boolean) => void;
  /** a statement takes its place there */
  isHiddenOnNarrow: boolean;
};

/** Which statements are shown, and how many they are. */
export function PrimitiveToolbar(props: PrimitiveToolbarProps) {
  const { face, filter, onChange, counts, isChoosing, onChoosing } = props;
  const hasChoice = choiceNames.some((name) => filter[name] !== "" && !(name === "mark" && filter.mark === "tension"));
  const [isOpen, setIsOpen] = useState(hasChoice);
  const all = sumOf(face.component_counts);
  const isTension = filter.mark === "tension";
  return (
    <>
      <div
        className={cn(
          "flex flex-wrap items-center gap-3 bg-bg wide:sticky wide:top-0 wide:z-10 wide:-my-3 wide:py-3",
          props.isHiddenOnNarrow && "hidden wide:flex",
        )}
      >
        <Segmented
          label={primitivesText.component}
          value={filter.component}
          onChange={(component) => onChange({ component, kind: "" })}
          segments={segmentsOf(counts, face)}
        />
        <SearchInput
          ref={props.searchRef}
          label={primitivesText.search}
          placeholder={primitivesText.searchPlaceholder}
          value={filter.q}
          onChange={(event) => onChange({ q: event.target.value })}
          className="min-w-32 flex-1"
        />
        <Button
          aria-pressed={isTension}
          className={cn(isTension && "border-accent bg-accent-soft")}
          onClick={() => onChange({ mark: isTension ? "" : "tension" })}
        >
          <MoveHorizontal size={16} strokeWidth={1.75} aria-hidden />
          {primitivesText.tensions}
          {counts ? <span className="num font-text text-ink-3">{formatCount(counts.tension)}</span> : null}
        </Button>
        <Button aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          <ListFilter size={16} strokeWidth={1.75} aria-hidden />
          {primitivesText.filters}
        </Button>
        {face.is_sample || face.formula ? null : (
          <Button
            size="square"
            aria-label={primitivesText.several}
            title={primitivesText.several}
            aria-pressed={isChoosing}
            className={cn(isChoosing && "border-accent bg-accent-soft")}
            onClick={() => onChoosing(!isChoosing)}
          >
            <ListChecks size={16} strokeWidth={1.75} aria-hidden />
          </Button>
        )}
      </div>
      <div className={cn("mt-3 grid gap-3 empty:hidden", props.isHiddenOnNarrow && "hidden wide:grid")}>
        {isOpen ? <PrimitiveFilters face={face} filter={filter} onChange={onChange} counts={counts} /> : null}
        {counts && isFiltered(filter) ? (
          <p role="status" className="text-2 text-ink-3">
            {primitivesText.found(counts.total, all, filter.q.trim())}
          </p>
        ) : null}
      </div>
    </>
  );
}

function segmentsOf(counts: PrimitiveCounts | undefined, face: FaceView) {
  const components = counts?.components ?? face.component_counts;
  return [
    { value: "", label: primitivesText.all, count: sumOf(components) },
    ...componentKeys.map((key) => ({
      value: key as string,
      label: (
        <>
          <RingKey component={key} />
          {componentNames[key].name}
        </>
      ),
      count: components[key],
    })),
  ];
}
