"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { listCommands, removeCommands, setCommands, subscribeToCommands, type Command } from "./command-store";

export type { Command, CommandGroup } from "./command-store";

const none: readonly Command[] = [];

/**
 * Puts a page's actions into the palette and its shortcuts on the keyboard, for as long as the component is there.
 * The list may be a new one at every render: what runs is always the latest.
 *
 * @example useCommands([{ id: "faces.new", label: "New face", group: "do", shortcut: "n", run: () => setIsOpen(true) }]);
 */
export function useCommands(commands: readonly Command[]): void {
  const [owner] = useState(() => Symbol("commands"));
  useEffect(() => setCommands(owner, commands));
  useEffect(() => () => removeCommands(owner), [owner]);
}

/** Everything that can be run on this page now. */
export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(subscribeToCommands, listCommands, () => none);
}
