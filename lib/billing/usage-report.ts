import type { Ctx } from "@/lib/auth/context";
import { env } from "@/lib/env";
import { usdFromMicroUsd } from "./money";
import { nameRows, type RowName } from "./usage-report-names";
import { addSaved, savedByFace } from "./usage-report-saved";
import type { SavedTokens, UsageGroup, UsageQuery, UsageReport, UsageRow } from "./schemas";
import { daysOf, type Span, usageSpan } from "./usage-report-span";
import { sumCharges, sumUsage, type UsageSum } from "./usage-report-sums";

const dayMs = 24 * 60 * 60 * 1000;

const fieldOf = { model: "model", face: "face_id", key: "api_key_id", day: "day" } as const;

/**
 * What an account used in a span, by model, face, key or day, and all of it together.
 *
 * The totals are the sum of the rows, and equal to the micro-USD what the ledger charged in the span, also for faces
 * and keys that are gone. Days come in order and without gaps; the rest dearest first. Tokens saved are counted by face
 * only, see {@link savedByFace}.
 *
 * @throws {InvalidInputError} a span that is none, or longer than a year
 */
export async function usageReport({ actor, db }: Ctx, query: UsageQuery): Promise<UsageReport> {
  const { accountId } = actor;
  const { group_by: group } = query;
  const span = usageSpan(query);
  // one snapshot, so that what ends meanwhile is in the rows and in the ledger's sum, or in neither
  const [sums, charged] = await db.$transaction(
    async (tx) => [await sumUsage(tx, accountId, group, span), await sumCharges(tx, accountId, span)] as const,
    { isolationLevel: "RepeatableRead" },
  );
  const saved = group === "face" ? await savedByFace(db, accountId, span) : null;
  const nameOf = await nameRows(
    db,
    accountId,
    group,
    sums.map(({ key }) => key),
  );
  const rows = inOrder(sums, group, span).map((sum) => toRow(sum, group, nameOf(sum.key), saved));
  const tracesSince = Math.max(span.from.getTime(), Date.now() - env().TRACE_RETENTION_DAYS * dayMs);
  return {
    group_by: group,
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    rows,
    totals: {
      ...figuresOf(sums.reduce(add, emptySum(null))),
      saved: saved === null ? null : [...saved.values()].reduce(addSaved, noneSaved),
      ledger_charges_usd: usdFromMicroUsd(charged),
    },
    traces_since: new Date(tracesSince).toISOString(),
  };
}

const noneSaved: SavedTokens = { answers: 0, whole_tokens: 0, persona_tokens: 0, tokens_saved: 0 };

function inOrder(sums: UsageSum[], group: UsageGroup, span: Span): UsageSum[] {
  if (group === "day") {
    const byDay = new Map(sums.map((sum) => [sum.key, sum]));
    return daysOf(span).map((day) => byDay.get(day) ?? emptySum(day));
  }
  const weights = (sum: UsageSum) => [costOf(sum), sum.inputTokens + sum.outputTokens, sum.compileTokens];
  return sums.toSorted((one, other) => {
    const others = weights(other);
    for (const [at, weight] of weights(one).entries()) {
      const than = others[at] ?? 0n;
      if (weight !== than) return weight > than ? -1 : 1;
    }
    return (one.key ?? "") < (other.key ?? "") ? -1 : 1;
  });
}

function toRow(
  sum: UsageSum,
  group: UsageGroup,
  { label, isDeleted }: RowName,
  saved: Map<string, SavedTokens> | null,
): UsageRow {
  return {
    [fieldOf[group]]: sum.key,
    label,
    is_deleted: isDeleted,
    ...figuresOf(sum),
    saved: saved?.get(sum.key ?? "") ?? null,
  };
}

function figuresOf(sum: UsageSum) {
  return {
    requests: Number(sum.requests),
    input_tokens: Number(sum.inputTokens),
    output_tokens: Number(sum.outputTokens),
    compile_tokens: Number(sum.compileTokens),
    quota_tokens: Number(sum.quotaTokens),
    cost_usd: usdFromMicroUsd(costOf(sum)),
    cost_by_kind_usd: {
      chat: usdFromMicroUsd(sum.chatMicroUsd),
      proxy: usdFromMicroUsd(sum.proxyMicroUsd),
      compile: usdFromMicroUsd(sum.compileMicroUsd),
      transcription: usdFromMicroUsd(sum.transcriptionMicroUsd),
    },
  };
}

function costOf(sum: UsageSum): bigint {
  return sum.chatMicroUsd + sum.proxyMicroUsd + sum.compileMicroUsd + sum.transcriptionMicroUsd;
}

function emptySum(key: string | null): UsageSum {
  return {
    key,
    requests: 0n,
    inputTokens: 0n,
    outputTokens: 0n,
    compileTokens: 0n,
    quotaTokens: 0n,
    chatMicroUsd: 0n,
    proxyMicroUsd: 0n,
    compileMicroUsd: 0n,
    transcriptionMicroUsd: 0n,
  };
}

function add(one: UsageSum, other: UsageSum): UsageSum {
  return {
    key: one.key,
    requests: one.requests + other.requests,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    compileTokens: one.compileTokens + other.compileTokens,
    quotaTokens: one.quotaTokens + other.quotaTokens,
    chatMicroUsd: one.chatMicroUsd + other.chatMicroUsd,
    proxyMicroUsd: one.proxyMicroUsd + other.proxyMicroUsd,
    compileMicroUsd: one.compileMicroUsd + other.compileMicroUsd,
    transcriptionMicroUsd: one.transcriptionMicroUsd + other.transcriptionMicroUsd,
  };
}
