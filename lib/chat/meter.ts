import { setTimeout as sleep } from "node:timers/promises";
import type { Ctx } from "@/lib/auth/context";
import { costMicroUsd, inputTokens, isFree, type TokenUsage } from "@/lib/billing/prices";
import { release, reserve } from "@/lib/billing/reservations";
import { settle } from "@/lib/billing/usage";
import { runTask } from "@/lib/compute/pool";
import type { Prisma } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import type { ServedModel } from "@/lib/models/catalogue";
import type { RetrievedItem } from "@/lib/retrieve/schemas";
import { estimateTokens } from "./estimate-tokens";
import { longestCallSeconds } from "./upstream";

/** What is metered: a call of a model, with what its trace will tell. */
export type MeteredCall = {
  kind: "chat" | "proxy";
  model: ServedModel;
  face: { id: string; version: number } | null;
  /** the body as the model gets it */
  body: unknown;
  /** the most tokens that may come back */
  maxOutputTokens: number;
  /** the text of the input, for the case that the provider does not count it */
  inputText: () => string;
  persona: string | null;
  core: readonly RetrievedItem[];
  items: readonly RetrievedItem[];
  startedAt: number;
  retrieveMs: number | null;
};

/** What came of a call. */
export type Outcome = {
  usage: TokenUsage | null;
  /** what reached the client, to be counted when `usage` is null */
  text: string;
  /** from the request to its first byte */
  firstByteMs: number | null;
};

export type Meter = {
  traceId: string;
  /** Charges what was used, once: later calls do nothing. @returns the cost in micro-USD, null when it was not settled */
  settle(outcome: Outcome): Promise<bigint | null>;
  /** Gives everything back: nothing was used. */
  release(): Promise<void>;
};

const settleAttempts = 4;

/**
 * Holds the most that a call may cost; a model without a price needs no credit.
 *
 * @throws {AppError} `insufficient_credits`, `budget_exceeded`, `account_frozen`
 */
export async function openMeter(ctx: Ctx, call: MeteredCall): Promise<Meter> {
  const reservationId = isFree(call.model.price) ? null : await hold(ctx, call);
  const traceId = newId("trace");
  let isClosed = false;
  return {
    traceId,
    async settle(outcome) {
      if (isClosed) return null;
      isClosed = true;
      const usage = await counted(call, outcome);
      return storeWithRetries(ctx, call, { traceId, reservationId, usage, outcome });
    },
    async release() {
      if (isClosed) return;
      isClosed = true;
      if (reservationId !== null) await release(ctx.db, reservationId);
    },
  };
}

function hold(ctx: Ctx, { model, body, maxOutputTokens }: MeteredCall): Promise<string> {
  const { input, cacheWrite = input, cacheWriteLong } = model.price;
  // whether the provider will write its cache is not known yet: the dearest kind of input is held
  const long = cacheWriteLong !== undefined && asksForLongCache(body) ? cacheWriteLong : 0;
  const dearest = { ...model.price, input: Math.max(input, cacheWrite, long) };
  return reserve(ctx.db, {
    accountId: ctx.actor.accountId,
    apiKeyId: keyOf(ctx),
    amountMicroUsd: costMicroUsd(dearest, { input: estimateTokens(body), output: maxOutputTokens }),
    expiresInSeconds: longestCallSeconds() + 60,
  });
}

function asksForLongCache(body: unknown): boolean {
  return JSON.stringify(body).includes('"ttl":"1h"');
}

/** The provider's count, or ours where it says nothing or says that nothing was written while something was. */
async function counted(call: MeteredCall, { usage, text }: Outcome): Promise<TokenUsage> {
  if (usage !== null && (usage.output > 0 || text === "")) return usage;
  const [input, output] = await countTokens([usage === null ? call.inputText() : "", text]);
  return { ...(usage ?? { input: input ?? 0 }), output: output ?? 0 };
}

async function countTokens(texts: string[]): Promise<number[]> {
  try {
    return await runTask("countTokens", { texts });
  } catch (error) {
    log.warn("tokens were estimated, since counting failed", { error });
    return texts.map(estimateTokens);
  }
}

type Settlement = { traceId: string; reservationId: string | null; usage: TokenUsage; outcome: Outcome };

/** The answer is with the client by now, so a database that is away for a moment must not lose the charge. */
async function storeWithRetries(ctx: Ctx, call: MeteredCall, settlement: Settlement): Promise<bigint | null> {
  const [personaTokens] = call.persona === null ? [0] : await countTokens([call.persona]);
  for (let attempt = 1; ; attempt++) {
    try {
      return await store(ctx, call, settlement, personaTokens ?? 0);
    } catch (error) {
      const { traceId, usage } = settlement;
      if (attempt < settleAttempts) {
        await sleep(100 * 4 ** attempt);
        continue;
      }
      log.error("a call could not be settled", {
        traceId,
        accountId: ctx.actor.accountId,
        model: call.model.id,
        usage,
        error,
      });
      return null;
    }
  }
}

function store(ctx: Ctx, call: MeteredCall, settlement: Settlement, personaTokens: number): Promise<bigint> {
  const { traceId, reservationId, usage, outcome } = settlement;
  const cost = costMicroUsd(call.model.price, usage);
  const { accountId } = ctx.actor;
  return transaction(ctx.db, async (tx) => {
    const isFirst = await settle(tx, {
      kind: call.kind,
      reference: traceId,
      accountId,
      apiKeyId: keyOf(ctx),
      faceId: call.face?.id ?? null,
      model: call.model.id,
      inputTokens: inputTokens(usage),
      outputTokens: usage.output,
      costMicroUsd: cost,
      reservationId,
    });
    if (!isFirst) return cost;
    await tx.trace.create({
      data: {
        id: traceId,
        accountId,
        faceId: call.face?.id ?? null,
        faceVersion: call.face?.version ?? null,
        model: call.model.id,
        items: traceItems(call) as Prisma.InputJsonValue,
        tokens: { persona: personaTokens, input: inputTokens(usage), output: usage.output },
        costMicroUsd: cost,
        timings: {
          retrieve_ms: call.retrieveMs,
          first_byte_ms: outcome.firstByteMs,
          total_ms: Math.round(performance.now() - call.startedAt),
        },
      },
    });
    return cost;
  });
}

/** What went into the prompt: what was found for this conversation, then what is in every prompt of the face. */
function traceItems({ items, core }: MeteredCall): (RetrievedItem & { part: "found" | "core" })[] {
  return [
    ...items.map((item) => ({ ...item, part: "found" as const })),
    ...core.map((item) => ({ ...item, part: "core" as const })),
  ];
}

function keyOf({ actor }: Ctx): string | null {
  return actor.credential.kind === "key" ? actor.credential.keyId : null;
}
