import type { PrimitiveView } from "@/lib/compile/schemas";

/** A piece of a text: plain, or one that statements rest on. Offsets are UTF-16 indices of the whole text. */
export type Piece = {
  start: number;
  end: number;
  statements: readonly PrimitiveView[];
  /** it belongs to the place that somebody came to see */
  isSpot: boolean;
};

/** A place in a text, by UTF-16 indices. */
export type Spot = { start: number; end: number };

/** The place that an address names: `at=120-180`. */
export function spotOf(at: string): Spot | null {
  const [, start, end] = /^(\d{1,9})-(\d{1,9})$/.exec(at) ?? [];
  return start === undefined || end === undefined || Number(end) <= Number(start)
    ? null
    : { start: Number(start), end: Number(end) };
}

/** A part of a text that is drawn by itself: some paragraphs. */
export type Block = { start: number; end: number; pieces: Piece[] };

/** About as many characters as fit into a screen. */
const blockCharacters = 2_500;

/**
 * A text in parts, each in pieces: where two quotes overlap, the piece that both hold names both statements.
 *
 * @param version the version of the text that is shown; quotes of others are not marked
 */
export function blocksOf(
  text: string,
  statements: readonly PrimitiveView[],
  { document, version }: { document: string; version: number },
  spot: Spot | null = null,
): Block[] {
  const quotes = statements.flatMap((statement) =>
    statement.provenance
      .filter((source) => source.document_id === document && source.version === version)
      .map(({ start, end }) => ({ start, end, statement })),
  );
  quotes.sort((a, b) => a.start - b.start || a.end - b.end);
  let first = 0;
  return cutAtParagraphs(text).map(({ start, end }) => {
    while ((quotes[first]?.end ?? Infinity) <= start) first++;
    const inside = quotes.slice(first).filter((quote) => quote.start < end && quote.end > start);
    return { start, end, pieces: piecesOf({ start, end }, inside, spot) };
  });
}

function cutAtParagraphs(text: string): { start: number; end: number }[] {
  const blocks: { start: number; end: number }[] = [];
  let start = 0;
  while (start < text.length) {
    const wanted = start + blockCharacters;
    const border = wanted >= text.length ? -1 : text.indexOf("\n", wanted);
    // a text without paragraphs is cut at a space
    const far = border === -1 || border > wanted + blockCharacters ? text.indexOf(" ", wanted) : border;
    const end = wanted >= text.length || far === -1 ? text.length : far + 1;
    blocks.push({ start, end });
    start = end;
  }
  return blocks;
}

type Quote = { start: number; end: number; statement: PrimitiveView };

function piecesOf({ start, end }: Spot, quotes: readonly Quote[], spot: Spot | null): Piece[] {
  const borders = new Set([start, end]);
  for (const range of spot === null ? quotes : [...quotes, spot]) {
    if (range.start >= end || range.end <= start) continue;
    borders.add(Math.max(start, range.start));
    borders.add(Math.min(end, range.end));
  }
  const sorted = [...borders].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((from, index) => {
    const to = sorted[index + 1] ?? end;
    const statements = quotes.filter((quote) => quote.start <= from && quote.end >= to).map((quote) => quote.statement);
    const isSpot = spot !== null && spot.start <= from && spot.end >= to;
    return { start: from, end: to, statements: [...new Set(statements)], isSpot };
  });
}
