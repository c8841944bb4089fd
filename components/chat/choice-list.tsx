"use client";

import { Check } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { Popover, PopoverClose } from "@/components/ui/popover";
import { SearchInput } from "@/components/ui/search-input";

export type Choice = { value: string; label: string; note?: string; figure?: ReactNode };

type ChoiceListProps = {
  title: string;
  searchLabel: string;
  emptyText: string;
  value: string;
  find: (query: string) => readonly Choice[];
  /** Said below when more were found than are shown. */
  moreText: (count: number) => string;
  onChoose: (value: string) => void;
};

/** As many as one scrolls through; the rest is found by typing. */
const mostShown = 60;

/** One of many: type to find it, arrow keys to move, Enter to choose. */
function ChoiceList({ title, searchLabel, emptyText, value, find, moreText, onChoose }: ChoiceListProps) {
  const [query, setQuery] = useState("");
  const id = useId();
  const found = find(query);
  const shown = found.slice(0, mostShown);
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      shown.findIndex((choice) => choice.value === value),
    ),
  );
  const list = useRef<HTMLDivElement>(null);
  const active = Math.min(at, shown.length - 1);
  useEffect(() => {
    // newer browsers answer with a promise, which is no clean-up
    void list.current?.querySelector("[data-active]")?.scrollIntoView({ block: "nearest" });
  }, [active]);

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt((active + step + shown.length) % Math.max(1, shown.length));
    else if (event.key === "Home" && query === "") setAt(0);
    else if (event.key === "End" && query === "") setAt(shown.length - 1);
    else if (event.key === "Enter" && shown[active]) onChoose(shown[active].value);
    else return;
    event.preventDefault();
  }

  return (
    <div className="grid max-h-[min(420px,var(--radix-popover-content-available-height))] grid-rows-[auto_minmax(0,1fr)]">
      <div className="grid gap-2 p-2 pb-1">
        <SearchInput
          label={searchLabel}
          placeholder={searchLabel}
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={shown[active] ? `${id}-${active}` : undefined}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          autoFocus
        />
        <p className="px-2 text-1 text-ink-3">{title}</p>
      </div>
      <div ref={list} id={id} role="listbox" aria-label={title} className="overflow-y-auto p-1 pt-0">
        {shown.map((choice, index) => (
          <div
            key={choice.value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={choice.value === value}
            data-active={index === active ? true : undefined}
            onPointerMove={() => setAt(index)}
            onClick={() => onChoose(choice.value)}
            className="flex min-h-10 cursor-pointer items-center gap-2 rounded-2 px-2 data-active:bg-accent-soft wide:min-h-8"
          >
            <Check
              size={14}
              strokeWidth={1.75}
              aria-hidden
              className={choice.value === value ? undefined : "invisible"}
            />
            {choice.figure}
            <span className="min-w-0 truncate">{choice.label}</span>
            <span className="num ml-auto pl-3 text-1 whitespace-nowrap text-ink-3">{choice.note}</span>
          </div>
        ))}
        {shown.length === 0 ? <p className="px-2 py-3 text-ink-3">{emptyText}</p> : null}
        {found.length > shown.length ? (
          <p className="px-2 py-2 text-1 text-ink-3">{moreText(found.length - shown.length)}</p>
        ) : null}
      </div>
    </div>
  );
}

/** A list of choices behind a button. */
export function ChoicePopover({
  trigger,
  label,
  align = "end",
  onChoose,
  ...list
}: ChoiceListProps & { trigger: ReactNode; label: string; align?: "start" | "end" }) {
  const close = useRef<HTMLButtonElement>(null);
  return (
    <Popover trigger={trigger} label={label} align={align} className="w-88 overflow-hidden">
      <ChoiceList
        {...list}
        onChoose={(value) => {
          close.current?.click();
          onChoose(value);
        }}
      />
      <PopoverClose ref={close} hidden tabIndex={-1} aria-hidden />
    </Popover>
  );
}
