import { type Env, env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { collectModels, isShutDown, type ServedModel } from "./collect-models";
import {
  askAgain,
  discoveredModels,
  firstAnswers,
  modelListVersion,
  type ServerState,
  serverStates,
} from "./discover-models";
import { providerNames } from "./endpoint";
import { builtinModelId, hostedModels } from "./hosted-models";
import { listNames } from "./name-models";

export type { ServedModel } from "./collect-models";
export { type Endpoint, endpointOf } from "./endpoint";
export type { Wire } from "./hosted-models";

/** Snapshots whose price is not that of the model they are named after. */
const dearerSnapshots = new Set(["gpt-4o-2024-05-13"]);

/** Good for a day, and until a server tells another list. */
type Catalogue = { day: number; version: number; models: ServedModel[]; byName: Map<string, ServedModel> };

const catalogues = new WeakMap<Env, Catalogue>();

/**
 * Every model that can be written behind `@` here, by the settings: never one without a known price.
 *
 * Of hosted models, then those of MODEL_SERVERS in their order, then MODEL_PATH, then the built-in engine, the first
 * keeps a name that two have; a server's model is also there as `server/model`, whether its name is taken or not.
 * Never waits: servers are asked for their models in the background.
 */
export function servedModels(settings: Env = env()): ServedModel[] {
  return catalogue(settings).models;
}

/** Resolves when each server was asked once for its models; null, mostly, when there is nothing to wait for. */
export function modelsKnown(settings: Env = env()): Promise<void> | null {
  return firstAnswers(settings.MODEL_SERVERS);
}

/**
 * Asks the servers again, for a name that nobody knows yet: a model may have been pulled a moment ago.
 *
 * @returns whether any list is another now
 */
export async function lookForNewModels(settings: Env = env()): Promise<boolean> {
  const before = modelListVersion();
  await askAgain(settings.MODEL_SERVERS);
  return modelListVersion() !== before;
}

/** How the servers of MODEL_SERVERS stand that are asked for their models. */
export function modelServerStates(settings: Env = env()): ServerState[] {
  return serverStates(settings.MODEL_SERVERS);
}

/**
 * The served model of that name.
 *
 * @throws {AppError} `model_not_found` naming what is served, and why this is not where that is known
 */
export function resolveModel(name: string, settings: Env = env()): ServedModel {
  const found = findModel(name, settings);
  if (found === null) throw modelNotFound(name, settings);
  return found;
}

/** The served model of that name, or null. A dated snapshot of a hosted model costs what the model costs. */
export function findModel(name: string, settings: Env = env()): ServedModel | null {
  const { byName } = catalogue(settings);
  const exact = byName.get(name);
  if (exact !== undefined || dearerSnapshots.has(name)) return exact ?? null;
  const undated = /^(.+)-(?:\d{4}-\d{2}-\d{2}|\d{8})$/.exec(name)?.[1];
  const base = undated === undefined ? undefined : byName.get(undated);
  return base === undefined || !(base.provider in providerNames) ? null : { ...base, id: name, upstreamId: name };
}

/** What a caller is told about a name that is no model here. */
export function modelNotFound(name: string, settings: Env = env()): AppError {
  const message = `The model ${name} is not served here${whyNot(name, settings)}. ${servedSentence(name, settings)}`;
  return new AppError("model_not_found", message, { param: "model" });
}

/** `Served: …` with what is served, or what is most like the name that was asked for. */
export function servedSentence(asked: string, settings: Env = env()): string {
  const names = servedModels(settings).map(({ id }) => id);
  return `Served: ${listNames(names, asked)}.`;
}

/**
 * The model of faces and requests that name none: DEFAULT_MODEL, else the first real one, else the built-in engine.
 *
 * @throws {AppError} `model_not_found` DEFAULT_MODEL names a model that is not served; `unavailable` all real ones are
 *   on servers that have never answered: quotes instead of answers would surprise, and compile another graph
 */
export function defaultModel(settings: Env = env()): ServedModel {
  const name = settings.DEFAULT_MODEL;
  if (name !== undefined) return resolveModel(name, settings);
  // hostedModels lists the model a provider is best started with first; the built-in engine is last of all
  const first = servedModels(settings)[0] ?? resolveModel("", settings);
  const silent = first.provider === "builtin" ? silentServers(settings) : [];
  if (silent.length === 0) return first;
  const reasons = silent.map(({ name: server, error }) => `${server}: ${error}`).join("; ");
  throw new AppError(
    "unavailable",
    `The servers of this installation have not told which models they have (${reasons}), so there is none to answer. Name one that is there, as in alice@${first.id}, or try again in a moment.`,
    { param: "model", retryAfterSeconds: 15 },
  );
}

/**
 * The model that a face answers with when the request names none: its own default, else the installation's.
 *
 * A default of its own that is not served is an error rather than a reason to take another: the other may cost more,
 * and may belong to a company that the owner never meant to show the face to.
 *
 * @throws {AppError} `model_not_found` saying whose default it is and how to mend it
 */
export function modelOfFace(face: { username: string; defaultModel: string | null }, settings: Env = env()) {
  const { username, defaultModel: name } = face;
  if (name === null) return defaultModel(settings);
  const found = findModel(name, settings);
  if (found !== null) return found;
  const what = `${username}'s default model, ${name}, is not served here${whyNot(name, settings)}.`;
  const mend = `Name another in the request, as in ${username}@${servedModels(settings)[0]?.id ?? builtinModelId}, or change it: PATCH /v1/faces/${username} {"default_model": …}.`;
  throw new AppError("model_not_found", `${what} ${mend} ${servedSentence(name, settings)}`, { param: "model" });
}

/** Why a name is no model here, as a clause; "" where nothing is known of it. */
function whyNot(name: string, settings: Env): string {
  const known = hostedModels.find(({ id }) => id === name);
  if (settings.MODEL_CATALOGUE[name]?.hidden === true) return ": whoever runs this installation has taken it out";
  if (known !== undefined && isShutDown(known)) {
    return `: ${providerNames[known.provider]} shut it down on ${known.shutsDown}`;
  }
  const provider = known?.provider ?? settings.MODEL_CATALOGUE[name]?.provider;
  if (provider !== undefined) return `: this installation has no key for ${providerNames[provider]}`;
  const silent = silentServers(settings);
  if (silent.length === 0) return "";
  return ` (${silent.map(({ name: server, error }) => `what ${server} has is not known: ${error}`).join("; ")})`;
}

/** Servers that never told what they have. */
function silentServers(settings: Env): ServerState[] {
  return serverStates(settings.MODEL_SERVERS).filter((server) => server.status === "failed" && server.models === 0);
}

function catalogue(settings: Env): Catalogue {
  // asks servers again whose answer is old, in the background
  const lists = settings.MODEL_SERVERS.map((server) => server.models ?? discoveredModels(server));
  const day = Math.floor(Date.now() / 86_400_000);
  const version = modelListVersion();
  const known = catalogues.get(settings);
  if (known?.day === day && known.version === version) return known;
  const made = { day, version, ...collectModels(settings, lists) };
  catalogues.set(settings, made);
  return made;
}
