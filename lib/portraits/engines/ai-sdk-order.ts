import { AISDKError, generateImage, type GenerateImageResult, NoImageGeneratedError } from "ai";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { isJsonObject } from "@/lib/json";
import { log } from "@/lib/log";
import type { PortraitModel } from "@/lib/portrait-settings";
import type { ImageFile, Made, MadeImage, PortraitOrder } from "../engine";
import type { Dialect } from "./ai-sdk-model";
import { instructionsFor } from "./ai-sdk-text";
import { maxImageBytes, toMadeImage } from "./download";
import { farewell, isGivenUp, isLate, recall, remember, seedOf } from "./order";
import { maskAsAlpha, photosToSend, smallEnough } from "./photos";
import { megabytes } from "./wire";
import { toAppError, WireError } from "./wire-error";

/** Of each request of an order: its number elsewhere; null where there is none and no answer is known yet. */
const Memory = z.object({ requests: z.record(z.string(), z.object({ id: z.string().nullable() })) });
type Memory = z.infer<typeof Memory>;

/** Requests of one order at a time. */
const atOnce = 3;

// the SDK would write its warnings to the console; the order's notes say what matters of them
globalThis.AI_SDK_LOG_WARNINGS = ({ warnings, provider, model }) =>
  log.debug("The AI SDK warns", { provider, model, warnings });

type Enclosure = { text: string; photos: Buffer[]; mask: Buffer | null };
type Outcome = { images: MadeImage[]; error: unknown };

/** One order at a model of the AI SDK. */
export class SdkOrder {
  #memory: Memory = { requests: {} };
  #saved: Promise<void> = Promise.resolve();

  constructor(
    readonly dialect: Dialect,
    readonly entry: PortraitModel,
    readonly order: PortraitOrder,
  ) {}

  get label(): string {
    return this.dialect.wire.label;
  }

  async run(): Promise<Made> {
    const { order } = this;
    this.#memory = (await recall(order, Memory)) ?? this.#memory;
    this.#requireUnsent();
    order.onProgress(0.02, "preparing");
    const enclosure = await this.#enclose();
    order.onProgress(0.05, "drawing");
    const outcomes = await this.#all(enclosure);
    const images = outcomes.flatMap((outcome) => outcome.images);
    if (order.signal.aborted) return this.#aborted();
    const failed = outcomes.find(({ error }) => error !== null);
    if (images.length === 0) throw failed?.error;
    return { images, understood: [], ignored: [], notes: this.#notes(images.length, failed?.error) };
  }

  /** A request without a number that was sent by a worker that died may be paid, and cannot be found. */
  #requireUnsent(): void {
    if (Object.values(this.#memory.requests).every(({ id }) => id !== null)) return;
    const sentence = `The worker stopped while ${this.label} was drawing, and what it made is lost. It is not asked again by itself, so that nothing is paid twice; order again.`;
    throw new AppError("upstream_failed", sentence);
  }

  /** What goes along with every request. */
  async #enclose(): Promise<Enclosure> {
    const { order, dialect } = this;
    const input = order.input === null ? null : await smallEnough(order.input);
    const left = dialect.mostImages - (input === null ? 0 : 1);
    const perPerson = Math.max(1, Math.min(this.entry.photos, Math.floor(left / Math.max(1, order.people.length))));
    const photos = await photosToSend(order.people, perPerson);
    const hasMask = input !== null && order.mask !== null && dialect.mask;
    const counts = photos.map(({ length }) => length);
    const text = instructionsFor(order, { hasInput: input !== null, hasMask, photos: counts });
    const files = [...(input === null ? [] : [input]), ...photos.flat()];
    return { text, photos: files.map(toBuffer), mask: hasMask ? await this.#mask(order.mask, input) : null };
  }

  async #mask(mask: ImageFile | null, input: ImageFile): Promise<Buffer | null> {
    if (mask === null) return null;
    return toBuffer(this.dialect.masksByAlpha ? await maskAsAlpha(mask, input) : mask);
  }

  /** All requests, a few at a time; one that fails leaves the others alone. */
  async #all(enclosure: Enclosure): Promise<Outcome[]> {
    const { order, dialect } = this;
    const starts = Array.from(
      { length: Math.ceil(order.count / dialect.perCall) },
      (_, index) => index * dialect.perCall,
    );
    const outcomes: Outcome[] = [];
    const waiting = [...starts];
    const worker = async () => {
      for (let first = waiting.shift(); first !== undefined; first = waiting.shift()) {
        outcomes.push(await this.#outcome(first, enclosure));
        order.onProgress(0.05 + (0.9 * outcomes.length) / starts.length, "drawing");
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, starts.length) }, worker));
    return outcomes.toSorted((a, b) => (a.images[0]?.seed ?? 0) - (b.images[0]?.seed ?? 0));
  }

  async #outcome(first: number, enclosure: Enclosure): Promise<Outcome> {
    if (this.order.signal.aborted) return { images: [], error: this.order.signal.reason };
    try {
      return { images: await this.#images(first, enclosure), error: null };
    } catch (error) {
      const wireError = toWireError(error, this.label);
      const hasNumber = typeof this.#memory.requests[first]?.id === "string";
      // what failed for certain before it had a number may be asked for again
      const isUnknown = wireError instanceof WireError && wireError.isUncertain;
      if (!hasNumber && !isUnknown && !this.order.signal.aborted) await this.#forget(first);
      if (isLate(wireError)) await this.#cancel([String(first)]);
      const said = toAppError(this.label, wireError, hasNumber && this.order.memory !== undefined);
      return { images: [], error: said };
    }
  }

  async #images(first: number, { text, photos, mask }: Enclosure): Promise<MadeImage[]> {
    const { order, dialect } = this;
    const n = Math.min(dialect.perCall, order.count - first);
    const known = this.#memory.requests[first]?.id ?? null;
    if (known === null) await this.#keep(first, null);
    const ticket = {
      id: known,
      keep: (id: string) => this.#keep(first, id),
    };
    const { photoField: field } = dialect;
    const options = {
      ...dialect.options,
      ...(field && { [field.name]: field.isList ? photos.map(toDataUrl) : toDataUrl(photos[0]) }),
    };
    const result = await generateImage({
      model: await dialect.model(ticket),
      prompt: { text, images: field === null ? photos : [], ...(mask !== null && { mask }) },
      n,
      maxImagesPerCall: n,
      ...dialect.shape(order.width, order.height),
      ...(dialect.seed && { seed: seedOf(order, first) }),
      providerOptions: { [dialect.optionsKey]: options },
      // a second try may be paid a second time: the fetch beneath knows when it is not
      maxRetries: 0,
      abortSignal: order.signal,
    });
    return shown(result, this.label).map((bytes, index) =>
      toMadeImage(bytes, seedOf(order, first + index), this.label),
    );
  }

  #notes(made: number, error: unknown): string[] {
    if (made >= this.order.count) return [];
    const why = error instanceof AppError ? ` ${error.message}` : "";
    return [`${this.label} made ${made} of ${this.order.count} images.${why}`];
  }

  async #aborted(): Promise<never> {
    if (isGivenUp(this.order.signal)) await this.#cancel(Object.keys(this.#memory.requests));
    throw this.order.signal.reason;
  }

  /** Stops requests there, where that can be done. @param which by their first image */
  async #cancel(which: readonly string[]): Promise<void> {
    const { cancel, wire } = this.dialect;
    if (cancel === undefined) return;
    const ids = which.flatMap((first) => this.#memory.requests[first]?.id ?? []);
    await Promise.all(ids.map((id) => farewell(wire, "cancelling a request", (signal) => cancel(id, signal))));
  }

  #keep(first: number, id: string | null): Promise<void> {
    this.#memory = { requests: { ...this.#memory.requests, [first]: { id } } };
    return this.#save();
  }

  #forget(first: number): Promise<void> {
    const { [first]: _, ...requests } = this.#memory.requests;
    this.#memory = { requests };
    return this.#save();
  }

  /** One after the other, so that an older value never comes last. */
  #save(): Promise<void> {
    const save = () => remember(this.order, this.#memory);
    this.#saved = this.#saved.then(save, save);
    return this.#saved;
  }
}

/** The images of an answer without those that a safety checker has blackened. @throws {AppError} none is left */
function shown({ calls }: GenerateImageResult, label: string): Uint8Array[] {
  const images = calls.flatMap(({ images, providerMetadata }) =>
    images
      .filter((_, index) => !isBlackened(providerMetadata?.["fal"]?.images[index]))
      .map(({ uint8Array }) => uint8Array),
  );
  if (images.length === 0)
    throw new AppError("invalid_input", `${label} refused the order: its safety checker withheld every image.`);
  if (images.some(({ length }) => length > maxImageBytes)) {
    throw new WireError("odd", `gave an image of more than ${megabytes(maxImageBytes)} MB`);
  }
  return images;
}

/** Google's word for why there is none: IMAGE_SAFETY, PROHIBITED_CONTENT … */
function reasonOf({ calls = [] }: NoImageGeneratedError): string | null {
  const metadata: unknown[] = calls.map(({ providerMetadata }) => providerMetadata?.["google"]);
  const reasons = metadata.map((one) => (isJsonObject(one) ? one["finishReason"] : null));
  return reasons.find((one): one is string => typeof one === "string" && one !== "STOP") ?? null;
}

function isBlackened(metadata: unknown): boolean {
  return typeof metadata === "object" && metadata !== null && (metadata as { nsfw?: unknown }).nsfw === true;
}

/** What the SDK throws, without what it holds of the request. */
function toWireError(error: unknown, label: string): unknown {
  if (error instanceof AppError || error instanceof WireError) return error;
  if (NoImageGeneratedError.isInstance(error)) {
    const why = reasonOf(error) === null ? "it made no image" : `it made no image (${String(reasonOf(error))})`;
    return new AppError("invalid_input", `${label} refused the order: ${why}.`);
  }
  if (!AISDKError.isInstance(error)) return error;
  if (error.name === "AI_DownloadError") {
    return new WireError("odd", "gave an address that is not on the public internet, so it is not fetched");
  }
  if (error.name === "AI_InvalidArgumentError") {
    log.error("PORTRAIT_MODELS gives options that the SDK does not take", { engine: label, error: error.message });
    return new WireError("odd", "cannot be asked: this installation's options for it are wrong");
  }
  return new WireError("odd", "answered with something else than was asked for");
}

function toBuffer({ bytes }: ImageFile): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function toDataUrl(bytes: Buffer | undefined): string {
  const type = bytes?.[0] === 0xff ? "image/jpeg" : bytes?.[0] === 0x52 ? "image/webp" : "image/png";
  return `data:${type};base64,${bytes?.toString("base64") ?? ""}`;
}
