import type { Ctx } from "@/lib/auth/context";
import { env } from "@/lib/env";
import { InvalidInputError } from "@/lib/errors";
import { usdFromMicroUsd } from "./money";
import { nameRows } from "./usage-report-names";
import { addSaved, savedByFace } from "./usage-report-saved";
import type { SavedTokens, UsageGroup, UsageQuery, UsageReport, UsageRow } from "./schemas";
import { partsOf } from "./usage-report-parts";
import { daysOf, readSpan, type Span } from "./usage-report-span";
import { sumCharges, sumUsage, type UsageSum } from "./usage-report-sums";
import { isFiltered } from "./work-filter";

const dayMs = 24 * 60 * 60 * 1000;
/** A year of a busy account on a busy machine takes seconds. */
const longestMs = 30_000;

const fieldOf = { model: "model", face: "face_id", key: "api_key_id", day: "day" } as const;

/**
 * What an account used in a span, by model, face, key or day, and all of it together.
 *
 * The totals are the sum of the rows, and equal to the micro-USD what the ledger charged in the span, also for faces
 * and keys that are gone. Days come in order and without gaps; the rest dearest first. Tokens saved are counted by face
 * only, see {@link savedByFace}.
 *
 * @throws {InvalidInputError} a span that is none, or longer than a year; a split of something else than days
 */
export async function usageReport({ actor, db }: Ctx, query: UsageQuery): Promise<UsageReport> {
  const { accountId } = actor;
  const { group_by: group, split_by: split } = query;
  if (split !== undefined && group !== "day") {
    throw new InvalidInputError("Only days can be split: send `group_by=day` with it.", "split_by");
  }
  const asked = { accountId, group, split, filter: query };
  const span = await readSpan(db, accountId, query);
  // one snapshot, so that what ends meanwhile is in the rows and in the ledger's sum, or in neither
  const [sums, charged] = await db.$transaction(
    async (tx) => [await sumUsage(tx, asked, span), await sumCharges(tx, asked, span)] as const,
    { isolationLevel: "RepeatableRead", timeout: longestMs, maxWait: longestMs },
  );
  const saved = group === "face" && !isFiltered(query) ? await savedByFace(db, accountId, span) : null;
  const parts = split === undefined ? null : await partsOf(db, accountId, split, sums);
  const found = inOrder(sums, group, span);
  const nameOf = await nameRows(
    db,
    accountId,
    group,
    found.map(([key]) => key),
  );
  const rows = found.map(([key, figures]): UsageRow => {
    const { label, isDeleted } = nameOf(key);
    const named = { [fieldOf[group]]: key, label, is_deleted: isDeleted };
    const splitInto = parts === null ? {} : { parts: parts.byKey.get(key) ?? [] };
    return { ...named, ...toView(figures), saved: saved?.get(key ?? "") ?? null, ...splitInto };
  });
  const tracesSince = Math.max(span.from.getTime(), Date.now() - env().TRACE_RETENTION_DAYS * dayMs);
  return {
    group_by: group,
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    rows,
    totals: {
      ...toView(sums.reduce(add, noFigures())),
      saved: saved === null ? null : [...saved.values()].reduce(addSaved, noneSaved),
      ledger_charges_usd: usdFromMicroUsd(charged),
      ...(parts === null ? {} : { parts: parts.all }),
    },
    traces_since: new Date(tracesSince).toISOString(),
  };
}

const noneSaved: SavedTokens = { answers: 0, whole_tokens: 0, persona_tokens: 0, tokens_saved: 0 };

/** All kinds of work under one key. */
type Figures = {
  requests: bigint;
  inputTokens: bigint;
  outputTokens: bigint;
  compileTokens: bigint;
  quotaTokens: bigint;
  costMicroUsd: Record<UsageSum["kind"], bigint>;
};

function noFigures(): Figures {
  return {
    ...{ requests: 0n, inputTokens: 0n, outputTokens: 0n, compileTokens: 0n, quotaTokens: 0n },
    costMicroUsd: { chat: 0n, proxy: 0n, compile: 0n, transcription: 0n, portrait: 0n },
  };
}

function add(figures: Figures, sum: UsageSum): Figures {
  figures.costMicroUsd[sum.kind] += sum.costMicroUsd;
  figures.quotaTokens += sum.quotaTokens;
  if (sum.kind === "compile") {
    figures.compileTokens += sum.inputTokens;
  } else {
    figures.requests += sum.requests;
    figures.inputTokens += sum.inputTokens;
    figures.outputTokens += sum.outputTokens;
  }
  return figures;
}

/** The figures by key: of all days in their order, of the rest the dearest first. */
function inOrder(sums: readonly UsageSum[], group: UsageGroup, span: Span): [string | null, Figures][] {
  const byKey = new Map<string | null, Figures>();
  if (group === "day") for (const day of daysOf(span)) byKey.set(day, noFigures());
  for (const sum of sums) byKey.set(sum.key, add(byKey.get(sum.key) ?? noFigures(), sum));
  return group === "day" ? [...byKey] : [...byKey].toSorted(dearestFirst);
}

function dearestFirst([oneKey, one]: [string | null, Figures], [otherKey, other]: [string | null, Figures]): number {
  const weights = (each: Figures) => [costOf(each), each.inputTokens + each.outputTokens, each.compileTokens];
  const others = weights(other);
  for (const [at, weight] of weights(one).entries()) {
    const than = others[at] ?? 0n;
    if (weight !== than) return weight > than ? -1 : 1;
  }
  return (oneKey ?? "") < (otherKey ?? "") ? -1 : 1;
}

function toView(figures: Figures) {
  const { chat, proxy, compile, transcription, portrait } = figures.costMicroUsd;
  return {
    requests: Number(figures.requests),
    input_tokens: Number(figures.inputTokens),
    output_tokens: Number(figures.outputTokens),
    compile_tokens: Number(figures.compileTokens),
    quota_tokens: Number(figures.quotaTokens),
    cost_usd: usdFromMicroUsd(costOf(figures)),
    cost_by_kind_usd: {
      chat: usdFromMicroUsd(chat),
      proxy: usdFromMicroUsd(proxy),
      compile: usdFromMicroUsd(compile),
      transcription: usdFromMicroUsd(transcription),
      portrait: usdFromMicroUsd(portrait),
    },
  };
}

function costOf({ costMicroUsd }: Figures): bigint {
  return Object.values(costMicroUsd).reduce((sum, cost) => sum + cost, 0n);
}
