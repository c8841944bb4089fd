import { beginsTurn } from "@/lib/documents/thread-labels";
import { countTokens } from "@/lib/models/count-tokens";
import { type Chunk, maxChunkTokens } from "./grammar";
import { lines, type Range, sentences } from "./sentences";

/** A chunk is closed once it holds this many tokens … */
const fullTokens = 400;
/** A piece of more characters cannot be trusted to fit, whatever its words: about four characters are a token. */
const maxPieceChars = 2_000;
/** A first cut of unbroken text; a character is never more than three tokens. */
const hardCutChars = 250;
/** As much of a line as a time and a speaker's name take. */
const headChars = 120;

type Piece = Range & { tokens: number };

/**
 * Partitions a document into chunks of about 400–800 tokens: joined, the chunks are the text.
 *
 * Cuts fall after a paragraph or line, else after a sentence, else at a space, else inside a run,
 * but never inside a surrogate pair. Time is linear in the text.
 */
export function chunk(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let open: Piece | undefined;
  const close = (): void => {
    if (open) chunks.push({ index: chunks.length, start: open.start, end: open.end, tokens: open.tokens });
    open = undefined;
  };
  for (const piece of pieces(text)) {
    if (open && open.tokens + piece.tokens > maxChunkTokens) close();
    open = open ? { start: open.start, end: piece.end, tokens: open.tokens + piece.tokens } : { ...piece };
    if (open.tokens >= fullTokens) close();
  }
  const last = chunks.at(-1);
  // A short tail reads better with what stands before it.
  if (open && last && open.tokens + last.tokens <= maxChunkTokens && open.tokens < fullTokens / 4) {
    chunks[chunks.length - 1] = { ...last, end: open.end, tokens: last.tokens + open.tokens };
    open = undefined;
  }
  close();
  return chunks;
}

function* pieces(text: string): Generator<Piece> {
  for (const paragraph of partition(text, paragraphStarts(text))) {
    const whole = counted(text, paragraph);
    if (whole) yield whole;
    else
      for (const sentence of partition(
        text,
        sentences(text, paragraph).map(({ start }) => start),
        paragraph,
      ))
        yield* halves(text, sentence);
  }
}

/** A range whose tokens fit in a chunk, or undefined. */
function counted(text: string, range: Range): Piece | undefined {
  if (range.end - range.start > maxPieceChars) return undefined;
  const tokens = countTokens(text.slice(range.start, range.end));
  return tokens > maxChunkTokens ? undefined : { ...range, tokens };
}

function* halves(text: string, range: Range): Generator<Piece> {
  const fits = counted(text, range);
  if (fits) {
    yield fits;
    return;
  }
  for (let start = range.start; start < range.end;) {
    const end = cutAt(text, start, range.end);
    yield { start, end, tokens: countTokens(text.slice(start, end)) };
    start = end;
  }
}

function cutAt(text: string, start: number, end: number): number {
  if (end - start <= hardCutChars) return end;
  const limit = start + hardCutChars;
  for (let at = limit; at > start + hardCutChars / 2; at -= 1) if (/\s/u.test(text[at - 1] ?? "")) return at;
  const unit = text.charCodeAt(limit);
  return unit >= 0xdc00 && unit <= 0xdfff ? limit - 1 : limit;
}

/** Starts of lines after a blank line, or of every line when lines are paragraphs (unwrapped text, threads). */
function paragraphStarts(text: string): number[] {
  const starts: number[] = [];
  let isAfterBlank = true;
  let previousChars = 0;
  for (const line of lines(text, { start: 0, end: text.length })) {
    const head = text.slice(line.start, Math.min(line.end, line.start + headChars));
    const isBlank = head.trim() === "" && line.end - line.start < headChars;
    if (!isBlank && (isAfterBlank || beginsTurn(head) || previousChars > 110)) starts.push(line.start);
    isAfterBlank = isBlank;
    previousChars = line.end - line.start;
  }
  return starts;
}

/** Turns starts into ranges that cover everything: what stands before the first start belongs to it. */
function partition(text: string, starts: number[], range: Range = { start: 0, end: text.length }): Range[] {
  if (range.end <= range.start) return [];
  const borders = [range.start, ...starts.slice(1), range.end];
  return borders.slice(1).map((end, index) => ({ start: borders[index] ?? range.start, end }));
}
