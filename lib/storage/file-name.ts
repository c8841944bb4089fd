/**
 * The name of a file as it is shown: no path, no control characters, never empty, and whole letters only, since
 * PostgreSQL takes no half of a surrogate pair.
 *
 * @param maxLength in UTF-16 units
 */
export function cleanFileName(name: string | undefined, maxLength: number): string {
  const base = (name ?? "").split(/[/\\]/).at(-1) ?? "";
  const shown = base
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "")
    .trim()
    .slice(0, maxLength)
    // last: a cut may halve a letter
    .toWellFormed();
  return shown === "" ? "untitled" : shown;
}
