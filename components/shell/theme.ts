export type Theme = "system" | "light" | "dark";

/** Stored here, applied by public/theme.js, which also runs before the first paint. */
const storageKey = "faces.theme";

export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
}

export function chooseTheme(theme: Theme): void {
  try {
    if (theme === "system") localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, theme);
  } catch {
    // Storage is switched off: the choice cannot be kept.
  }
  dispatchEvent(new Event("faces:theme"));
}
