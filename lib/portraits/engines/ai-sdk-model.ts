import type { ImageModel } from "ai";
import type { Env } from "@/lib/env";
import { type ImageProvider, imageProviders, type PortraitModel } from "@/lib/portrait-settings";
import { type Fetch, providerFetch } from "./ai-sdk-fetch";
import { cancelFal, cancelReplicate, falFetch, falHeaders, replicateFetch, type Ticket } from "./ai-sdk-queues";
import { nearestShape } from "./photos";
import { createWire, type Wire, type WireOptions } from "./wire";

type Options = Record<string, PortraitModel["options"][string]>;

/** What the SDK needs of one kind of provider, beside the model. */
export type Dialect = {
  wire: Wire;
  /** the key of the SDK's options */
  optionsKey: string;
  options: Options;
  /** photos and images that go into one request */
  mostImages: number;
  /** takes an image to change beside the photos */
  inputImage: boolean;
  mask: boolean;
  seed: boolean;
  /** images of one request */
  perCall: number;
  /** where the photos go when they are not the SDK's own */
  photoField: { name: string; isList: boolean } | null;
  /** masks are transparent where the image may change */
  masksByAlpha: boolean;
  shape(width: number, height: number): { size?: `${number}x${number}`; aspectRatio?: `${number}:${number}` };
  model(ticket: Ticket): Promise<ImageModel>;
  cancel?(id: string, signal: AbortSignal): Promise<void>;
};

/** So much of a person may go into one request, of all together. */
const mostImages = 10;
const openAiSizes = ["1024x1024", "1024x1536", "1536x1024"] as const;
const googleRatios = ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"] as const;
const replicateRatios = ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9"] as const;
/** These, and only these, ask whether faces shall be kept; newer ones always do. */
const asksForFidelity = /^gpt-image-1(?:\.5)?(?:-\d|$)/u;
const takesManyAtReplicate = /^black-forest-labs\/flux-2-/u;

/** How a model of PORTRAIT_MODELS is spoken to; the settings have seen to it that its provider is there. */
export function dialectOf(entry: PortraitModel, settings: Env, options: WireOptions = {}): Dialect {
  const slash = entry.id.indexOf("/");
  const [first, model] = [entry.id.slice(0, slash), entry.id.slice(slash + 1)];
  const provider = imageProviders.find((name) => name === first);
  return provider === undefined
    ? server(entry, model, first, settings, options)
    : hosted[provider](entry, model, settings, options);
}

type Maker = (entry: PortraitModel, model: string, settings: Env, options: WireOptions) => Dialect;

const hosted: Record<ImageProvider, Maker> = { openai, google, fal, replicate };

function openai(entry: PortraitModel, id: string, settings: Env, options: WireOptions): Dialect {
  const key = settings.OPENAI_API_KEY ?? "";
  const wire = createWire("OpenAI", settings.OPENAI_BASE_URL, key, { timeoutMs: timeoutMs(settings), ...options });
  return {
    ...many(entry, wire),
    optionsKey: "openai",
    options: { ...(asksForFidelity.test(id) && { inputFidelity: "high" }), ...entry.options },
    masksByAlpha: true,
    shape: (width, height) => ({ size: nearestShape(openAiSizes, width, height) }),
    async model() {
      const { createOpenAI } = await import("@ai-sdk/openai");
      return createOpenAI({ baseURL: wire.baseUrl, apiKey: key, fetch: providerFetch(wire, perCall) }).image(id);
    },
  };
}

function server(entry: PortraitModel, id: string, name: string, settings: Env, options: WireOptions): Dialect {
  const found = settings.MODEL_SERVERS.find((one) => one.name === name);
  const key = found?.api_key ?? null;
  const wire = createWire(name, found?.base_url ?? "", key, { timeoutMs: timeoutMs(settings), ...options });
  return {
    ...many(entry, wire),
    optionsKey: "server",
    options: entry.options,
    masksByAlpha: true,
    shape: (width, height) => ({ size: `${width}x${height}` }),
    async model() {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
      const access = { baseURL: wire.baseUrl, ...(key !== null && { apiKey: key }) };
      return createOpenAICompatible({ name: "server", ...access, fetch: providerFetch(wire, perCall) }).imageModel(id);
    },
  };
}

const perCall = 4;

/** What speaks OpenAI's wire takes many photos and gives several images at once, by no seed. */
function many(entry: PortraitModel, wire: Wire) {
  const limits = { mostImages, inputImage: true, mask: entry.mask ?? true, seed: false, perCall };
  return { wire, ...limits, photoField: null };
}

function google(entry: PortraitModel, id: string, settings: Env, options: WireOptions): Dialect {
  const key = settings.GOOGLE_API_KEY ?? "";
  const own = { headers: {}, timeoutMs: timeoutMs(settings), ...options };
  const wire = createWire("Google", settings.GOOGLE_BASE_URL, key, own);
  return {
    wire,
    ...{ optionsKey: "google", options: entry.options },
    ...{ mostImages, inputImage: true, mask: false, seed: true, perCall: 1 },
    ...{ photoField: null, masksByAlpha: false },
    shape: (width, height) => ({ aspectRatio: nearestShape(googleRatios, width, height) }),
    async model() {
      const { createGoogle } = await import("@ai-sdk/google");
      return createGoogle({ baseURL: wire.baseUrl, apiKey: key, fetch: providerFetch(wire, 1) }).image(id);
    },
  };
}

function fal(entry: PortraitModel, id: string, settings: Env, options: WireOptions): Dialect {
  const key = settings.FAL_API_KEY ?? "";
  const own = { headers: falHeaders(key), timeoutMs: timeoutMs(settings), ...options };
  const wire = createWire("fal", settings.FAL_BASE_URL, key, own);
  return {
    ...queued(entry, wire, false),
    optionsKey: "fal",
    shape: (width, height) => ({ size: `${width}x${height}` }),
    async model(ticket) {
      const { createFal } = await import("@ai-sdk/fal");
      const fetch: Fetch = falFetch(wire, ticket, providerFetch(wire, 1));
      return createFal({ baseURL: wire.baseUrl, apiKey: key, fetch }).image(id);
    },
    cancel: (ticket, signal) => cancelFal(wire, id, ticket, signal),
  };
}

function replicate(entry: PortraitModel, id: string, settings: Env, options: WireOptions): Dialect {
  const key = settings.REPLICATE_API_KEY ?? "";
  const wire = createWire("Replicate", settings.REPLICATE_BASE_URL, key, {
    timeoutMs: timeoutMs(settings),
    ...options,
  });
  return {
    ...queued(entry, wire, takesManyAtReplicate.test(id)),
    optionsKey: "replicate",
    shape: (width, height) => ({ aspectRatio: nearestShape(replicateRatios, width, height) }),
    async model(ticket) {
      const { createReplicate } = await import("@ai-sdk/replicate");
      const fetch: Fetch = replicateFetch(wire, ticket, providerFetch(wire, 1));
      return createReplicate({ baseURL: wire.baseUrl, apiToken: key, fetch }).image(id);
    },
    cancel: (ticket, signal) => cancelReplicate(wire, ticket, signal),
  };
}

/** Models of many makers: one photo unless the operator names a list that takes more, or the SDK knows better. */
function queued(entry: PortraitModel, wire: Wire, takesMany: boolean) {
  const { photo_field: field } = entry;
  const isList = field === undefined ? takesMany : field.endsWith("[]");
  const photoField = field === undefined ? null : { name: field.replace("[]", ""), isList };
  const limits = { mostImages: isList ? mostImages : 1, inputImage: isList, mask: entry.mask ?? false };
  const rest = { options: entry.options, seed: true, perCall: 1, masksByAlpha: false };
  return { wire, photoField, ...limits, ...rest };
}

function timeoutMs({ UPSTREAM_TIMEOUT_SECONDS: seconds }: Env): number {
  return seconds * 1000;
}
