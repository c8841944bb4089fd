import { FormData } from "undici";
import { z } from "zod";
import type { ImageFile } from "../engine";
import { ask, look, type Wire } from "./wire";
import { WireError } from "./wire-error";

/** A tune as Astria answers with it; https://docs.astria.ai/docs/api/tune/retrieve */
const Tune = z.looseObject({
  id: z.int().positive(),
  title: z.string().nullish(),
  trained_at: z.string().nullish(),
  expires_at: z.string().nullish(),
});
export type AstriaTune = z.infer<typeof Tune>;

/** A prompt; `user_error` is Astria's sentence for whoever ordered. */
const Prompt = z.looseObject({
  id: z.int().positive(),
  text: z.string().nullish(),
  seed: z.number().nullish(),
  num_images: z.number().nullish(),
  trained_at: z.string().nullish(),
  started_training_at: z.string().nullish(),
  created_at: z.string().nullish(),
  user_error: z.string().nullish(),
  images: z.array(z.string()).nullish(),
});
export type AstriaPrompt = z.infer<typeof Prompt>;

/** Astria's own limit for a request, after which its gateway answers 504. */
const orderTimeoutMs = 120_000;
const pageSize = 20;
const pages = 3;

/** @throws {WireError} */
export async function getTune(wire: Wire, id: string, signal: AbortSignal): Promise<AstriaTune> {
  return parsed(Tune, await look(wire, { path: `/tunes/${encodeURIComponent(id)}`, signal }));
}

/** @throws {WireError} */
export async function getPrompt(wire: Wire, base: number, id: number, signal: AbortSignal): Promise<AstriaPrompt> {
  return parsed(Prompt, await look(wire, { path: `/tunes/${base}/prompts/${id}`, signal }));
}

/** Posts a form; the caller says how patient. @throws {WireError} */
export async function postTune(wire: Wire, form: FormData, signal: AbortSignal, post = ask): Promise<AstriaTune> {
  const question = { method: "POST", path: "/tunes", form, signal, timeoutMs: orderTimeoutMs } as const;
  return parsed(Tune, await post(wire, question));
}

/** @throws {WireError} */
export async function postPrompt(
  wire: Wire,
  base: number,
  form: FormData,
  signal: AbortSignal,
  post = ask,
): Promise<AstriaPrompt> {
  const question = { method: "POST", path: `/tunes/${base}/prompts`, form, signal, timeoutMs: orderTimeoutMs } as const;
  return parsed(Prompt, await post(wire, question));
}

/** Looks through the newest tunes for one of that title. */
export function findTune(wire: Wire, title: string, signal: AbortSignal): Promise<AstriaTune | null> {
  return find(wire, "/tunes", Tune, (tune) => tune.title === title, signal);
}

/** Looks through a tune's newest prompts for one that was ordered just so. */
export function findPrompt(
  wire: Wire,
  base: number,
  wanted: { text: string; seed: number; count: number },
  signal: AbortSignal,
): Promise<AstriaPrompt | null> {
  const isIt = ({ text, seed, num_images }: AstriaPrompt) =>
    text?.trim() === wanted.text && seed === wanted.seed && (num_images ?? wanted.count) === wanted.count;
  return find(wire, `/tunes/${base}/prompts`, Prompt, isIt, signal);
}

async function find<T>(
  wire: Wire,
  path: string,
  schema: z.ZodType<T>,
  isIt: (one: T) => boolean,
  signal: AbortSignal,
): Promise<T | null> {
  for (let page = 0; page < pages; page++) {
    const list = parsed(z.array(schema), await look(wire, { path: `${path}?offset=${page * pageSize}`, signal }));
    const found = list.find(isIt);
    if (found !== undefined) return found;
    if (list.length < pageSize) break;
  }
  return null;
}

/** Deletes a tune or a prompt; what is not there is gone. @throws {WireError} */
export async function remove(wire: Wire, path: string, signal: AbortSignal): Promise<void> {
  try {
    await look(wire, { method: "DELETE", path, signal });
  } catch (error) {
    const isGone = error instanceof WireError && error.status === 404;
    // its answer to a deletion has been both JSON and an empty page
    const isDone = error instanceof WireError && error.kind === "odd";
    if (!isGone && !isDone) throw error;
  }
}

/** Rails' form of an object's fields: `prompt[text]`; null is left out. Files come with their whole field. */
export function railsForm(
  name: string,
  fields: Record<string, string | number | boolean | null>,
  files: readonly [field: string, file: ImageFile, fileName: string][],
): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields))
    if (value !== null) form.append(`${name}[${field}]`, String(value));
  for (const [field, { bytes, mimeType }, fileName] of files) {
    form.append(field, new Blob([Uint8Array.from(bytes)], { type: mimeType }), fileName);
  }
  return form;
}

function parsed<T>(schema: z.ZodType<T>, answer: unknown): T {
  const result = schema.safeParse(answer);
  if (!result.success) throw new WireError("odd", "answered with something else than was asked for");
  return result.data;
}
