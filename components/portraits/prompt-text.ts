/** `<faceid:42:0.8>`, as lib/portraits/tokens.ts reads it. */
const token = /<\s*(?:faceid|lora)\s*:[^<>]*>/iu;

/** Whether the text itself says who is in the picture. */
export const namesPeople = (text: string): boolean => token.test(text);

/** "0.8", "1": no more digits than are needed. */
const digits = (strength: number): string => String(Math.round(strength * 100) / 100);

/** @returns the text with the person in it: ahead, unless the text names people itself */
export const withPerson = (text: string, tuneId: number, strength: number): string =>
  namesPeople(text) ? text : `<faceid:${tuneId}:${digits(strength)}> ${text}`;

/** The words without the tokens, as people read them. */
export const wordsOf = (text: string): string =>
  text
    .replaceAll(new RegExp(token, "giu"), " ")
    .replaceAll(/\s+/gu, " ")
    .replaceAll(/\s+,/gu, ",")
    .replace(/^[\s,]+|[\s,]+$/gu, "");

/** What was read of a text. `null`: it does not stand in one piece. */
type Place = { start: number | null; end: number | null };
export type MarkKind = "understood" | "ignored" | "person";
export type Piece = { kind: MarkKind | null; text: string };
export type Reading = {
  understood: readonly Place[];
  ignored: readonly Place[];
  people: readonly Place[];
};

/**
 * Cuts a text at the places that were read, from left to right; of two that overlap the first counts.
 *
 * @param text as it was typed
 * @param ahead how many characters stood before it in what was read
 */
export function markedPieces(text: string, ahead: number, { understood, ignored, people }: Reading): Piece[] {
  const places = [...mark(understood, "understood"), ...mark(ignored, "ignored"), ...mark(people, "person")]
    .map(({ start, end, kind }) => ({ start: Math.max(0, start - ahead), end: end - ahead, kind }))
    .filter(({ start, end }) => end > start && end <= text.length)
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end, kind } of places) {
    if (start < at) continue;
    if (start > at) pieces.push({ kind: null, text: text.slice(at, start) });
    pieces.push({ kind, text: text.slice(start, end) });
    at = end;
  }
  if (at < text.length) pieces.push({ kind: null, text: text.slice(at) });
  return pieces;
}

function mark(places: readonly Place[], kind: MarkKind) {
  return places.flatMap(({ start, end }) => (start === null || end === null ? [] : [{ start, end, kind }]));
}

/** Parts of a text between commas. */
const partsOf = (text: string): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** Which of the choices stands in the text, between commas; "" for none. */
export function chosenIn(text: string, choices: readonly string[]): string {
  const parts = partsOf(text).map((part) => part.toLowerCase());
  return choices.find((choice) => parts.includes(choice)) ?? "";
}

/** The text with that one of the choices instead of the one it has; "" takes it out. */
export function withChoice(text: string, choices: readonly string[], choice: string): string {
  const parts = partsOf(text);
  const at = parts.findIndex((part) => choices.includes(part.toLowerCase()));
  const others = parts.filter((part) => !choices.includes(part.toLowerCase()));
  if (choice === "") return others.join(", ");
  return others.toSpliced(at < 0 ? others.length : Math.min(at, others.length), 0, choice).join(", ");
}
