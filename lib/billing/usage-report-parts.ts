import type { DbOrTransaction } from "@/lib/db/client";
import { usdFromMicroUsd } from "./money";
import type { UsagePart, UsageSplit } from "./schemas";
import { nameRows, type RowName } from "./usage-report-names";
import type { UsageSum } from "./usage-report-sums";
import { nothing } from "./work-filter";

type Parts = Map<string | null, { costMicroUsd: bigint; tokens: bigint }>;

/**
 * What each day, and all of them together, is made of.
 *
 * @returns `byKey`: the parts of a day that has any, `all`: those of the span, dearest first; a day's are in that order
 */
export async function partsOf(
  db: DbOrTransaction,
  accountId: string,
  split: UsageSplit,
  sums: readonly UsageSum[],
): Promise<{ byKey: Map<string | null, UsagePart[]>; all: UsagePart[] }> {
  const all: Parts = new Map();
  const byKey = new Map<string | null, Parts>();
  for (const sum of sums) {
    const day = byKey.get(sum.key) ?? new Map();
    byKey.set(sum.key, day);
    add(all, sum);
    add(day, sum);
  }
  const nameOf = split === "kind" ? plainName : await nameRows(db, accountId, split, [...all.keys()]);
  const order = [...all].toSorted(dearestFirst).map(([part]) => part);
  const toViews = (parts: Parts): UsagePart[] =>
    order.flatMap((part) => {
      const figures = parts.get(part);
      if (figures === undefined) return [];
      const { costMicroUsd, tokens } = figures;
      const { label } = nameOf(part);
      return [{ key: part ?? nothing, label, cost_usd: usdFromMicroUsd(costMicroUsd), tokens: Number(tokens) }];
    });
  return { byKey: new Map([...byKey].map(([key, parts]) => [key, toViews(parts)])), all: toViews(all) };
}

const plainName = (key: string | null): RowName => ({ label: key ?? "", isDeleted: false });

function add(parts: Parts, sum: UsageSum): void {
  const before = parts.get(sum.part) ?? { costMicroUsd: 0n, tokens: 0n };
  parts.set(sum.part, {
    costMicroUsd: before.costMicroUsd + sum.costMicroUsd,
    tokens: before.tokens + sum.inputTokens + sum.outputTokens,
  });
}

type Entry = [string | null, { costMicroUsd: bigint; tokens: bigint }];

function dearestFirst([oneKey, one]: Entry, [otherKey, other]: Entry): number {
  if (one.costMicroUsd !== other.costMicroUsd) return one.costMicroUsd > other.costMicroUsd ? -1 : 1;
  if (one.tokens !== other.tokens) return one.tokens > other.tokens ? -1 : 1;
  return (oneKey ?? "") < (otherKey ?? "") ? -1 : 1;
}
