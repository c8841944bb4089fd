/** The wire a model's provider speaks. */
export type Wire = "openai" | "anthropic" | "builtin";

/** Whose key and address a model is reached with; `server` is one of MODEL_SERVERS. */
export type ProviderName = "openai" | "anthropic" | "fireworks" | "server" | "builtin";

/** USD per million tokens, as the provider charges them. Parts that are left out cost what input costs. */
export type Price = {
  input: number;
  output: number;
  /** input that the provider read from its prompt cache */
  cachedInput?: number;
  /** input written to the provider's prompt cache for five minutes */
  cacheWrite?: number;
  /** input written to it for an hour */
  cacheWriteLong?: number;
};

/** What is known of a model, apart from how this installation reaches it. */
export type HostedModel = {
  id: string;
  provider: Exclude<ProviderName, "server">;
  contextTokens: number;
  maxOutputTokens: number;
  price: Price;
};

/**
 * When the prices below were last compared with the providers' public price lists
 * (platform.openai.com/docs/pricing, docs.anthropic.com pricing, fireworks.ai/pricing).
 *
 * They are list prices for text at the standard tier. An operator who resells must check them.
 */
export const pricesAsOf = "2026-01-31";

/** The id of the engine that needs no provider. */
export const builtinModelId = "builtin";

/** Anthropic prices its prompt cache as multiples of input. */
function anthropicPrice(input: number, output: number): Price {
  return { input, output, cachedInput: input * 0.1, cacheWrite: input * 1.25, cacheWriteLong: input * 2 };
}

function openAi(id: string, contextTokens: number, maxOutputTokens: number, price: Price): HostedModel {
  return { id, provider: "openai", contextTokens, maxOutputTokens, price };
}

function anthropic(id: string, maxOutputTokens: number, price: Price): HostedModel {
  return { id, provider: "anthropic", contextTokens: 200_000, maxOutputTokens, price };
}

function fireworks(name: string, contextTokens: number, price: Price): HostedModel {
  const id = `accounts/fireworks/models/${name}`;
  return { id, provider: "fireworks", contextTokens, maxOutputTokens: 16_384, price };
}

/** Every hosted model that Faces knows the price of, the preferred default of each provider first. */
export const hostedModels: readonly HostedModel[] = [
  openAi("gpt-4o-mini", 128_000, 16_384, { input: 0.15, cachedInput: 0.075, output: 0.6 }),
  openAi("gpt-4o", 128_000, 16_384, { input: 2.5, cachedInput: 1.25, output: 10 }),
  openAi("gpt-4.1", 1_047_576, 32_768, { input: 2, cachedInput: 0.5, output: 8 }),
  openAi("gpt-4.1-mini", 1_047_576, 32_768, { input: 0.4, cachedInput: 0.1, output: 1.6 }),
  openAi("gpt-4.1-nano", 1_047_576, 32_768, { input: 0.1, cachedInput: 0.025, output: 0.4 }),
  openAi("gpt-5", 400_000, 128_000, { input: 1.25, cachedInput: 0.125, output: 10 }),
  openAi("gpt-5-mini", 400_000, 128_000, { input: 0.25, cachedInput: 0.025, output: 2 }),
  openAi("gpt-5-nano", 400_000, 128_000, { input: 0.05, cachedInput: 0.005, output: 0.4 }),
  openAi("gpt-5.1", 400_000, 128_000, { input: 1.25, cachedInput: 0.125, output: 10 }),
  openAi("gpt-5.2", 400_000, 128_000, { input: 1.75, cachedInput: 0.175, output: 14 }),
  openAi("o3", 200_000, 100_000, { input: 2, cachedInput: 0.5, output: 8 }),
  openAi("o4-mini", 200_000, 100_000, { input: 1.1, cachedInput: 0.275, output: 4.4 }),
  anthropic("claude-haiku-4-5", 64_000, anthropicPrice(1, 5)),
  anthropic("claude-sonnet-4-6", 64_000, anthropicPrice(3, 15)),
  anthropic("claude-sonnet-4-5", 64_000, anthropicPrice(3, 15)),
  anthropic("claude-opus-4-6", 64_000, anthropicPrice(5, 25)),
  anthropic("claude-opus-4-5", 64_000, anthropicPrice(5, 25)),
  anthropic("claude-opus-4-1", 32_000, anthropicPrice(15, 75)),
  fireworks("llama-v3p1-8b-instruct", 131_072, { input: 0.2, output: 0.2 }),
  fireworks("llama-v3p1-70b-instruct", 131_072, { input: 0.9, output: 0.9 }),
  fireworks("llama-v3p3-70b-instruct", 131_072, { input: 0.9, output: 0.9 }),
  fireworks("llama-v3p1-405b-instruct", 131_072, { input: 3, output: 3 }),
  fireworks("qwen2p5-72b-instruct", 32_768, { input: 0.9, output: 0.9 }),
  fireworks("gpt-oss-120b", 131_072, { input: 0.15, output: 0.6 }),
  {
    id: builtinModelId,
    provider: "builtin",
    contextTokens: 1_000_000,
    maxOutputTokens: 2_000,
    price: { input: 0, output: 0 },
  },
];
