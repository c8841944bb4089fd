/** USD per million tokens, as the provider charges them. Parts that are left out cost what input costs. */
export type Rates = {
  input: number;
  output: number;
  /** input that the provider read from its prompt cache */
  cachedInput?: number;
  /** input written to the provider's prompt cache for its shorter time (five minutes, or thirty) */
  cacheWrite?: number;
  /** input written to it for its longer time (an hour, or twelve) */
  cacheWriteLong?: number;
};

/** What a model costs. Some cost more, for the whole call, when the prompt is long. */
export type Price = Rates & { longPrompt?: { aboveTokens: number; rates: Rates } };

/** The rates of a call, by how many tokens went in, from the cache or not. */
export function ratesAt(price: Price, promptTokens: number): Rates {
  const { longPrompt } = price;
  return longPrompt !== undefined && promptTokens > longPrompt.aboveTokens ? longPrompt.rates : price;
}

/** Whether a model costs nothing whatever is asked of it. */
export function isFreePrice({ longPrompt, ...rates }: Price): boolean {
  return [rates, longPrompt?.rates ?? {}].every((part) => Object.values(part).every((usd) => usd === 0));
}

/** A price whose long prompts cost a multiple: `input` for all that goes in, `output` for what comes out. */
export function withLongPrompts(rates: Rates, aboveTokens: number, times: { input: number; output: number }): Price {
  const dearer = Object.entries(rates).map(([part, usd]) => [
    part,
    usd * times[part === "output" ? "output" : "input"],
  ]);
  return { ...rates, longPrompt: { aboveTokens, rates: Object.fromEntries(dearer) as Rates } };
}
