import type { Ctx } from "@/lib/auth/context";
import { pricePerMillion } from "@/lib/billing/prices";
import { defaultModel, resolveModel, type ServedModel, servedModels } from "@/lib/models/catalogue";
import { pricesAsOf } from "@/lib/models/hosted-models";
import { isModelAllowed, requireKeyAllowsModel } from "./find-target";

/** OpenAI wants a time of creation; the day the prices were taken is the only one we know. */
const created = Math.floor(Date.parse(pricesAsOf) / 1000);

/** A model as `GET /v1/models` shows it: OpenAI's fields, and what it costs this account. */
export type ModelView = {
  id: string;
  object: "model";
  created: number;
  owned_by: string;
  context_length: number;
  max_output_tokens: number;
  /** USD per million tokens, markup included */
  pricing: { input_usd_per_million: number; output_usd_per_million: number; as_of: string };
  is_default: boolean;
  is_language_model: boolean;
};

/** Every model that the caller may write behind `@`. */
export function listModels(ctx: Ctx): ModelView[] {
  return servedModels()
    .filter((model) => isModelAllowed(ctx, model))
    .map(toView);
}

/** One model by its id. @throws {AppError} `model_not_found`, `forbidden` */
export function requireModel(ctx: Ctx, id: string): ModelView {
  const model = resolveModel(id);
  requireKeyAllowsModel(ctx, model);
  return toView(model);
}

function toView(model: ServedModel): ModelView {
  return {
    id: model.id,
    object: "model",
    created,
    owned_by:
      model.provider === "server" ? model.endpoint.label : model.provider === "builtin" ? "faces" : model.provider,
    context_length: model.contextTokens,
    max_output_tokens: model.maxOutputTokens,
    pricing: {
      input_usd_per_million: pricePerMillion(model.price.input),
      output_usd_per_million: pricePerMillion(model.price.output),
      as_of: pricesAsOf,
    },
    is_default: model.id === defaultModelId(),
    is_language_model: model.provider !== "builtin",
  };
}

/** A DEFAULT_MODEL that is not served must not break the list that would tell it. */
function defaultModelId(): string | null {
  try {
    return defaultModel().id;
  } catch {
    return null;
  }
}
