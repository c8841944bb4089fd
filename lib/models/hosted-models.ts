import { type Price, type Rates, withLongPrompts } from "./price";

/** The wire a model's provider speaks; `gguf` is a model in this process. */
export type Wire = "openai" | "anthropic" | "builtin" | "gguf";

/** Whose key and address a model is reached with; `server` is one of MODEL_SERVERS, `gguf` the file of MODEL_PATH. */
export type ProviderName = "openai" | "anthropic" | "fireworks" | "server" | "gguf" | "builtin";

/** A provider on the internet whose prices are known here. */
export type HostedProvider = "openai" | "anthropic" | "fireworks";

/** What a model takes and gives. Nobody stops a request for it: the provider is the judge. */
export type Capabilities = {
  tools: boolean;
  images: boolean;
  /** answers that follow a JSON schema */
  structuredOutputs: boolean;
  /** thinks before it answers, at the price of output */
  reasoning: boolean;
};

/** What is known of a model, apart from how this installation reaches it. */
export type HostedModel = {
  id: string;
  provider: HostedProvider;
  contextTokens: number;
  maxOutputTokens: number;
  /** USD per million tokens */
  price: Price;
  capabilities: Capabilities;
  /** the day (UTC) from which its provider answers no more; it is not served from then on */
  shutsDown?: string;
};

/**
 * Where each provider's prices, limits and days of shutdown below come from, and of what day the page was.
 *
 * They are list prices in USD per million text tokens at the standard tier, in any region without a surcharge. They
 * were taken from stored copies of these pages, checked against independent lists; an operator who resells must check
 * them, and can correct them without a change here: MODEL_CATALOGUE.
 */
export const priceSources: Record<HostedProvider, { url: string; asOf: string }> = {
  openai: { url: "https://developers.openai.com/api/docs/pricing", asOf: "2026-11-05" },
  anthropic: { url: "https://platform.claude.com/docs/en/about-claude/pricing", asOf: "2026-10-24" },
  // the copy bears no day; it is of the time of Kimi K2.6
  fireworks: { url: "https://docs.fireworks.ai/serverless/pricing", asOf: "2026-05-31" },
};

/** The id of the engine that needs no provider. */
export const builtinModelId = "builtin";

const chat: Capabilities = { tools: true, images: true, structuredOutputs: true, reasoning: false };
const thinking: Capabilities = { ...chat, reasoning: true };
const textOnly: Capabilities = { ...chat, images: false };

type Limits = [contextTokens: number, maxOutputTokens: number];

function openAi(id: string, limits: Limits, price: Price, more: Partial<HostedModel> = {}): HostedModel {
  const [contextTokens, maxOutputTokens] = limits;
  return { id, provider: "openai", contextTokens, maxOutputTokens, price, capabilities: thinking, ...more };
}

/** Since GPT-5.6: above 272,000 tokens of prompt input costs twice and output one and a half times as much. */
function openAiLong(rates: Rates): Price {
  return withLongPrompts(rates, 272_000, { input: 2, output: 1.5 });
}

/** Anthropic prices its prompt cache as multiples of input: reads mostly a tenth, writes for 5 minutes and an hour. */
function anthropicRates(input: number, output: number, cacheRead = 0.1): Rates {
  const usd = (times: number) => Number((input * times).toFixed(6));
  return { input, output, cachedInput: usd(cacheRead), cacheWrite: usd(1.25), cacheWriteLong: usd(2) };
}

function anthropic(id: string, limits: Limits, price: Price, more: Partial<HostedModel> = {}): HostedModel {
  const [contextTokens, maxOutputTokens] = limits;
  return { id, provider: "anthropic", contextTokens, maxOutputTokens, price, capabilities: thinking, ...more };
}

/** Where the page names no price of cached input, it is half of input's. */
function fireworks(name: string, contextTokens: number, rates: Rates, capabilities = textOnly): HostedModel {
  const id = `accounts/fireworks/models/${name}`;
  const price = { cachedInput: rates.input / 2, ...rates };
  return { id, provider: "fireworks", contextTokens, maxOutputTokens: 16_384, price, capabilities };
}

const short: Limits = [128_000, 16_384];
const gpt41: Limits = [1_047_576, 32_768];
const gpt5: Limits = [400_000, 128_000];
const million: Limits = [1_000_000, 128_000];
const gpt6: Limits = [1_050_000, 128_000];
const claude4: Limits = [200_000, 64_000];

/**
 * Every hosted model that Faces knows the price of. The first of a provider that is still served is its default;
 * what has been shut down stays for a while, so that whoever asks for it is told.
 */
export const hostedModels: readonly HostedModel[] = [
  openAi("gpt-4o-mini", short, { input: 0.15, cachedInput: 0.075, output: 0.6 }, old("2027-01-14")),
  openAi("gpt-6-luna", gpt6, openAiLong({ input: 0.1, cachedInput: 0.01, cacheWrite: 0.125, output: 0.5 })),
  openAi(
    "gpt-6.1-terra",
    gpt6,
    openAiLong({ input: 1, cachedInput: 0.05, cacheWrite: 1.25, cacheWriteLong: 2.5, output: 5 }),
  ),
  openAi(
    "gpt-6.2-sol",
    gpt6,
    openAiLong({ input: 2, cachedInput: 0.1, cacheWrite: 2.5, cacheWriteLong: 5, output: 10 }),
  ),
  openAi("gpt-6.1-sol", gpt6, openAiLong({ input: 2, cachedInput: 0.1, cacheWrite: 2.5, output: 10 })),
  openAi("gpt-6-sol", gpt6, openAiLong({ input: 2, cachedInput: 0.2, cacheWrite: 2.5, output: 10 })),
  openAi("gpt-5.6-terra", gpt6, openAiLong({ input: 2, cachedInput: 0.2, cacheWrite: 2.5, output: 12 })),
  openAi("gpt-5.2", gpt5, { input: 1.75, cachedInput: 0.175, output: 14 }),
  openAi("gpt-5.1", gpt5, { input: 1.25, cachedInput: 0.125, output: 10 }, { shutsDown: "2027-04-01" }),
  openAi("gpt-5", gpt5, { input: 1.25, cachedInput: 0.125, output: 10 }, { shutsDown: "2026-12-11" }),
  openAi("gpt-5-mini", gpt5, { input: 0.25, cachedInput: 0.025, output: 2 }, { shutsDown: "2026-12-11" }),
  openAi("gpt-5-nano", gpt5, { input: 0.05, cachedInput: 0.005, output: 0.4 }, { shutsDown: "2026-12-11" }),
  openAi("gpt-4o", short, { input: 2.5, cachedInput: 1.25, output: 10 }, old("2027-01-14")),
  openAi("gpt-4.1", gpt41, { input: 2, cachedInput: 0.5, output: 8 }, old("2027-01-14")),
  openAi("gpt-4.1-mini", gpt41, { input: 0.4, cachedInput: 0.1, output: 1.6 }, old("2027-01-14")),
  openAi("gpt-4.1-nano", gpt41, { input: 0.1, cachedInput: 0.025, output: 0.4 }, old("2026-10-23")),
  openAi("o3", [200_000, 100_000], { input: 2, cachedInput: 0.5, output: 8 }, { shutsDown: "2026-12-11" }),
  openAi("o4-mini", [200_000, 100_000], { input: 1.1, cachedInput: 0.275, output: 4.4 }, { shutsDown: "2026-10-23" }),
  anthropic("claude-haiku-4-5", claude4, anthropicRates(1, 5)),
  anthropic("claude-haiku-5-5", million, {
    ...anthropicRates(0.1, 0.5),
    longPrompt: { aboveTokens: 100_000, rates: anthropicRates(0.5, 2.5) },
  }),
  anthropic("claude-sonnet-5-5", million, anthropicRates(2, 10, 0.05)),
  anthropic("claude-sonnet-5", million, anthropicRates(2, 10)),
  anthropic("claude-sonnet-4-6", [1_000_000, 64_000], anthropicRates(3, 15)),
  anthropic("claude-sonnet-4-5", claude4, anthropicRates(3, 15)),
  anthropic("claude-opus-5-5", million, anthropicRates(4, 20, 0.05)),
  anthropic("claude-opus-5", million, anthropicRates(5, 25)),
  anthropic("claude-opus-4-8", million, anthropicRates(5, 25)),
  anthropic("claude-opus-4-7", million, anthropicRates(5, 25)),
  anthropic("claude-opus-4-6", million, anthropicRates(5, 25)),
  anthropic("claude-opus-4-5", claude4, anthropicRates(5, 25)),
  anthropic("claude-opus-4-1", [200_000, 32_000], anthropicRates(15, 75), { shutsDown: "2026-08-05" }),
  fireworks("llama-v3p1-8b-instruct", 131_072, { input: 0.2, output: 0.2 }),
  fireworks("gpt-oss-20b", 131_072, { input: 0.07, cachedInput: 0.035, output: 0.3 }, { ...textOnly, reasoning: true }),
  fireworks(
    "gpt-oss-120b",
    131_072,
    { input: 0.15, cachedInput: 0.015, output: 0.6 },
    { ...textOnly, reasoning: true },
  ),
  fireworks("kimi-k2p6", 262_144, { input: 0.95, cachedInput: 0.16, output: 4 }, thinking),
  fireworks("llama-v3p1-70b-instruct", 131_072, { input: 0.9, output: 0.9 }),
  fireworks("llama-v3p3-70b-instruct", 131_072, { input: 0.9, output: 0.9 }),
  fireworks("llama-v3p1-405b-instruct", 131_072, { input: 3, output: 3 }),
  fireworks("qwen2p5-72b-instruct", 32_768, { input: 0.9, output: 0.9 }),
];

/** A model from before OpenAI's models thought first. */
function old(shutsDown: string): Partial<HostedModel> {
  return { shutsDown, capabilities: chat };
}
