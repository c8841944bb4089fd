import type { UsageReport } from "@/lib/billing/schemas";
import { formatCount, formatUsd } from "@/lib/format";

export type Measure = "cost" | "tokens";

/** What rows and totals have in common. */
export type UsageFigures = Omit<UsageReport["totals"], "ledger_charges_usd">;

type Part = { label: string; fill: string; opacity: number; of: (figures: UsageFigures) => number };

/** What a measure is made of, from the bottom of a bar up. Told apart in greyscale too. */
export const parts: Record<Measure, readonly Part[]> = {
  cost: [
    { label: "chat", fill: "var(--accent)", opacity: 1, of: (each) => each.cost_by_kind_usd.chat },
    {
      label: "compiling past the quota",
      fill: "var(--accent)",
      opacity: 0.6,
      of: (each) => each.cost_by_kind_usd.compile,
    },
    { label: "transcription", fill: "var(--ink-2)", opacity: 1, of: (each) => each.cost_by_kind_usd.transcription },
    { label: "proxies", fill: "var(--control-line)", opacity: 1, of: (each) => each.cost_by_kind_usd.proxy },
  ],
  tokens: [
    { label: "read by models", fill: "var(--accent)", opacity: 1, of: (each) => each.input_tokens },
    { label: "written by models", fill: "var(--accent)", opacity: 0.6, of: (each) => each.output_tokens },
    { label: "compiled", fill: "var(--ink-2)", opacity: 1, of: (each) => each.compile_tokens },
  ],
};

export function amountOf(figures: UsageFigures, measure: Measure): number {
  if (measure === "cost") return figures.cost_usd;
  return figures.input_tokens + figures.output_tokens + figures.compile_tokens;
}

export function formatAmount(amount: number, measure: Measure): string {
  return measure === "cost" ? formatUsd(amount) : formatCount(amount);
}

const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

/** The same for an axis: no digits that say nothing. @param step the distance of two marks */
export function formatMark(amount: number, measure: Measure, step: number): string {
  if (measure === "tokens") return compact.format(amount);
  const digits = Math.max(2, -Math.floor(Math.log10(step) + 1e-9));
  return `$${amount.toFixed(Math.min(6, digits))}`;
}

/** Marks of an axis from 0 to at least `max`, at most five of them, at round numbers. */
export function axisMarks(max: number): number[] {
  if (max <= 0) return [0];
  const rough = max / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => each >= rough * (1 - 1e-9)) ?? 10 * power;
  const count = Math.ceil(max / step - 1e-9);
  return Array.from({ length: count + 1 }, (_each, index) => index * step);
}
