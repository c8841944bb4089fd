import type { Said } from "./visitor-stream";

/** What a tab remembers of a visit, so that a reload loses nothing. */
export type Visit = { ticket: string; messages: Said[] };

const keyOf = (token: string): string => `faces.visit.${token}`;

/** Frames of other sites may have no storage at all: then a visit lasts as long as the page. */
export function readVisit(token: string): Visit | null {
  try {
    const stored = JSON.parse(sessionStorage.getItem(keyOf(token)) ?? "null") as Partial<Visit> | null;
    if (typeof stored?.ticket !== "string" || !Array.isArray(stored.messages)) return null;
    return { ticket: stored.ticket, messages: stored.messages.filter(isSaid) };
  } catch {
    return null;
  }
}

export function keepVisit(token: string, visit: Visit): void {
  try {
    sessionStorage.setItem(keyOf(token), JSON.stringify(visit));
  } catch {
    // Full, or not allowed here.
  }
}

function isSaid(value: unknown): value is Said {
  const { role, content } = (value ?? {}) as Partial<Said>;
  return (role === "user" || role === "assistant") && typeof content === "string";
}
