import type { Ctx } from "@/lib/auth/context";
import { pricePerMillion } from "@/lib/billing/prices";
import {
  defaultModel,
  findModel,
  lookForNewModels,
  modelServerStates,
  modelsKnown,
  resolveModel,
  type ServedModel,
  servedModels,
} from "@/lib/models/catalogue";
import type { ServerState } from "@/lib/models/discover-models";
import type { Rates } from "@/lib/models/price";
import { isModelAllowed, requireKeyAllowsModel } from "./find-target";

/** USD per million tokens as this account pays them, markup included; what is left out costs what input costs. */
type PricingView = {
  input_usd_per_million: number;
  output_usd_per_million: number;
  cached_input_usd_per_million?: number;
  cache_write_usd_per_million?: number;
  cache_write_long_usd_per_million?: number;
};

/** A model as `GET /v1/models` shows it: OpenAI's fields, Anthropic's beside them, and what it costs this account. */
export type ModelView = {
  id: string;
  object: "model";
  type: "model";
  display_name: string;
  created_at: string;
  /** seconds; the day of the price list, since a provider's own day is not known here */
  created: number;
  owned_by: string;
  context_length: number;
  max_output_tokens: number;
  pricing: PricingView & {
    /** the day of the provider's price list; null where the operator set the price */
    as_of: string | null;
    /** what a whole call costs whose prompt is longer */
    long_prompt: (PricingView & { above_tokens: number }) | null;
  };
  /** null where nobody tells, as for servers of one's own */
  capabilities: { tools: boolean; images: boolean; structured_outputs: boolean; reasoning: boolean } | null;
  /** the day from which its provider answers no more, where that is known */
  shuts_down: string | null;
  is_default: boolean;
  is_language_model: boolean;
};

/** Every model that the caller may write behind `@`, and how the servers stand that are asked for theirs. */
export async function listModels(ctx: Ctx): Promise<{ models: ModelView[]; servers: ServerState[] }> {
  await modelsKnown();
  const models = servedModels()
    .filter((model) => isModelAllowed(ctx, model))
    .map(toView);
  return { models, servers: modelServerStates() };
}

/** One model by any name that it answers to. @throws {AppError} `model_not_found`, `forbidden` */
export async function requireModel(ctx: Ctx, id: string): Promise<ModelView> {
  await modelsKnown();
  if (findModel(id) === null) await lookForNewModels();
  const model = resolveModel(id);
  requireKeyAllowsModel(ctx, model);
  return toView(model);
}

function toView(model: ServedModel): ModelView {
  const { price, priceAsOf, capabilities } = model;
  const { longPrompt } = price;
  const created = new Date(priceAsOf ?? 0);
  return {
    id: model.id,
    object: "model",
    type: "model",
    display_name: model.id,
    created_at: created.toISOString(),
    created: created.getTime() / 1000,
    owned_by: ownerOf(model),
    context_length: model.contextTokens,
    max_output_tokens: model.maxOutputTokens,
    pricing: {
      ...toPricing(price),
      as_of: priceAsOf,
      long_prompt: longPrompt ? { above_tokens: longPrompt.aboveTokens, ...toPricing(longPrompt.rates) } : null,
    },
    capabilities: capabilities && {
      tools: capabilities.tools,
      images: capabilities.images,
      structured_outputs: capabilities.structuredOutputs,
      reasoning: capabilities.reasoning,
    },
    shuts_down: model.shutsDown,
    is_default: model.id === defaultModelId(),
    is_language_model: model.provider !== "builtin",
  };
}

function toPricing({ input, output, cachedInput, cacheWrite, cacheWriteLong }: Rates): PricingView {
  return {
    input_usd_per_million: pricePerMillion(input),
    output_usd_per_million: pricePerMillion(output),
    ...(cachedInput === undefined ? {} : { cached_input_usd_per_million: pricePerMillion(cachedInput) }),
    ...(cacheWrite === undefined ? {} : { cache_write_usd_per_million: pricePerMillion(cacheWrite) }),
    ...(cacheWriteLong === undefined ? {} : { cache_write_long_usd_per_million: pricePerMillion(cacheWriteLong) }),
  };
}

function ownerOf({ provider, endpoint }: ServedModel): string {
  if (provider === "builtin") return "faces";
  return provider === "server" || provider === "gguf" ? endpoint.label : provider;
}

/** A DEFAULT_MODEL that is not served must not break the list that would tell it. */
function defaultModelId(): string | null {
  try {
    return defaultModel().id;
  } catch {
    return null;
  }
}
