"use client";

import { useId, useState } from "react";
import { keysText } from "@/components/strings/keys";
import { cn } from "@/components/ui/cn";
import { SearchInput } from "@/components/ui/search-input";
import { Segmented } from "@/components/ui/segmented";

/** Something may have been picked by its label too: programs name faces as they like. */
export type Choice = { value: string; label: string; note?: string | undefined };

type PickListProps = {
  label: string;
  everyLabel: string;
  filterLabel: string;
  choices: readonly Choice[];
  /** null: every one */
  picked: string[] | null;
  onChange: (picked: string[] | null) => void;
  error?: string | undefined;
};

/** More are found by typing: nobody reads through five hundred. */
const mostShown = 50;

/** All of them, or only those that are ticked. */
export function PickList({ label, everyLabel, filterLabel, choices, picked, onChange, error }: PickListProps) {
  const id = useId();
  const [query, setQuery] = useState("");
  const words = query.trim().toLowerCase();
  const found = choices.filter((choice) => `${choice.label} ${choice.note ?? ""}`.toLowerCase().includes(words));
  const toggle = ({ value, label: name }: Choice, isOn: boolean) =>
    onChange(isOn ? [...(picked ?? []), value] : (picked ?? []).filter((each) => each !== value && each !== name));

  return (
    <fieldset aria-label={label} className="grid gap-2" aria-describedby={error ? `${id}-error` : undefined}>
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-2 font-strong">{label}</span>
        <Segmented
          label={keysText.which(label)}
          value={picked === null ? "every" : "some"}
          segments={[
            { value: "every", label: everyLabel },
            { value: "some", label: keysText.some, count: picked?.length },
          ]}
          onChange={(which) => onChange(which === "every" ? null : [])}
          className="ml-auto"
        />
      </div>
      {picked === null ? null : (
        <div className="rounded-2 border border-line">
          {choices.length > 8 ? (
            <div className="border-b border-line p-2">
              <SearchInput label={filterLabel} value={query} onChange={(event) => setQuery(event.target.value)} />
            </div>
          ) : null}
          <ul className="max-h-44 overflow-y-auto py-1">
            {found.slice(0, mostShown).map((choice) => (
              <li key={choice.value}>
                <label
                  htmlFor={`${id}-${choice.value}`}
                  className="flex min-h-9 items-center gap-2.5 px-3 text-2 hover:bg-sunk wide:min-h-7"
                >
                  <input
                    id={`${id}-${choice.value}`}
                    type="checkbox"
                    checked={picked.includes(choice.value) || picked.includes(choice.label)}
                    onChange={(event) => toggle(choice, event.target.checked)}
                    className="size-4 shrink-0 accent-accent"
                  />
                  <span className="min-w-0 truncate">{choice.label}</span>
                  {choice.note ? <span className="truncate text-1 text-ink-3">{choice.note}</span> : null}
                </label>
              </li>
            ))}
          </ul>
          {found.length === 0 ? <p className="px-3 pb-2 text-2 text-ink-3">{keysText.noMatch(query)}</p> : null}
          {found.length > mostShown ? (
            <p className="border-t border-line px-3 py-1.5 text-1 text-ink-3">
              {keysText.firstOf(mostShown, found.length)}
            </p>
          ) : null}
        </div>
      )}
      <p id={`${id}-error`} className={cn("text-1 text-danger", !error && "hidden")}>
        {error}
      </p>
    </fieldset>
  );
}
