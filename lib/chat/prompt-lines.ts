import type { RetrievedItem } from "@/lib/retrieve/schemas";
import { byCodeUnits } from "@/lib/text-order";
import { estimateTokens } from "./estimate-tokens";
import { quoted } from "./prompt-quote";

/** An item as it stands in the prompt. */
export type PromptLine = { item: RetrievedItem; line: string };

type ToLine = (item: RetrievedItem, ids: ReadonlySet<string>) => string;

/** Characters; a longer text ends at a sentence. */
const maxLineCharacters = 900;

/**
 * The lines of as many items as fit, the best first chosen; then in an order that does not change with their scores:
 * statements by id, then what was said as it stands in the sources. The order of `items` does not matter.
 *
 * @param limit estimated tokens
 */
export function promptLines(items: readonly RetrievedItem[], limit: number, toLine: ToLine): PromptLine[] {
  const best = [...new Map(items.map((item) => [item.id, item])).values()].sort(
    (a, b) => b.score - a.score || byCodeUnits(a.id, b.id),
  );
  const ids = new Set(best.map(({ id }) => id));
  const all = best.map((item) => ({ item, line: toLine(item, ids) }));
  return fitting(all, limit, ({ line }) => line).sort((a, b) => inOrder(a.item, b.item));
}

/** Each that still fits into so many estimated tokens, in their order. */
function fitting<T>(candidates: readonly T[], limit: number, textOf: (candidate: T) => string): T[] {
  let used = 0;
  return candidates.filter((candidate) => {
    const tokens = estimateTokens(textOf(candidate)) + 1;
    if (used + tokens > limit) return false;
    used += tokens;
    return true;
  });
}

export function statementLine(item: RetrievedItem, ids: ReadonlySet<string>): string {
  return `- ${quoted(item.text, maxLineCharacters)}${otherSides(item, ids)}`;
}

/** A statement with the words it rests on, or what was said, with what it answered. */
export function foundLine(item: RetrievedItem, ids: ReadonlySet<string>): string {
  const own = quoted(item.text, maxLineCharacters);
  return `- ${item.kind === "span" ? saidAfter(item, own) : restingOn(own, item.provenance[0]?.quote)}${otherSides(item, ids)}`;
}

function saidAfter({ previousText }: RetrievedItem, own: string): string {
  return previousText === undefined
    ? own
    : `when someone said ${quoted(previousText, maxLineCharacters)}, you said ${own}`;
}

function restingOn(own: string, source: string | undefined): string {
  const quote = source === undefined ? own : quoted(source, maxLineCharacters);
  return quote === own ? own : `${own}, from: ${quote}`;
}

/** The other side of each tension; of two that are both listed, the first by id tells of the other. */
function otherSides(item: RetrievedItem, ids: ReadonlySet<string>): string {
  return [...(item.tensions ?? [])]
    .filter(({ id }) => !ids.has(id) || item.id < id)
    .sort((a, b) => byCodeUnits(a.id, b.id))
    .map(({ text, quote }) => `; and yet: ${restingOn(quoted(text, maxLineCharacters), quote)}`)
    .join("");
}

function inOrder(a: RetrievedItem, b: RetrievedItem): number {
  if (a.kind !== b.kind) return a.kind === "primitive" ? -1 : 1;
  return (a.kind === "span" ? bySource(a, b) : 0) || byCodeUnits(a.id, b.id);
}

function bySource(a: RetrievedItem, b: RetrievedItem): number {
  const [left, right] = [a.provenance[0], b.provenance[0]];
  return (
    byCodeUnits(left?.document_id ?? "", right?.document_id ?? "") ||
    (left?.version ?? 0) - (right?.version ?? 0) ||
    (left?.start ?? 0) - (right?.start ?? 0)
  );
}
