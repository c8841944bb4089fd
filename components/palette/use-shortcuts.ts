"use client";

import { useEffect, useSyncExternalStore } from "react";
import { listCommands, runCommand } from "./command-store";
import { openPalette, openShortcuts, preloadPalette, readPalette, setPalette } from "./palette-state";
import { createKeySequence, isChord, isCovered, isTyping, keyName } from "./shortcuts";

const storageKey = "faces.single-keys";
const changed = "faces:single-keys";
let isOffHere = false;

function areSingleKeysOn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== "off";
  } catch {
    return !isOffHere;
  }
}

export function setSingleKeys(isOn: boolean): void {
  isOffHere = !isOn;
  try {
    if (isOn) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, "off");
  } catch {
    // Storage is switched off: the choice lives as long as the page.
  }
  dispatchEvent(new Event(changed));
}

function subscribe(listener: () => void): () => void {
  addEventListener(changed, listener);
  addEventListener("storage", listener);
  return () => {
    removeEventListener(changed, listener);
    removeEventListener("storage", listener);
  };
}

/** Whether single keys act. They can be switched off, because speech input presses them by accident. */
export const useSingleKeys = (): boolean => useSyncExternalStore(subscribe, areSingleKeysOn, () => true);

/** Listens for the shortcuts of everything that is registered, for ⌘K and for `?`. */
export function useShortcuts(): void {
  useEffect(() => {
    const press = createKeySequence();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Control" || event.key === "Meta") preloadPalette();
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      const key = keyName(event);
      if (key === null) return;
      const run = actionFor(key, event.target, press);
      if (run === null) return;
      event.preventDefault();
      run();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}

function actionFor(
  key: string,
  target: EventTarget | null,
  press: ReturnType<typeof createKeySequence>,
): (() => void) | null {
  if (key === "mod+k") return () => (readPalette() === "palette" ? setPalette("closed") : openPalette());
  if (isCovered()) return null;
  if (!key.startsWith("mod+") && (isTyping(target) || !areSingleKeysOn())) return null;
  const commands = listCommands().filter((command) => command.shortcut !== undefined);
  if (key === "?") return openShortcuts;
  const shortcut = press(
    key,
    commands.flatMap((command) =>
      command.shortcut && isChord(command.shortcut) === isChord(key) ? command.shortcut : [],
    ),
  );
  const command = commands.findLast((candidate) => candidate.shortcut === shortcut);
  return shortcut === null || !command ? null : () => runCommand(command.id);
}
