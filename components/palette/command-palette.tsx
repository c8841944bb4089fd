"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { useRef, useState } from "react";
import { paletteText } from "@/components/strings/palette";
import { Highlight } from "@/components/ui/highlight";
import { Kbd } from "@/components/ui/kbd";
import { useWayBack } from "@/components/ui/use-way-back";
import { setPalette } from "./palette-state";
import { ShortcutKeys } from "./shortcut-keys";
import { useFoundConversations } from "./use-found-conversations";
import { usePaletteEntries, type Entry, type EntryGroup } from "./use-palette-entries";

/** Everything one can open or do, by typing a part of its name. */
export function CommandPalette() {
  const [query, setQuery] = useState("");
  const goBack = useWayBack();
  const chosen = useRef<(() => void) | null>(null);
  const groups = usePaletteEntries(query, useFoundConversations(query));
  const [selected, select] = useSelected(groups);

  /** The palette goes first: what runs may open something that takes the focus. */
  const choose = (entry: Entry) => {
    chosen.current = entry.run;
    setPalette("closed");
  };

  return (
    <Dialog.Root open onOpenChange={() => setPalette("closed")}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            goBack(event);
            chosen.current?.();
          }}
          className="fixed inset-x-3 top-3 z-50 mx-auto max-w-140 overflow-hidden rounded-3 border border-line-2 bg-over text-2 mid:top-[12vh]"
        >
          <Dialog.Title className="sr-only">{paletteText.title}</Dialog.Title>
          <Command
            label={paletteText.title}
            value={selected}
            onValueChange={select}
            shouldFilter={false}
            loop
            vimBindings={false}
          >
            <SearchLine query={query} onChange={setQuery} />
            <Command.List
              label={paletteText.results}
              className="max-h-[min(420px,calc(100dvh-100px))] scroll-py-2 overflow-y-auto p-1"
            >
              {groups.map(({ group, entries }) => (
                <Command.Group
                  key={group}
                  value={group}
                  heading={<span className="block px-2 py-1.5 text-1 text-ink-3">{paletteText.groups[group]}</span>}
                >
                  {entries.map((entry) => (
                    <PaletteItem key={entry.id} entry={entry} query={query} onChoose={() => choose(entry)} />
                  ))}
                </Command.Group>
              ))}
              {groups.length === 0 ? (
                <p role="status" className="px-2 py-6 text-center text-ink-2">
                  {paletteText.none(query.trim())}
                </p>
              ) : null}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Something is always selected: where what was is gone, the first there is. */
function useSelected(groups: readonly EntryGroup[]) {
  const [chosen, choose] = useState("");
  const ids = groups.flatMap(({ entries }) => entries.map(({ id }) => id));
  return [ids.includes(chosen) ? chosen : (ids[0] ?? ""), choose] as const;
}

function SearchLine({ query, onChange }: { query: string; onChange: (query: string) => void }) {
  return (
    <div className="flex items-center gap-2 border-b border-line px-3">
      <Search size={16} strokeWidth={1.75} aria-hidden className="text-ink-3" />
      <Command.Input
        value={query}
        onValueChange={onChange}
        placeholder={paletteText.placeholder}
        className="h-12 min-w-0 flex-1 bg-transparent text-3 outline-none"
      />
      <Dialog.Close className="grid min-h-6 min-w-6 place-items-center">
        <Kbd>{paletteText.escape}</Kbd>
        <span className="sr-only">{paletteText.close}</span>
      </Dialog.Close>
    </div>
  );
}

function PaletteItem({ entry, query, onChoose }: { entry: Entry; query: string; onChoose: () => void }) {
  return (
    <Command.Item
      value={entry.id}
      onSelect={onChoose}
      className="flex min-h-10 cursor-pointer items-center gap-2 rounded-2 px-2 data-[selected=true]:bg-accent-soft wide:min-h-8"
    >
      <span className="grid w-5 place-items-center">{entry.icon}</span>
      <span className="min-w-0 flex-1 truncate">
        <Highlight text={entry.label} query={query} />
      </span>
      {entry.note && entry.note !== entry.label ? (
        <span className="max-w-40 truncate text-1 text-ink-3">{entry.note}</span>
      ) : null}
      {entry.shortcut ? <ShortcutKeys shortcut={entry.shortcut} /> : null}
    </Command.Item>
  );
}
