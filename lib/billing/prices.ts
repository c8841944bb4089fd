import { env } from "@/lib/env";
import { isFreePrice, type Price, ratesAt } from "@/lib/models/price";

/** Tokens of one call, each counted once: `input` is what neither came from nor went into a prompt cache. */
export type TokenUsage = {
  input: number;
  output: number;
  cachedInput?: number;
  cacheWrite?: number;
  cacheWriteLong?: number;
  /** searches of the provider's own, which have a fee beside their tokens */
  searches?: number;
};

/** Ten dollars for a thousand (https://platform.claude.com/docs/en/about-claude/pricing#web-search-tool). */
const picoUsdPerSearch = 10_000_000_000n;
const picoUsdPerMicroUsd = 1_000_000n;
const basisPoints = 10_000n;

/**
 * What a call costs the account, in micro-USD, rounded up: provider price × tokens, plus the markup.
 *
 * A price of 1 USD per million tokens is 1,000,000 pico-USD per token, so all arithmetic is on integers.
 *
 * What a request asks for may cost more than there is: nobody's credit covers that, and the ledger takes no such amount.
 *
 * @throws {RangeError} a price or a count that cannot be: below zero, not a number, infinite
 */
export function costMicroUsd(price: Price, usage: TokenUsage, markupPercent: number = env().MARKUP_PERCENT): bigint {
  const {
    input,
    output,
    cachedInput = input,
    cacheWrite = input,
    cacheWriteLong = input,
  } = ratesAt(price, inputTokens(usage));
  return withMarkup(
    part(usage.input, input) +
      part(usage.output, output) +
      part(usage.cachedInput, cachedInput) +
      part(usage.cacheWrite, cacheWrite) +
      part(usage.cacheWriteLong, cacheWriteLong) +
      count(usage.searches) * picoUsdPerSearch,
    markupPercent,
  );
}

/**
 * What a provider takes as the account pays it: with the markup, in micro-USD, rounded up. The only place that adds it.
 *
 * @param picoUsd what the provider takes for all of `parts` such pieces of work
 * @throws {RangeError} the markup is below zero or above a thousand percent
 */
export function withMarkup(picoUsd: bigint, markupPercent: number, parts = 1n): bigint {
  if (!(markupPercent >= 0 && markupPercent <= 1_000)) throw new RangeError(`${markupPercent} % is no markup.`);
  const withIt = picoUsd * (basisPoints + BigInt(Math.round(markupPercent * 100)));
  const divisor = picoUsdPerMicroUsd * basisPoints * parts;
  return (withIt + divisor - 1n) / divisor;
}

/** All tokens that went in, cached or not. */
export function inputTokens(usage: TokenUsage): number {
  return usage.input + (usage.cachedInput ?? 0) + (usage.cacheWrite ?? 0) + (usage.cacheWriteLong ?? 0);
}

/** Whether a model costs nothing, so that no credit is needed to use it. */
export function isFree(price: Price): boolean {
  return isFreePrice(price);
}

/** USD per million tokens as the account pays them, for display. */
export function pricePerMillion(usdPerMillion: number, markupPercent: number = env().MARKUP_PERCENT): number {
  return Number((usdPerMillion * (1 + markupPercent / 100)).toFixed(6));
}

/** More than any provider takes, in USD per million tokens. */
const dearestRate = 100_000;

function part(tokens: number | undefined, usdPerMillion: number): bigint {
  if (!(usdPerMillion >= 0 && usdPerMillion <= dearestRate)) throw new RangeError(`${usdPerMillion} USD is no price.`);
  return count(tokens) * BigInt(Math.round(usdPerMillion * 1_000_000));
}

function count(number: number | undefined = 0): bigint {
  if (!Number.isInteger(number) || number < 0) throw new RangeError(`${number} is no count of tokens.`);
  return BigInt(number);
}
