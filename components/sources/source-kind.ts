/** How a text is to be read, as a person would say it. */
export type SourceKind = "own" | "about" | "thread";

export const sourceKinds: { value: SourceKind; label: string; note: string }[] = [
  { value: "own", label: "Own words", note: "Written or said by the face: a journal, an essay, letters." },
  { value: "about", label: "About them", note: "Told by somebody else: a biography, a portrait, an interview." },
  {
    value: "thread",
    label: "Conversation",
    note: "Lines of “Name: text”. Only what the face itself says is compiled, and how it says it.",
  },
];

export const noteOf = (kind: SourceKind): string => sourceKinds.find(({ value }) => value === kind)?.note ?? "";

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
