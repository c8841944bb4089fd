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
 * The only place that knows of MARKUP_PERCENT. A price of 1 USD per million tokens is 1,000,000 pico-USD per token,
 * so all arithmetic is on integers.
 */
export function costMicroUsd(price: Price, usage: TokenUsage, markupPercent: number = env().MARKUP_PERCENT): bigint {
  const {
    input,
    output,
    cachedInput = input,
    cacheWrite = input,
    cacheWriteLong = input,
  } = ratesAt(price, inputTokens(usage));
  const picoUsd =
    part(usage.input, input) +
    part(usage.output, output) +
    part(usage.cachedInput, cachedInput) +
    part(usage.cacheWrite, cacheWrite) +
    part(usage.cacheWriteLong, cacheWriteLong) +
    BigInt(usage.searches ?? 0) * picoUsdPerSearch;
  const withMarkup = picoUsd * (basisPoints + BigInt(Math.round(markupPercent * 100)));
  const divisor = picoUsdPerMicroUsd * basisPoints;
  return (withMarkup + divisor - 1n) / divisor;
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

function part(tokens: number | undefined, usdPerMillion: number): bigint {
  return BigInt(tokens ?? 0) * BigInt(Math.round(usdPerMillion * 1_000_000));
}
