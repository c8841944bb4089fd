import { fetch } from "undici";
import { z } from "zod";
import { log } from "@/lib/log";
import type { ModelServer } from "@/lib/model-settings";

/** A model that a server told of itself. */
export type DiscoveredModel = {
  id: string;
  /** null where the server does not tell */
  contextTokens: number | null;
};

/** How a server stands. */
export type ServerState = {
  name: string;
  status: "unasked" | "ok" | "failed";
  /** why the last asking failed, without the server's address */
  error: string | null;
  /** how many models it has, by its last answer */
  models: number;
  /** ISO 8601; null before the first answer */
  answered_at: string | null;
};

type Entry = {
  models: DiscoveredModel[];
  error: string | null;
  askedAt: number | null;
  answeredAt: number | null;
  /** the asking under way */
  asking: Promise<void> | null;
};

/** How long an answer is taken for true, in milliseconds; then it is still used, and asked again meanwhile. */
const freshMs = 60_000;
const freshAfterFailureMs = 15_000;
/** An unknown name has a server asked again, but not more often than this. */
const againMs = 2_000;
const timeoutMs = 3_000;

/** The shapes of Ollama, llama-server, vLLM, LM Studio, OpenRouter; a bare list as Together sends it. */
const Model = z.looseObject({
  id: z.string().min(1),
  max_model_len: z.int().positive().nullish().catch(null),
  context_length: z.int().positive().nullish().catch(null),
  meta: z
    .looseObject({ n_ctx: z.int().positive().nullish(), n_ctx_train: z.int().positive().nullish() })
    .nullish()
    .catch(null),
});
// Ollama without a model says null
const List = z.union([z.looseObject({ data: z.array(Model).nullable() }), z.array(Model)]);

/** Names of models that answer no chat. Whoever means one all the same lists it under `models`. */
const noChat = /(?:^|[-_/.])(?:embed(?:ding|dings)?|rerank(?:er)?|whisper|tts)(?:[-_/.:]|$)/i;

// on globalThis because Next bundles this module more than once
const held = globalThis as { facesModelServers?: Map<string, Entry>; facesModelListVersion?: number };

/** Grows whenever a list changes, so that what is made of the lists can be kept until then. */
export function modelListVersion(): number {
  return held.facesModelListVersion ?? 0;
}

/**
 * What a server has, by its last answer; none before it. Never waits: when the answer is old, the server is asked
 * again in the background. A server that is down keeps its list.
 */
export function discoveredModels(server: ModelServer): readonly DiscoveredModel[] {
  const entry = entryOf(server);
  if (isStale(entry)) void ask(server, entry);
  return entry.models;
}

/** Resolves when every server has been asked once; null when that is so already, which needs no waiting at all. */
export function firstAnswers(servers: readonly ModelServer[]): Promise<void> | null {
  // on the way of every request: nothing is made unless there is something to wait for
  if (!servers.some(isUnasked)) return null;
  return Promise.all(servers.filter(isUnasked).map((server) => ask(server, entryOf(server)))).then(() => undefined);
}

function isUnasked(server: ModelServer): boolean {
  if (server.models !== undefined) return false;
  const { answeredAt, error } = entryOf(server);
  return answeredAt === null && error === null;
}

/** Asks every server again, except those that have just been asked: somebody named a model that nobody knows. */
export async function askAgain(servers: readonly ModelServer[]): Promise<void> {
  const due = servers.filter((server) => {
    if (server.models !== undefined) return false;
    const { askedAt, asking } = entryOf(server);
    return asking !== null || askedAt === null || Date.now() - askedAt > againMs;
  });
  await Promise.all(due.map((server) => ask(server, entryOf(server))));
}

/** How the servers stand that are asked for their models. */
export function serverStates(servers: readonly ModelServer[]): ServerState[] {
  return servers
    .filter((server) => server.models === undefined)
    .map((server) => {
      const { models, error, answeredAt } = entryOf(server);
      const status = error !== null ? "failed" : answeredAt === null ? "unasked" : "ok";
      const answered_at = answeredAt === null ? null : new Date(answeredAt).toISOString();
      return { name: server.name, status, error, models: models.length, answered_at };
    });
}

const entries = new WeakMap<ModelServer, Entry>();

function entryOf(server: ModelServer): Entry {
  const near = entries.get(server);
  if (near !== undefined) return near;
  held.facesModelServers ??= new Map();
  const key = JSON.stringify([server.name, server.base_url, server.api_key]);
  const entry: Entry = held.facesModelServers.get(key) ?? {
    models: [],
    error: null,
    askedAt: null,
    answeredAt: null,
    asking: null,
  };
  held.facesModelServers.set(key, entry);
  entries.set(server, entry);
  return entry;
}

function isStale({ askedAt, error }: Entry): boolean {
  return askedAt === null || Date.now() - askedAt > (error === null ? freshMs : freshAfterFailureMs);
}

/** One asking at a time; never rejects. */
function ask(server: ModelServer, entry: Entry): Promise<void> {
  entry.asking ??= askOnce(server, entry).finally(() => {
    entry.askedAt = Date.now();
    entry.asking = null;
  });
  return entry.asking;
}

async function askOnce(server: ModelServer, entry: Entry): Promise<void> {
  try {
    const models = await fetchModels(server);
    if (entry.error !== null) log.info("a model server answers again", { server: server.name });
    entry.error = null;
    entry.answeredAt = Date.now();
    if (JSON.stringify(models) === JSON.stringify(entry.models)) return;
    entry.models = models;
    held.facesModelListVersion = modelListVersion() + 1;
  } catch (error) {
    const reason = reasonOf(error);
    if (entry.error !== reason)
      log.warn("a model server cannot be asked for its models", { server: server.name, error });
    entry.error = reason;
  }
}

async function fetchModels({ base_url, api_key }: ModelServer): Promise<DiscoveredModel[]> {
  const response = await fetch(`${base_url.replace(/\/+$/, "")}/models`, {
    headers: { accept: "application/json", ...(api_key === undefined ? {} : { authorization: `Bearer ${api_key}` }) },
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new ServerError(statusReason(response.status));
  }
  const list = List.safeParse(await response.json().catch(() => null));
  if (!list.success) throw new ServerError("it answers something that is no list of models");
  const models = Array.isArray(list.data) ? list.data : (list.data.data ?? []);
  const byId = new Map<string, DiscoveredModel>();
  for (const { id, max_model_len, context_length, meta } of models) {
    if (noChat.test(id)) continue;
    const contextTokens = max_model_len ?? meta?.n_ctx ?? context_length ?? meta?.n_ctx_train ?? null;
    byId.set(id, { id, contextTokens });
  }
  return [...byId.values()];
}

/** An answer of which we know what is wrong with it. */
class ServerError extends Error {}

function statusReason(status: number): string {
  if (status === 401 || status === 403) return `it answers ${status}: api_key is missing or wrong`;
  if (status === 404) return "it answers 404: base_url has to end like http://127.0.0.1:11434/v1";
  return `it answers ${status}`;
}

/** What people may see of it: no address. */
function reasonOf(error: unknown): string {
  if (error instanceof ServerError) return error.message;
  if (error instanceof DOMException && error.name === "TimeoutError") return `it is silent for ${timeoutMs / 1000} s`;
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  return typeof cause?.code === "string" ? `it cannot be reached (${cause.code})` : "it cannot be reached";
}
