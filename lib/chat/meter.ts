import type { Ctx } from "@/lib/auth/context";
import { mostSearches, priceFor } from "@/lib/billing/price-tiers";
import { costMicroUsd, isFree, type TokenUsage } from "@/lib/billing/prices";
import { release, reserve } from "@/lib/billing/reservations";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import type { ServedModel } from "@/lib/models/catalogue";
import type { Price } from "@/lib/models/price";
import type { RetrievedItem } from "@/lib/retrieve/schemas";
import { estimateTokens } from "./estimate-tokens";
import { countOutcome, countTokens, type Outcome } from "./meter-count";
import { forgetNote, writeNote } from "./meter-notes";
import { settleOldNotes, storeOrNote } from "./meter-replay";
import { toSettlement } from "./meter-settlement";
import { longestCallSeconds } from "./upstream-call";

export type { Outcome } from "./meter-count";

/** What is metered: a call of a model, with what its trace will tell. */
export type MeteredCall = {
  kind: "chat" | "proxy";
  model: ServedModel;
  face: { id: string; version: number } | null;
  /** the body as the model gets it */
  body: unknown;
  /** the request whose fields say what its tokens cost, where that is not the body itself */
  request?: unknown;
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

export type Meter = {
  traceId: string;
  /**
   * Charges what was used, once: later calls do nothing. Never throws: what cannot be stored now is noted on disk.
   *
   * @returns the cost in micro-USD, null when it was settled before
   */
  settle(outcome: Outcome): Promise<bigint | null>;
  /** Gives everything back: nothing was used. */
  release(): Promise<void>;
  /** Notes now and then what was used so far, so that it is charged should this process die. */
  note(outcome: Outcome): void;
};

/** What was delivered in less than this is not charged when the process dies, in milliseconds. */
const noteEveryMs = 10_000;

/**
 * Holds the most that a call may cost; a model without a price needs no credit.
 *
 * @throws {AppError} `insufficient_credits`, `budget_exceeded`, `account_frozen`; `invalid_input` the request asks for
 *   what has no price here
 */
export async function openMeter(ctx: Ctx, call: MeteredCall): Promise<Meter> {
  const price = priceFor(call.model, call.request ?? call.body);
  const reservationId = isFree(price) ? null : await hold(ctx, call, price);
  settleOldNotes(ctx.db);
  return new OpenMeter(ctx, call, price, reservationId);
}

class OpenMeter implements Meter {
  readonly traceId = newId("trace");
  private isClosed = false;
  private notedAt = performance.now();
  private noting: Promise<boolean> = Promise.resolve(false);

  constructor(
    private readonly ctx: Ctx,
    private readonly call: MeteredCall,
    private readonly price: Price,
    private readonly reservationId: string | null,
  ) {}

  async settle(outcome: Outcome): Promise<bigint | null> {
    if (this.isClosed) return null;
    this.isClosed = true;
    const settlement = await this.settlement(outcome);
    const wasNoted = await this.noting;
    await storeOrNote(this.ctx.db, settlement);
    if (wasNoted) await forgetNote(this.traceId);
    return settlement.costMicroUsd;
  }

  async release(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    if (this.reservationId === null) return;
    // what cannot be given back now is free again when the reservation ends
    await release(this.ctx.db, this.reservationId).catch((error: unknown) =>
      log.warn("held money could not be given back", { traceId: this.traceId, error }),
    );
  }

  note(outcome: Outcome): void {
    const now = performance.now();
    if (this.isClosed || this.reservationId === null || now - this.notedAt < noteEveryMs) return;
    this.notedAt = now;
    const before = this.noting;
    this.noting = (async () => {
      const wasNoted = await before;
      const settlement = await this.settlement(outcome);
      return (await writeNote(settlement, "under way")) || wasNoted;
    })();
  }

  private async settlement(outcome: Outcome) {
    const { call, ctx, price, reservationId, traceId } = this;
    const usage = await countOutcome(call, outcome);
    const [personaTokens = 0] = call.persona === null ? [] : await countTokens([call.persona]);
    return toSettlement({ ctx, call, price, traceId, reservationId, usage, outcome, personaTokens });
  }
}

function hold(ctx: Ctx, { model, body, request = body, maxOutputTokens }: MeteredCall, price: Price): Promise<string> {
  const input = estimateTokens(body);
  const rest = { input: 0, output: maxOutputTokens, searches: mostSearches(model, request) };
  // whether the provider will write its cache is not known yet: the dearest kind of input is held
  const kinds: TokenUsage[] = [
    { ...rest, input },
    { ...rest, cacheWrite: input },
  ];
  if (price.cacheWriteLong !== undefined && asksForLongCache(body)) kinds.push({ ...rest, cacheWriteLong: input });
  const amounts = kinds.map((usage) => costMicroUsd(price, usage));
  return reserve(ctx.db, {
    accountId: ctx.actor.accountId,
    apiKeyId: ctx.actor.credential.kind === "key" ? ctx.actor.credential.keyId : null,
    amountMicroUsd: amounts.reduce((most, amount) => (amount > most ? amount : most)),
    expiresInSeconds: longestCallSeconds() + 60,
  });
}

function asksForLongCache(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(asksForLongCache);
  return Object.entries(value).some(([key, inner]) =>
    key === "ttl" ? inner === "1h" : key === "prompt_cache_retention" || asksForLongCache(inner),
  );
}
