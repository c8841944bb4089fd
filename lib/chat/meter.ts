import type { Ctx } from "@/lib/auth/context";
import { mostSearches, priceFor } from "@/lib/billing/price-tiers";
import { costMicroUsd, inputTokens, isFree, type TokenUsage } from "@/lib/billing/prices";
import { extendHold, release, reserve } from "@/lib/billing/reservations";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import type { ServedModel } from "@/lib/models/catalogue";
import type { Price } from "@/lib/models/price";
import type { RetrievedItem } from "@/lib/retrieve/schemas";
import { estimateTokens } from "./estimate-tokens";
import { countOutcome, type Outcome } from "./meter-count";
import { forgetNote, writeNote } from "./meter-notes";
import { settleOldNotes, storeOrNote } from "./meter-replay";
import { toSettlement } from "./meter-settlement";
import type { PromptSection } from "./prompt";
import { tokenParts } from "./prompt-tokens";
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
  /** the model was told so: more than `maxOutputTokens` will not come */
  isBounded: boolean;
  /** the text of the input, for the case that the provider does not count it */
  inputText: () => string;
  /** what was put ahead of the client's own words */
  sections: readonly PromptSection[];
  /** the client's own words and tools; null where it sent more than text */
  clientText: () => string | null;
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
  /**
   * Notes now and then what was used so far, so that it is charged should this process die, and holds more for an
   * answer that grows beyond what was held.
   *
   * @param stop ends the answer, since no more of it can be paid
   */
  note(outcome: Outcome, stop: (reason: AppError) => void): void;
  /** an answer that has grown to so many bytes is to be noted at once */
  readonly noteAtBytes: number;
};

/** What was delivered in less than this is not charged when the process dies, in milliseconds. */
const noteEveryMs = 10_000;
/** A fast answer is noted sooner: first after so many bytes, some hundred tokens, then before it has used what is held. */
const firstNoteBytes = 64 * 1024;
const leastNoteBytes = 16 * 1024;

/**
 * Holds the most that a call may cost; a model without a price needs no credit.
 *
 * @throws {AppError} `insufficient_credits`, `budget_exceeded`, `account_frozen`; `invalid_input` the request asks for
 *   what has no price here
 */
export async function openMeter(ctx: Ctx, call: MeteredCall): Promise<Meter> {
  const price = priceFor(call.model, call.request ?? call.body);
  const heldMicroUsd = isFree(price) ? 0n : mostCost(call, price);
  const reservationId = isFree(price) ? null : await hold(ctx, heldMicroUsd);
  settleOldNotes(ctx.db);
  return new OpenMeter(ctx, call, price, reservationId, heldMicroUsd);
}

class OpenMeter implements Meter {
  readonly traceId = newId("trace");
  private isClosed = false;
  private isCovering = false;
  noteAtBytes: number;
  private notedAt = performance.now();
  private noting: Promise<boolean> = Promise.resolve(false);

  constructor(
    private readonly ctx: Ctx,
    private readonly call: MeteredCall,
    private readonly price: Price,
    private readonly reservationId: string | null,
    private heldMicroUsd: bigint,
  ) {
    // of what costs nothing there is nothing to note
    this.noteAtBytes = reservationId === null ? Infinity : firstNoteBytes;
  }

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

  note(outcome: Outcome, stop: (reason: AppError) => void): void {
    const now = performance.now();
    const { bytes = 0 } = outcome;
    if (this.isClosed || this.reservationId === null) return;
    if (now - this.notedAt < noteEveryMs && bytes < this.noteAtBytes) return;
    this.notedAt = now;
    this.noteAtBytes = Infinity;
    const before = this.noting;
    this.noting = (async () => {
      const wasNoted = await before;
      const settlement = await this.settlement(outcome);
      // a database that is slow or away must keep neither the note nor the settlement waiting
      if (!this.isCovering) void this.coverNext(settlement.costMicroUsd, bytes, stop);
      return (await writeNote(settlement, "under way")) || wasNoted;
    })();
  }

  private async coverNext(costMicroUsd: bigint, bytes: number, stop: (reason: AppError) => void): Promise<void> {
    this.isCovering = true;
    const enough = await this.cover(costMicroUsd, stop);
    const growth = Number(enough) / Math.max(1, Number(costMicroUsd));
    this.noteAtBytes = Math.max(bytes + leastNoteBytes, bytes * growth);
    this.isCovering = false;
  }

  /**
   * An answer without a limit may cost more than was held: when half of it is used, as much again is held. Of
   * one with a limit, enough is held from the first.
   *
   * @returns the cost at which to look again
   */
  private async cover(costMicroUsd: bigint, stop: (reason: AppError) => void): Promise<bigint> {
    const { call, reservationId, heldMicroUsd } = this;
    const enough = call.isBounded ? heldMicroUsd : heldMicroUsd / 2n;
    if (reservationId === null || costMicroUsd <= enough) return enough;
    const wanted = heldMicroUsd * 2n > costMicroUsd * 2n ? heldMicroUsd * 2n : costMicroUsd * 2n;
    try {
      if (await extendHold(this.ctx.db, reservationId, wanted)) this.heldMicroUsd = wanted;
      else if (this.isClosed) return enough;
      else if (costMicroUsd >= heldMicroUsd) stop(creditUsedUp());
      else return heldMicroUsd;
    } catch (error) {
      log.warn("no more money could be held for a long answer", { traceId: this.traceId, error });
    }
    return wanted / 2n;
  }

  private async settlement(outcome: Outcome) {
    const { call, ctx, price, reservationId, traceId } = this;
    const usage = await countOutcome(call, outcome);
    const parts = await tokenParts(call.sections, call.clientText(), inputTokens(usage));
    return toSettlement({ ctx, call, price, traceId, reservationId, usage, outcome, tokenParts: parts });
  }
}

function mostCost({ model, body, request = body, maxOutputTokens }: MeteredCall, price: Price): bigint {
  const input = estimateTokens(body, mostMediaTokens(model));
  const rest = { input: 0, output: maxOutputTokens, searches: mostSearches(model, request) };
  // whether the provider will write its cache is not known yet: the dearest kind of input is held
  const kinds: TokenUsage[] = [
    { ...rest, input },
    { ...rest, cacheWrite: input },
  ];
  if (price.cacheWriteLong !== undefined && asksForLongCache(body)) kinds.push({ ...rest, cacheWriteLong: input });
  const amounts = kinds.map((usage) => costMicroUsd(price, usage));
  return amounts.reduce((most, amount) => (amount > most ? amount : most));
}

/**
 * What an image takes at most: https://platform.claude.com/docs/en/build-with-claude/vision and OpenAI's guide to
 * images and vision, which tells of 2,833 tokens and 5,667 for each of eight tiles for one model.
 */
function mostMediaTokens({ id }: ServedModel): number {
  return id.startsWith("gpt-4o-mini") ? 48_200 : 5_000;
}

function hold(ctx: Ctx, amountMicroUsd: bigint): Promise<string> {
  return reserve(ctx.db, {
    accountId: ctx.actor.accountId,
    apiKeyId: ctx.actor.credential.kind === "key" ? ctx.actor.credential.keyId : null,
    amountMicroUsd,
    expiresInSeconds: longestCallSeconds() + 60,
  });
}

function creditUsedUp(): AppError {
  return new AppError(
    "insufficient_credits",
    "The credit is used up, so that the answer ends here. Add credit, or set a limit with `max_tokens`.",
  );
}

function asksForLongCache(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(asksForLongCache);
  return Object.entries(value).some(([key, inner]) =>
    key === "ttl" ? inner === "1h" : key === "prompt_cache_retention" || asksForLongCache(inner),
  );
}
