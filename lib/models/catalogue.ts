import { type Env, env, type ModelServer } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type HostedModel, hostedModels, type Price, type ProviderName, type Wire } from "./hosted-models";

/** How a provider is reached. */
export type Endpoint = {
  /** what people call it, for messages */
  label: string;
  wire: Wire;
  /** without a trailing slash; "" for the built-in engine */
  baseUrl: string;
  apiKey: string | null;
};

/** A model that this installation can answer with. */
export type ServedModel = {
  /** as clients write it behind `@` */
  id: string;
  /** as its provider wants it */
  upstreamId: string;
  provider: ProviderName;
  endpoint: Endpoint;
  contextTokens: number;
  maxOutputTokens: number;
  price: Price;
};

/** What Faces assumes of a model server of your own, which tells neither. */
const serverDefaults = { contextTokens: 131_072, maxOutputTokens: 16_384 };

/** Snapshots whose price is not that of the model they are named after. */
const dearerSnapshots = new Set(["gpt-4o-2024-05-13"]);

const computed = new WeakMap<Env, ServedModel[]>();

/** Every model that can be written behind `@` here, by the settings: never one without a known price. */
export function servedModels(settings: Env = env()): ServedModel[] {
  const known = computed.get(settings);
  if (known !== undefined) return known;
  const models = [...hosted(settings, false), ...settings.MODEL_SERVERS.flatMap(ownModels), ...hosted(settings, true)];
  const byId = new Map<string, ServedModel>();
  // two servers may offer the same name: the first keeps it, the other is `server/name`
  for (const model of models) {
    const id = byId.has(model.id) ? `${model.endpoint.label}/${model.id}` : model.id;
    byId.set(id, { ...model, id });
  }
  const served = [...byId.values()];
  computed.set(settings, served);
  return served;
}

/**
 * The served model of that name.
 *
 * @throws {AppError} `model_not_found` naming what is served
 */
export function resolveModel(name: string, settings: Env = env()): ServedModel {
  const found = findModel(name, settings);
  if (found === null) throw modelNotFound(name, settings);
  return found;
}

/** The served model of that name, or null. A dated snapshot of a hosted model costs what the model costs. */
export function findModel(name: string, settings: Env = env()): ServedModel | null {
  const byName = (id: string) => servedModels(settings).find((model) => model.id === id) ?? null;
  const exact = byName(name);
  if (exact !== null || dearerSnapshots.has(name)) return exact;
  const undated = /^(.+)-(?:\d{4}-\d{2}-\d{2}|\d{8})$/.exec(name)?.[1];
  const base = undated === undefined ? null : byName(undated);
  return base === null || base.provider === "server" ? null : { ...base, id: name, upstreamId: name };
}

/** What a caller is told about a name that is no model here. */
export function modelNotFound(name: string, settings: Env = env()): AppError {
  const served = servedModels(settings).map((model) => model.id);
  return new AppError("model_not_found", `The model ${name} is not served here. Served: ${served.join(", ")}.`, {
    param: "model",
  });
}

/**
 * The model of faces and requests that name none: DEFAULT_MODEL, else the first real one, else the built-in engine.
 *
 * @throws {AppError} `model_not_found` DEFAULT_MODEL names a model that is not served
 */
export function defaultModel(settings: Env = env()): ServedModel {
  const name = settings.DEFAULT_MODEL;
  // hostedModels lists the model a provider is best started with first; the built-in engine is last of all
  return name === undefined ? (servedModels(settings)[0] ?? resolveModel("", settings)) : resolveModel(name, settings);
}

/** Whether any model here is a language model. */
export function hasLanguageModel(settings: Env = env()): boolean {
  return servedModels(settings).some((model) => model.provider !== "builtin");
}

function hosted(settings: Env, isBuiltin: boolean): ServedModel[] {
  return hostedModels.flatMap((model) => {
    const endpoint = endpointOf(model.provider, settings);
    if (endpoint === null || (model.provider === "builtin") !== isBuiltin) return [];
    return [{ ...model, upstreamId: model.id, endpoint }];
  });
}

function ownModels(server: ModelServer): ServedModel[] {
  const endpoint = endpointAt(server.name, "openai", server.base_url, server.api_key ?? null);
  const price = { input: server.input_usd_per_million, output: server.output_usd_per_million };
  return server.models.map((id) => ({
    id,
    upstreamId: id,
    provider: "server" as const,
    endpoint,
    price,
    ...serverDefaults,
  }));
}

/** How a hosted provider is reached; null when it has no key here. */
export function endpointOf(provider: HostedModel["provider"], settings: Env = env()): Endpoint | null {
  switch (provider) {
    case "openai":
      return keyed("OpenAI", "openai", settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY);
    case "anthropic":
      return keyed("Anthropic", "anthropic", settings.ANTHROPIC_BASE_URL, settings.ANTHROPIC_API_KEY);
    case "fireworks":
      return keyed("Fireworks", "openai", settings.FIREWORKS_BASE_URL, settings.FIREWORKS_API_KEY);
    case "builtin":
      return endpointAt("The built-in engine", "builtin", "", null);
  }
}

function keyed(label: string, wire: Wire, baseUrl: string, apiKey: string | undefined): Endpoint | null {
  return apiKey === undefined ? null : endpointAt(label, wire, baseUrl, apiKey);
}

function endpointAt(label: string, wire: Wire, baseUrl: string, apiKey: string | null): Endpoint {
  return { label, wire, baseUrl: baseUrl.replace(/\/+$/, ""), apiKey };
}
