import { countTokens } from "@/lib/models/count-tokens";
import type { FaceIndex } from "./face-index";
import type { PrimitiveRow, Provenance } from "./face-rows";
import type { RetrievedItem } from "./schemas";

type Scored = { at: number; score: number };

const maxQuotes = 3;
const maxPreviousCharacters = 280;

/** A span as it is handed out, with the other person's turn before it: "Super good!" cannot be read alone. */
export function toSpanItem(index: FaceIndex, { at, score }: Scored): RetrievedItem {
  const span = index.spans[at];
  if (span === undefined) throw new RangeError(`There is no span ${at}.`);
  const previous = index.spans[at - 1];
  const previousText =
    previous !== undefined &&
    previous.documentId === span.documentId &&
    previous.speaker !== span.speaker &&
    span.speaker !== null
      ? previous.text.slice(-maxPreviousCharacters)
      : undefined;
  return {
    kind: "span",
    id: span.id,
    text: span.text,
    score: toHundredths(score),
    tokens: (index.entries[at]?.tokens ?? 0) + (previousText === undefined ? 0 : countTokens(previousText)),
    provenance: [toWire({ ...span, quote: span.text })],
    ...(span.speaker === null ? {} : { speaker: span.speaker }),
    ...(previousText === undefined ? {} : { previousText }),
  };
}

/** @param anchor the span whose quote comes first, of those that the primitive rests on */
export function toPrimitiveItem(index: FaceIndex, { at, score }: Scored, anchor?: number): RetrievedItem {
  const primitive = index.primitives[index.entries[at]?.at ?? -1];
  if (primitive === undefined) throw new RangeError(`There is no primitive ${at}.`);
  const span = anchor === undefined ? undefined : index.spans[anchor];
  const isIn = (quote: Provenance) => span !== undefined && overlaps(quote, span);
  const quotes = [
    ...primitive.quotes.filter(isIn).slice(0, 1),
    ...primitive.quotes.filter((quote) => !isIn(quote)),
  ].slice(0, maxQuotes);
  return {
    kind: "primitive",
    id: primitive.id,
    text: primitive.statement,
    score: toHundredths(score),
    tokens: (index.entries[at]?.tokens ?? 0) + countTokens(quotes[0]?.quote ?? ""),
    provenance: quotes.map(toWire),
    ...statementFields(primitive),
  };
}

function overlaps(quote: Provenance, span: Omit<Provenance, "quote">) {
  return (
    quote.documentId === span.documentId &&
    quote.version === span.version &&
    quote.start < span.end &&
    quote.end > span.start
  );
}

/** At most so many other sides: whoever contradicts himself in everything has no tension in anything. */
const maxTensions = 2;

/** An item with what pulls against its statements, if anything does: who holds both must not be shown one of them. */
export function withTensions(index: FaceIndex, item: RetrievedItem, statements: readonly number[]): RetrievedItem {
  const isSure = (at: number) => index.primitives[at]?.state === "active";
  const others = statements.filter(isSure).flatMap((at) => index.tensions[at] ?? []);
  const tensions = [...new Set(others)]
    .filter(isSure)
    .flatMap((at) => index.primitives[at] ?? [])
    .filter(({ statement }) => statement !== item.statement)
    .slice(0, maxTensions)
    .map(({ id, statement, quotes: [quote] }) => ({
      id,
      text: statement,
      ...(quote === undefined ? {} : { quote: quote.quote }),
    }));
  if (tensions.length === 0) return item;
  const more = tensions.reduce((sum, { text, quote = "" }) => sum + countTokens(text) + countTokens(quote), 0);
  return { ...item, tensions, tokens: item.tokens + more };
}

/** A span that a primitive rests on carries that primitive's statement, unless it has a better one already. */
export function withStatement(index: FaceIndex, item: RetrievedItem, at: number): RetrievedItem {
  const entry = index.entries[at];
  const primitive = entry?.kind === "primitive" ? index.primitives[entry.at] : undefined;
  if (primitive === undefined || item.statement !== undefined || primitive.state !== "active") return item;
  return { ...item, ...statementFields(primitive) };
}

function statementFields(primitive: PrimitiveRow) {
  return {
    component: primitive.component,
    predicate: primitive.predicate,
    statement: primitive.statement,
    confidence: primitive.confidence,
  };
}

function toWire(place: Provenance) {
  return {
    document_id: place.documentId,
    version: place.version,
    start: place.start,
    end: place.end,
    quote: place.quote,
  };
}

function toHundredths(score: number): number {
  return Math.round(score * 100) / 100;
}
