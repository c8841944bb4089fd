export type PaletteState = "closed" | "palette" | "shortcuts";

let state: PaletteState = "closed";
const listeners = new Set<() => void>();

export function setPalette(next: PaletteState): void {
  state = next;
  for (const listener of listeners) listener();
}

export const readPalette = (): PaletteState => state;

export function subscribeToPalette(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Opens "Search or run". */
export const openPalette = (): void => setPalette("palette");

/** Opens the sheet of shortcuts. */
export const openShortcuts = (): void => setPalette("shortcuts");

/** Its code comes when somebody is about to open it. */
export const loadPalette = () => import("./command-palette");

export function preloadPalette(): void {
  void loadPalette().catch(() => undefined);
}
