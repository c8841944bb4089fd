import type { UsagePart, UsageReport } from "@/lib/billing/schemas";
import { formatCompact, formatCount, formatMoney, formatUsd } from "@/lib/format";

export type Measure = "cost" | "tokens";

/** What rows and totals have in common. */
export type UsageFigures = Omit<UsageReport["totals"], "ledger_charges_usd" | "parts">;

export function amountOf(figures: UsageFigures, measure: Measure): number {
  if (measure === "cost") return figures.cost_usd;
  return figures.input_tokens + figures.output_tokens + figures.compile_tokens;
}

export const partOf = (part: UsagePart, measure: Measure): number => (measure === "cost" ? part.cost_usd : part.tokens);

export function formatAmount(amount: number, measure: Measure): string {
  return measure === "cost" ? formatUsd(amount) : formatCount(amount);
}

/** The same for an axis: no digits that say nothing. @param step the distance of two marks */
export function formatMark(amount: number, measure: Measure, step: number): string {
  if (measure === "tokens") return formatCompact(amount);
  const digits = Math.max(2, -Math.floor(Math.log10(step) + 1e-9));
  return formatMoney(amount, Math.min(6, digits));
}
