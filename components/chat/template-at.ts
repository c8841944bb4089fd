/** A `${name` that is being typed: where it begins, and the name so far. */
export type OpenTemplate = { start: number; query: string };

/** The template that the caret stands in; null when it stands in none. `\${` stays as written. */
export function templateAt(text: string, caret: number): OpenTemplate | null {
  const match = /(?<!\\)\$\{([a-z0-9-]{0,32})$/i.exec(text.slice(0, caret));
  return match ? { start: match.index, query: (match[1] ?? "").toLowerCase() } : null;
}

/** The text with the template completed, and where the caret stands then. */
export function completeTemplate(
  text: string,
  caret: number,
  { start }: OpenTemplate,
  username: string,
): { text: string; caret: number } {
  const rest = text.slice(caret).replace(/^[a-z0-9-]*\}?/i, "");
  const whole = `\${${username}}`;
  return { text: text.slice(0, start) + whole + rest, caret: start + whole.length };
}

/** Faces that a template may name, those whose name begins so first. */
export function findTemplates<Face extends { username: string; name: string | null }>(
  faces: readonly Face[],
  query: string,
): Face[] {
  const starts = faces.filter(({ username }) => username.startsWith(query));
  const holds = faces.filter(
    (face) => !starts.includes(face) && `${face.username} ${face.name ?? ""}`.toLowerCase().includes(query),
  );
  return [...starts, ...holds].slice(0, 6);
}
