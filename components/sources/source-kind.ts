import { sourcesText } from "@/components/strings/sources";
import type { DocumentView } from "@/lib/documents/schemas";

/** How a text is to be read, as a person would say it. */
export type SourceKind = "own" | "about" | "thread";

const kinds = ["own", "about", "thread"] as const;

export const sourceKinds: { value: SourceKind; label: string }[] = kinds.map((value) => ({
  value,
  label: sourcesText.kindNames[value],
}));

export const noteOf = (kind: SourceKind): string => sourcesText.kindNotes[kind];

export const kindOf = ({ type, perspective }: Pick<DocumentView, "type" | "perspective">): SourceKind =>
  type === "thread" ? "thread" : perspective === "third-person" ? "about" : "own";

/**
 * The fields of the contract for a kind; empty ones are left out. A text that was not said to be a conversation names
 * no type: an export of a chat is told by itself.
 */
export function fieldsOf(
  kind: SourceKind,
  speaker: string,
): { type?: "thread"; perspective?: "first-person" | "third-person"; face_speaker?: string } {
  if (kind === "thread") return { type: "thread", ...(speaker.trim() ? { face_speaker: speaker.trim() } : {}) };
  return { perspective: kind === "own" ? "first-person" : "third-person" };
}

/** The change that has a stored text read as another kind. */
export function changeTo(kind: SourceKind): {
  type: "document" | "thread";
  perspective?: "first-person" | "third-person";
} {
  if (kind === "thread") return { type: "thread" };
  return { type: "document", perspective: kind === "own" ? "first-person" : "third-person" };
}
