import type { UsageReport, UsageRow, UsageSplit } from "@/lib/billing/schemas";
import { billingText as text } from "@/components/strings/billing";
import { formatCount, formatUtcDay } from "@/lib/format";
import { amountOf, formatAmount, type Measure, partOf } from "./usage-measure";
import { nameOf } from "./charts/series";

const dayMs = 24 * 60 * 60 * 1000;
const floorDay = (time: number): number => Math.floor(time / dayMs) * dayMs;

/** How a row is called on the page. */
export const rowName = (row: UsageRow): string => (row.day === undefined ? row.label : formatUtcDay(row.day));

/** What the days show, in one sentence: for whoever cannot see them, and for whoever is in a hurry. */
export function usageSentence(report: UsageReport, measure: Measure, split?: UsageSplit): string {
  const total = amountOf(report.totals, measure);
  // a day that the span only touches is one of its days
  const days = (Date.parse(report.to) - floorDay(Date.parse(report.from))) / dayMs;
  const span = text.spanDays(Math.ceil(days));
  if (total === 0) return nothing(report, measure, span);
  const all = formatAmount(total, measure);
  const where = [mostDay(report, measure), split === undefined ? null : mostPart(report, measure, split)];
  const most = where.flatMap((each) => (each === null ? [] : [mostly(each, all, measure)]));
  const was = measure === "cost" ? text.spent(span, all) : text.counted(span, all);
  return `${was}${most.join("")}.`;
}

type Most = { amount: string; where: string };

function mostly({ amount, where }: Most, all: string, measure: Measure): string {
  const share = amount === all ? text.all : amount;
  return measure === "cost" ? text.mostCost(share, where) : text.mostTokens(share, where);
}

function mostDay({ rows }: UsageReport, measure: Measure): Most | null {
  const [most] = rows.toSorted((one, other) => amountOf(other, measure) - amountOf(one, measure));
  if (most?.day === undefined) return null;
  return { amount: formatAmount(amountOf(most, measure), measure), where: text.whereDay(formatUtcDay(most.day)) };
}

function mostPart({ totals }: UsageReport, measure: Measure, split: UsageSplit): Most | null {
  const [most] = (totals.parts ?? []).toSorted((one, other) => partOf(other, measure) - partOf(one, measure));
  if (most === undefined) return null;
  return { amount: formatAmount(partOf(most, measure), measure), where: whereOf(most.key, most.label, split) };
}

function whereOf(key: string, label: string, split: UsageSplit): string {
  if (split === "kind") return text.whereKind(nameOf(key, label, split));
  if (split === "face" && key === "none") return text.whereNoFace;
  if (split === "key") return key === "none" ? text.whereNoKey : text.whereKey(label);
  return text.whereBy(label);
}

function nothing({ totals }: UsageReport, measure: Measure, span: string): string {
  if (measure === "tokens") return text.noTokens(span);
  const work = [
    ...(totals.requests > 0 ? [text.answers(totals.requests)] : []),
    ...(totals.compile_tokens > 0 ? [text.compiledTokens(formatCount(totals.compile_tokens))] : []),
  ];
  return work.length === 0 ? text.noUse(span) : text.noCost(span, work.join(text.and));
}

/** What personas spared, and what that rests on; null where nothing can be said. */
export function savedSentence({ totals, traces_since }: UsageReport): string | null {
  const { saved } = totals;
  if (saved === null || saved.answers === 0) return null;
  const { answers, tokens_saved: tokens, whole_tokens: whole } = saved;
  const since = formatUtcDay(traces_since.slice(0, 10));
  if (tokens < 0) return text.savedNothing({ tokens: formatCount(-tokens), answers, since });
  const percent = whole > 0 ? ` (${Math.floor((tokens / whole) * 100)}%)` : "";
  return text.saved({ tokens: formatCount(tokens), percent, answers, since });
}
