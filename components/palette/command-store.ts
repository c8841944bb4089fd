import type { LucideIcon } from "lucide-react";

/** Where a command stands in the palette. */
export type CommandGroup = "do" | "go" | "faces" | "conversations" | "display" | "account";

export type Command = {
  /** unique among all that are registered at once: `faces.new` */
  id: string;
  /** what will happen, as on a button */
  label: string;
  group: CommandGroup;
  /** other words one might look for */
  keywords?: readonly string[];
  /** `"n"`, `"g f"` (one after the other) or `"mod+j"` (Ctrl or ⌘). Single keys never act while somebody types. */
  shortcut?: string;
  icon?: LucideIcon;
  run: () => void;
};

const byOwner = new Map<symbol, readonly Command[]>();
const listeners = new Set<() => void>();
let all: readonly Command[] = [];

/** Replaces what an owner has registered. Of two with one id the later owner's counts: it is nearer to the person. */
export function setCommands(owner: symbol, commands: readonly Command[]): void {
  const before = byOwner.get(owner);
  byOwner.set(owner, commands);
  if (before === undefined || !looksSame(before, commands)) publish();
}

export function removeCommands(owner: symbol): void {
  if (byOwner.delete(owner)) publish();
}

/** All that can be run now. Its identity changes only with what one would see. */
export const listCommands = (): readonly Command[] => all;

/** Runs a command as it is registered at this moment. */
export function runCommand(id: string): void {
  latest(id)?.run();
}

export function subscribeToCommands(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function latest(id: string): Command | undefined {
  return [...byOwner.values()].flat().findLast((command) => command.id === id);
}

function publish(): void {
  all = [...new Map([...byOwner.values()].flat().map((command) => [command.id, command])).values()];
  for (const listener of listeners) listener();
}

function looksSame(before: readonly Command[], after: readonly Command[]): boolean {
  return before.length === after.length && before.every((command, index) => faceOf(command) === faceOf(after[index]));
}

const faceOf = (command: Command | undefined): string =>
  command ? JSON.stringify([command.id, command.label, command.group, command.keywords, command.shortcut]) : "";
