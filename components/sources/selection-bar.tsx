"use client";

import { Trash2 } from "lucide-react";
import { sourcesText } from "@/components/strings/sources";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { sourceKinds, type SourceKind } from "./source-kind";

type SelectionBarProps = {
  count: number;
  of: number;
  onAll: () => void;
  onNone: () => void;
  onDelete: () => void;
  onReadAs: (kind: SourceKind) => void;
  onDone: () => void;
};

/** What can be done with several texts at once. It stays in sight while one scrolls. */
export function SelectionBar({ count, of, onAll, onNone, onDelete, onReadAs, onDone }: SelectionBarProps) {
  return (
    <div
      role="toolbar"
      aria-label={sourcesText.select}
      className="sticky top-13 z-20 -mx-2 mb-1 flex min-h-11 flex-wrap items-center gap-2 rounded-2 bg-accent-soft px-2 py-1 wide:top-0"
    >
      <span role="status" className="num mr-auto text-2 font-strong">
        {sourcesText.selected(count, of)}
      </span>
      <Button look="ghost" onClick={count === of ? onNone : onAll}>
        {count === of ? sourcesText.selectNone : sourcesText.selectAll}
      </Button>
      <Menu
        trigger={
          <Button look="ghost" disabled={count === 0}>
            {sourcesText.readSelectedAs}
          </Button>
        }
      >
        {sourceKinds.map(({ value, label }) => (
          <MenuItem key={value} onSelect={() => onReadAs(value)}>
            {label}
          </MenuItem>
        ))}
      </Menu>
      <Button look="danger" disabled={count === 0} onClick={onDelete}>
        <Trash2 size={16} strokeWidth={1.75} aria-hidden />
        {sourcesText.deleteSelected(count)}
      </Button>
      <Button look="ghost" onClick={onDone}>
        {sourcesText.done}
      </Button>
    </div>
  );
}
