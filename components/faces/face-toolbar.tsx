"use client";

import { ArrowDownWideNarrow, Check } from "lucide-react";
import { facesText } from "@/components/strings/faces";
import { Button } from "@/components/ui/button";
import { Menu, MenuChoice, MenuChoices, MenuTick } from "@/components/ui/menu";
import { SearchInput } from "@/components/ui/search-input";
import { Segmented } from "@/components/ui/segmented";
import type { FaceView } from "@/lib/faces/schemas";
import { isShown, oneOf, sorts, type Show, type Sort } from "./faces-view";

type FaceToolbarProps = {
  faces: readonly FaceView[];
  query: string;
  onQuery: (query: string) => void;
  show: Show;
  onShow: (show: Show) => void;
  sort: Sort;
  onSort: (sort: Sort) => void;
};

/** Which faces are shown, and in which order. */
export function FaceToolbar({ faces, query, onQuery, show, onShow, sort, onSort }: FaceToolbarProps) {
  const count = (each: Show) => faces.filter(isShown[each]).length;
  return (
    <div className="mb-2 flex flex-wrap items-center gap-3">
      <SearchInput
        label={facesText.find}
        placeholder={facesText.findHint}
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        className="w-full mid:w-80"
      />
      <Segmented
        label={facesText.show}
        value={show}
        onChange={onShow}
        segments={[
          { value: "", label: facesText.all, count: count("") },
          { value: "needs", label: facesText.needsYou, count: count("needs") },
          { value: "composed", label: facesText.composed, count: count("composed") },
        ]}
      />
      <SortMenu sort={sort} onSort={onSort} />
    </div>
  );
}

function SortMenu({ sort, onSort }: { sort: Sort; onSort: (sort: Sort) => void }) {
  return (
    <Menu
      label={facesText.sort}
      trigger={
        <Button look="ghost" className="ml-auto" aria-label={`${facesText.sort}: ${facesText.sorts[sort]}`}>
          <ArrowDownWideNarrow size={16} strokeWidth={1.75} aria-hidden />
          {facesText.sorts[sort]}
        </Button>
      }
    >
      <MenuChoices value={sort} onValueChange={(value) => onSort(oneOf(sorts, value))}>
        {sorts.map((each) => (
          <MenuChoice key={each} value={each}>
            <span className="grid size-4 place-items-center">
              <MenuTick>
                <Check size={14} strokeWidth={1.75} aria-hidden />
              </MenuTick>
            </span>
            {facesText.sorts[each]}
          </MenuChoice>
        ))}
      </MenuChoices>
    </Menu>
  );
}
