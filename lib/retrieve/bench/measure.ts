import type { RetrievedItem } from "../schemas";
import { isCovered, type Place, type Question } from "./pairs";

export type Outcome = { question: Question; rank: number; tokens: number; ms: number; sourceTokens: number };

/** The first place, from 0, at which what was handed out answers; Infinity when it does not. */
export function rankOf(items: readonly RetrievedItem[], question: Question): number {
  const ranks = question.evidence.map((quote) => {
    const at = items.findIndex((item) => isCovered(placesOf(item), quote));
    return at < 0 ? Infinity : at;
  });
  return question.kind === "multi" ? Math.max(...ranks) : Math.min(...ranks);
}

/** What of an item's sources the prompt shows: a statement comes with the first of its quotes. */
function placesOf(item: RetrievedItem): readonly Place[] {
  return item.kind === "primitive" ? item.provenance.slice(0, 1) : item.provenance;
}

/** n, hit@1, hit@5, hit@10, tokens handed out, their share of the source, p50 and p95 milliseconds. */
export function summary(outcomes: readonly Outcome[]): string[] {
  const hit = (k: number) => share(outcomes.filter(({ rank }) => rank < k).length, outcomes.length);
  const times = outcomes.map(({ ms }) => ms).sort((a, b) => a - b);
  return [
    String(outcomes.length),
    ...[hit(1), hit(5), hit(10)],
    mean(outcomes.map(({ tokens }) => tokens)).toFixed(0),
    `${(100 * mean(outcomes.map(({ tokens, sourceTokens }) => tokens / sourceTokens))).toFixed(1)} %`,
    quantile(times, 0.5).toFixed(1),
    quantile(times, 0.95).toFixed(1),
  ];
}

/** How well a score tells two sorts of questions apart: the chance that one of the first comes above one of the second. */
export function areaUnderCurve(above: readonly number[], below: readonly number[]): number {
  return mean(above.flatMap((a) => below.map((b) => (a > b ? 1 : a === b ? 0.5 : 0))));
}

export function share(part: number, whole: number): string {
  return (part / Math.max(1, whole)).toFixed(3).replace(/^0/, "");
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** @param sorted ascending */
export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}
