import { basename } from "node:path";
import type { Env } from "@/lib/env";
import { log } from "@/lib/log";
import type { CatalogueEntry, ModelServer } from "@/lib/model-settings";
import type { DiscoveredModel } from "./discover-models";
import { type Endpoint, endpointAt, endpointOf } from "./endpoint";
import {
  builtinModelId,
  type Capabilities,
  type HostedModel,
  hostedModels,
  priceSources,
  type ProviderName,
} from "./hosted-models";
import type { Price } from "./price";

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
  /** null where nobody tells */
  capabilities: Capabilities | null;
  /** the day (UTC) of the provider's price list; null for a price that the operator set */
  priceAsOf: string | null;
  /** the day (UTC) from which its provider answers no more, where that is known */
  shutsDown: string | null;
};

/** What Faces assumes of a model that tells neither. */
const unknownLimits = { contextTokens: 131_072, maxOutputTokens: 16_384 };

const untold = { capabilities: null, priceAsOf: null, shutsDown: null };

const builtin: ServedModel = {
  ...untold,
  id: builtinModelId,
  upstreamId: builtinModelId,
  provider: "builtin",
  endpoint: { label: "The built-in engine", wire: "builtin", baseUrl: "", apiKey: null },
  contextTokens: 1_000_000,
  maxOutputTokens: 2_000,
  price: { input: 0, output: 0 },
  capabilities: { tools: false, images: false, structuredOutputs: false, reasoning: false },
};

/** The models of a server: names that the operator wrote, or what the server told. */
export type ServerList = readonly (string | DiscoveredModel)[];

/**
 * Every model by the settings, and by every name that it answers to.
 *
 * @param lists what each of MODEL_SERVERS has, in their order
 */
export function collectModels(
  settings: Env,
  lists: readonly ServerList[],
): { models: ServedModel[]; byName: Map<string, ServedModel> } {
  const own = settings.MODEL_SERVERS.flatMap((server, index) => modelsOfServer(server, lists[index] ?? []));
  const byName = new Map<string, ServedModel>();
  const models: ServedModel[] = [];
  for (const model of [...hosted(settings), ...own, ...inProcess(settings), builtin]) {
    const id = byName.has(model.id) ? `${model.endpoint.label}/${model.id}` : model.id;
    const entry = settings.MODEL_CATALOGUE[id];
    if (byName.has(id) || entry?.hidden === true) continue;
    const named = { ...model, id, ...(entry === undefined ? {} : changes(entry, model)) };
    byName.set(id, named);
    models.push(named);
  }
  for (const model of models) {
    for (const name of otherNames(model)) if (!byName.has(name)) byName.set(name, model);
  }
  warnOfUnused(settings, byName);
  return { models, byName };
}
/** `server/model`, and Ollama's own rule that a name without a tag means `latest`. */
function otherNames({ provider, upstreamId, endpoint }: ServedModel): string[] {
  if (provider !== "server") return [];
  const names = upstreamId.endsWith(":latest") ? [upstreamId, upstreamId.slice(0, -":latest".length)] : [upstreamId];
  return [...names, ...names.map((name) => `${endpoint.label}/${name}`)];
}

function hosted(settings: Env): ServedModel[] {
  const known = hostedModels
    .filter((model) => !isShutDown(model))
    .map((model) => ({
      ...model,
      priceAsOf: priceSources[model.provider].asOf,
      shutsDown: model.shutsDown ?? null,
    }));
  const added = Object.entries(settings.MODEL_CATALOGUE).flatMap(([id, entry]) => addedModel(id, entry, known));
  return [...known, ...added].flatMap((model) => {
    const endpoint = endpointOf(model.provider, settings);
    return endpoint === null ? [] : [{ ...model, upstreamId: model.id, endpoint }];
  });
}

type Known = Omit<ServedModel, "endpoint" | "upstreamId" | "provider"> & Pick<HostedModel, "provider">;

/** A hosted model that only the operator's file knows. */
function addedModel(id: string, entry: CatalogueEntry, known: readonly Known[]): Known[] {
  const { provider, input_usd_per_million: input, output_usd_per_million: output } = entry;
  if (provider === undefined || input === undefined || output === undefined) return [];
  if (known.some((model) => model.id === id)) return [];
  return [{ ...untold, ...unknownLimits, id, provider, price: { input, output } }];
}

/** What the operator's file says of a model. A price of one's own has no dearer long prompts. */
function changes(entry: CatalogueEntry, model: ServedModel): Partial<ServedModel> {
  const rates = {
    input: entry.input_usd_per_million,
    output: entry.output_usd_per_million,
    cachedInput: entry.cached_input_usd_per_million,
    cacheWrite: entry.cache_write_usd_per_million,
    cacheWriteLong: entry.cache_write_long_usd_per_million,
  };
  const said = Object.fromEntries(Object.entries(rates).filter(([, usd]) => usd !== undefined));
  const { longPrompt: _, ...listed } = model.price;
  return {
    contextTokens: entry.context_tokens ?? model.contextTokens,
    maxOutputTokens: entry.max_output_tokens ?? model.maxOutputTokens,
    ...(Object.keys(said).length === 0 ? {} : { price: { ...listed, ...said }, priceAsOf: null }),
  };
}

function modelsOfServer(
  server: ModelServer,
  list: readonly (string | { id: string; contextTokens: number | null })[],
): ServedModel[] {
  const endpoint = endpointAt(server.name, "openai", server.base_url, server.api_key ?? null);
  const price = { input: server.input_usd_per_million, output: server.output_usd_per_million };
  return list.map((item) => {
    const { id, contextTokens } = typeof item === "string" ? { id: item, contextTokens: null } : item;
    return {
      id,
      upstreamId: id,
      provider: "server",
      endpoint,
      price,
      contextTokens: server.context_tokens ?? contextTokens ?? unknownLimits.contextTokens,
      maxOutputTokens: server.max_output_tokens ?? unknownLimits.maxOutputTokens,
      ...untold,
    };
  });
}

/** The model of MODEL_PATH, called as its file is, without the ending. */
function inProcess({ MODEL_PATH: path, MODEL_CONTEXT_TOKENS: contextTokens }: Env): ServedModel[] {
  if (path === undefined) return [];
  const id = basename(path).replace(/\.gguf$/, "");
  const capabilities = { tools: true, images: false, structuredOutputs: true, reasoning: false };
  const endpoint = { label: "local", wire: "gguf" as const, baseUrl: path, apiKey: null };
  const price = { input: 0, output: 0 };
  return [
    {
      ...untold,
      id,
      upstreamId: id,
      provider: "gguf",
      endpoint,
      price,
      contextTokens,
      maxOutputTokens: contextTokens,
      capabilities,
    },
  ];
}

/** Most likely a name that is spelt wrong; a server that has not told its models yet may know it. */
function warnOfUnused(settings: Env, byName: Map<string, ServedModel>): void {
  if (settings.MODEL_SERVERS.some((server) => server.models === undefined)) return;
  const unused = Object.entries(settings.MODEL_CATALOGUE)
    .filter(([id, { hidden, provider }]) => hidden !== true && provider === undefined && !byName.has(id))
    .map(([id]) => id);
  if (unused.length > 0) log.warn("MODEL_CATALOGUE speaks of models that are not served", { models: unused });
}

/** Whether the model's provider has ended it. */
export function isShutDown({ shutsDown }: HostedModel): boolean {
  return shutsDown !== undefined && shutsDown <= today();
}

/** The day by UTC, as providers count. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}
