import { randomUUID } from "node:crypto";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { Made, Person, PortraitEngine, PortraitOrder } from "../engine";
import {
  type AstriaPrompt,
  findPrompt,
  findTune,
  getPrompt,
  getTune,
  postPrompt,
  postTune,
  railsForm,
  remove,
} from "./astria-wire";
import { downloadImage } from "./download";
import { farewell, isGivenUp, isLate, priceOf, recall, remember, seedOf, withPeople } from "./order";
import { fileName, photosToSend } from "./photos";
import { ask, createWire, pause, place, waitFor, type Wire, type WireOptions } from "./wire";
import { toAppError, WireError } from "./wire-error";

/** What Astria has of an order: a tune is named before it is made, so that it can be found again. */
const Memory = z.object({
  /** by our own numbers */
  tunes: z.record(z.string(), z.object({ title: z.string(), id: z.string().nullable() })),
  /** `begun` it was sent, and no answer is known yet */
  prompt: z.union([z.literal("begun"), z.int().positive()]).nullable(),
});
type Memory = z.infer<typeof Memory>;

export type AstriaSettings = {
  apiKey: string;
  baseUrl: string;
  baseTuneId: number;
  usdPerImage: number;
  timeoutMs: number;
};

const label = "Astria";
/** More photos show FaceID nothing new. */
const mostPhotos = 10;
const mostPeople = 2;
/** How often a prompt whose answer was lost is looked for before the order is given back. */
const searches = 3;

/**
 * Astria's own service. The photos of each person become a FaceID tune there once, by which later orders name it; the
 * order becomes a prompt of the base tune and is looked at until it is done.
 *
 * @see https://docs.astria.ai/docs/features/faceid
 */
export function astriaEngine(settings: AstriaSettings, options: WireOptions = {}): PortraitEngine {
  const wire = createWire(label, settings.baseUrl, settings.apiKey, { timeoutMs: settings.timeoutMs, ...options });
  return {
    id: "astria",
    name: label,
    capabilities: { text: "free", inputImage: true, mask: true, people: mostPeople, seed: true },
    costMicroUsd: ({ count }) => priceOf(settings.usdPerImage, count),
    generate: (order) => new AstriaOrder(wire, settings, order).run(),
    async forget(remoteId, signal) {
      try {
        await remove(wire, `/tunes/${encodeURIComponent(remoteId)}`, signal);
      } catch (error) {
        throw toAppError(label, error, true);
      }
    },
    async tidy(memory, signal) {
      const { prompt = null, tunes = {} } = Memory.safeParse(memory).data ?? {};
      if (signal.aborted) return;
      // photos were on their way when the order ended, and nobody heard what became of them
      for (const { title, id } of Object.values(tunes)) {
        if (id === null) await farewell(wire, "deleting a tune", (soon) => removeTuneCalled(wire, title, soon));
      }
      if (prompt === null || prompt === "begun") return;
      await farewell(wire, "deleting a prompt", (soon) =>
        remove(wire, `/tunes/${settings.baseTuneId}/prompts/${prompt}`, soon),
      );
    },
  };
}

/** Deletes a tune of which only the name is known, if it was ever made. */
async function removeTuneCalled(wire: Wire, title: string, signal: AbortSignal): Promise<void> {
  const tune = await findTune(wire, title, signal);
  if (tune !== null) await remove(wire, `/tunes/${tune.id}`, signal);
}

class AstriaOrder {
  #memory: Memory = { tunes: {}, prompt: null };

  constructor(
    readonly wire: Wire,
    readonly settings: AstriaSettings,
    readonly order: PortraitOrder,
  ) {}

  async run(): Promise<Made> {
    const { order, wire } = this;
    this.#memory = (await recall(order, Memory)) ?? this.#memory;
    try {
      order.onProgress(0.02, "preparing");
      const ids = await this.#tunes();
      const prompt = await this.#prompt(ids);
      order.onProgress(0.2, "drawing");
      const done = await this.#wait(prompt);
      const urls = (done.images ?? []).slice(0, order.count);
      const images = [];
      for (const [index, url] of urls.entries()) {
        order.onProgress(0.8 + (0.15 * index) / urls.length, "fetching");
        images.push(await downloadImage(wire, url, seedOf(order, index), order.signal));
      }
      const missing = order.count - images.length;
      const notes = missing > 0 ? [`${label} made ${images.length} of ${order.count} images.`] : [];
      return { images, understood: [], ignored: [], notes, remoteIds: Object.fromEntries(ids) };
    } catch (error) {
      if (isGivenUp(order.signal) || isLate(error)) await this.#giveUp();
      throw toAppError(label, error, order.memory !== undefined);
    }
  }

  /** Each person's tune there, made where it is not (any more). */
  async #tunes(): Promise<[number, string][]> {
    const ids: [number, string][] = [];
    for (const person of this.order.people) {
      const known = this.#memory.tunes[person.tuneId]?.id ?? person.remoteId;
      const id = known !== null && (await this.#isThere(known)) ? known : await this.#makeTune(person);
      ids.push([person.tuneId, id]);
    }
    return ids;
  }

  async #isThere(id: string): Promise<boolean> {
    try {
      const { expires_at } = await getTune(this.wire, id, this.order.signal);
      return expires_at === null || expires_at === undefined || Date.parse(expires_at) > Date.now();
    } catch (error) {
      if (error instanceof WireError && error.status === 404) return false;
      throw error;
    }
  }

  async #makeTune(person: Person): Promise<string> {
    const { wire, settings } = this;
    const { signal } = this.order;
    const known = this.#memory.tunes[person.tuneId];
    // a name that says nothing of the person, and by which a tune is found whose answer was lost
    const title = known?.id === null ? known.title : `faces-${randomUUID()}`;
    let tune = known?.id === null ? await findTune(wire, title, signal) : null;
    if (tune === null) {
      await this.#remember({ tunes: { ...this.#memory.tunes, [person.tuneId]: { title, id: null } } });
      const [photos = []] = await photosToSend([person], mostPhotos);
      const fields = { title, name: person.noun ?? "person", model_type: "faceid", base_tune_id: settings.baseTuneId };
      const form = () =>
        railsForm(
          "tune",
          fields,
          photos.map((photo) => ["tune[images][]", photo, fileName(photo)]),
        );
      tune = await this.#posted(
        () => postTune(wire, form(), signal, place),
        () => findTune(wire, title, signal),
      );
    }
    const id = String(tune.id);
    // first what deletes it with the tune: until the number is remembered, it is deleted by its name
    await this.order.onRemoteId?.(person.tuneId, id);
    await this.#remember({ tunes: { ...this.#memory.tunes, [person.tuneId]: { title, id } } });
    // FaceID is not trained: it is ready at once, or a moment later
    if (!tune.trained_at) {
      await waitFor(wire, signal, async () => (await getTune(wire, id, signal)).trained_at ?? undefined);
    }
    return id;
  }

  /** The number of the order there: of a former attempt, or placed now. */
  async #prompt(ids: readonly [number, string][]): Promise<number> {
    const { wire, settings, order } = this;
    if (typeof this.#memory.prompt === "number") return this.#memory.prompt;
    const tokens = order.people.map(({ strength }, index) => `<faceid:${ids[index]?.[1] ?? ""}:${strength}>`);
    const text = withPeople(order.text, tokens);
    const same = { text, seed: order.seed, count: order.count };
    const search = () => findPrompt(wire, settings.baseTuneId, same, order.signal);
    const former = this.#memory.prompt === "begun" ? await search() : null;
    if (former === null) await this.#remember({ prompt: "begun" });
    const prompt =
      former ??
      (await this.#posted(
        async () => postPrompt(wire, settings.baseTuneId, await this.#form(text), order.signal, place),
        search,
      ));
    await this.#remember({ prompt: prompt.id });
    return prompt.id;
  }

  async #form(text: string): Promise<ReturnType<typeof railsForm>> {
    const { order } = this;
    const { aspect_ratio: _, ...options } = order.options;
    const hasInput = order.input !== null;
    const fields = {
      ...options,
      text,
      negative_prompt: order.negativeText,
      num_images: order.count,
      seed: order.seed,
      w: order.width,
      h: order.height,
      controlnet_txt2img: hasInput ? options.controlnet_txt2img : null,
    };
    const files: [string, NonNullable<PortraitOrder["input"]>, string][] = [];
    if (order.input !== null) files.push(["prompt[input_image]", order.input, fileName(order.input)]);
    if (order.mask !== null) files.push(["prompt[mask_image]", order.mask, fileName(order.mask)]);
    return railsForm("prompt", fields, files);
  }

  /**
   * Posts once. Astria says of its 504 that the request was probably processed and must not be sent again: then, as
   * when the connection broke, what came of it is looked for.
   *
   * @see https://docs.astria.ai/docs/api/overview#error-codes
   */
  async #posted<T>(post: () => Promise<T>, search: () => Promise<T | null>): Promise<T> {
    try {
      return await post();
    } catch (error) {
      if (!(error instanceof WireError) || !error.isUncertain) throw error;
      for (let attempt = 1; attempt <= searches; attempt++) {
        await pause(this.wire, attempt, this.order.signal);
        const found = await search();
        if (found !== null) return found;
      }
      throw error;
    }
  }

  async #wait(id: number): Promise<AstriaPrompt> {
    const { wire, settings, order } = this;
    return waitFor(wire, order.signal, async () => {
      const prompt = await getPrompt(wire, settings.baseTuneId, id, order.signal);
      const refusal = prompt.user_error?.trim() ?? "";
      if (refusal !== "")
        throw new AppError("invalid_input", `${label} refused the order: ${refusal.replace(/\.+$/u, "")}.`);
      if (prompt.started_training_at) order.onProgress(0.4, "drawing");
      if (!prompt.trained_at) return undefined;
      if ((prompt.images ?? []).length > 0) return prompt;
      throw new WireError("failed", "ended the order without an image");
    });
  }

  /** Astria cannot stop a prompt, but deletes it with what it has made. */
  async #giveUp(): Promise<void> {
    const { prompt } = this.#memory;
    if (typeof prompt !== "number") return;
    const path = `/tunes/${this.settings.baseTuneId}/prompts/${prompt}`;
    await farewell(this.wire, "deleting a prompt", (signal) => ask(this.wire, { method: "DELETE", path, signal }));
    log.debug("A prompt at Astria was deleted", { prompt });
  }

  #remember(news: Partial<Memory>): Promise<void> {
    this.#memory = { ...this.#memory, ...news };
    return remember(this.order, this.#memory);
  }
}
