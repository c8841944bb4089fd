/** How long the second key of two may take. */
const sequenceMs = 1500;

/** What a key press is called in a shortcut: `"k"`, `"?"`, `"mod+k"`; null for keys that are none. */
export function keyName(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): string | null {
  if (event.altKey || ["Shift", "Control", "Meta", "Alt", "Dead", "Unidentified"].includes(event.key)) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
}

/** The keys of a shortcut, in their order: `"g f"` → `["g", "f"]`. */
export const keysOf = (shortcut: string): string[] => shortcut.split(" ").filter((key) => key !== "");

/** Whether it needs Ctrl or ⌘, so that it cannot be pressed by accident (WCAG 2.1.4). */
export const isChord = (shortcut: string): boolean => shortcut.startsWith("mod+");

/**
 * Follows keys until they make one of the shortcuts.
 *
 * @returns a function that takes a key and the shortcuts there are, and answers with the one that is complete
 */
export function createKeySequence(now: () => number = Date.now) {
  let pressed: string[] = [];
  let lastAt = 0;
  return (key: string, shortcuts: readonly string[]): string | null => {
    pressed = now() - lastAt > sequenceMs ? [key] : [...pressed, key];
    lastAt = now();
    // a wrong second key may be the first of another shortcut
    while (pressed.length > 0 && !shortcuts.some((shortcut) => begins(shortcut, pressed))) pressed = pressed.slice(1);
    const complete = shortcuts.find((shortcut) => keysOf(shortcut).join(" ") === pressed.join(" "));
    if (complete === undefined) return null;
    pressed = [];
    return complete;
  };
}

const begins = (shortcut: string, pressed: readonly string[]): boolean =>
  pressed.every((key, index) => keysOf(shortcut)[index] === key);

const typing =
  "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable=''], [contenteditable=true], [role=textbox], [role=combobox], [role=listbox], [role=menu], [role=menubar]";

/** Whether keys belong to what has the focus: a field, or a list that looks for what is typed. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(typing) !== null;

/** Whether something stands in front of the page, which single keys must not reach. */
export const isCovered = (): boolean =>
  document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") !== null;
