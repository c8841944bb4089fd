import { randomUUID } from "node:crypto";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { Workflow } from "@/lib/portrait-settings";
import type { Made, MadeImage, PortraitEngine, PortraitOrder } from "../engine";
import { type ComfyImage, forgetRuns, queue, refusalOf, seeRun, stop, upload, viewUrl } from "./comfyui-wire";
import { fillWorkflow, photosBySlot, slotsOf, type WorkflowSlots } from "./comfyui-workflow";
import { downloadImage } from "./download";
import { farewell, isGivenUp, isLate, priceOf, recall, remember, seedOf, withPeople } from "./order";
import { photosToSend, smallEnough, wholeMask } from "./photos";
import { createWire, pause, waitFor, type Wire, type WireOptions } from "./wire";
import { toAppError, WireError } from "./wire-error";

/** The runs of an order by their image; `isQueued` once the server has answered to it. */
const Memory = z.object({
  runs: z.record(z.string(), z.object({ id: z.string(), isQueued: z.boolean() })),
});
type Memory = z.infer<typeof Memory>;

export type ComfySettings = {
  url: string;
  apiKey: string | null;
  workflow: Workflow;
  /** for orders that change an image */
  editWorkflow: Workflow | null;
  usdPerImage: number;
  timeoutMs: number;
};

const label = "ComfyUI";
/** How often a run that the server has lost, by a restart say, is queued again. */
const mostLosses = 2;

/**
 * A ComfyUI of one's own, by a workflow file with named places. Each image is a run of its own with a seed of its own,
 * queued under a number that we choose; runs are looked at in the history until they are done.
 *
 * @see https://docs.comfy.org/development/comfyui-server/comms_routes
 */
export function comfyEngine(settings: ComfySettings, options: WireOptions = {}): PortraitEngine {
  const wire = createWire(label, settings.url, settings.apiKey, { timeoutMs: settings.timeoutMs, ...options });
  const slots = slotsOf(settings.workflow);
  const editSlots = settings.editWorkflow === null ? null : slotsOf(settings.editWorkflow);
  return {
    id: "comfyui",
    name: label,
    capabilities: {
      text: "free",
      inputImage: editSlots !== null,
      mask: editSlots?.names.has("mask") ?? false,
      people: slots.people,
      seed: slots.names.has("seed"),
    },
    costMicroUsd: ({ count }) => priceOf(settings.usdPerImage, count),
    async generate(order) {
      if (order.input === null) return new ComfyOrder(wire, settings.workflow, slots, order).run();
      if (settings.editWorkflow === null || editSlots === null) {
        throw new AppError("invalid_input", `${label} has no workflow here that changes an image.`, {
          param: "input_image",
        });
      }
      return new ComfyOrder(wire, settings.editWorkflow, editSlots, order).run();
    },
    // photos lie in its folder for passing things, which no call deletes; it is emptied when ComfyUI starts
    forget: () => Promise.resolve(),
    async tidy(memory, signal) {
      const ids = Object.values(Memory.safeParse(memory).data?.runs ?? {}).map(({ id }) => id);
      if (ids.length === 0 || signal.aborted) return;
      await farewell(wire, "forgetting runs", (soon) => forgetRuns(wire, ids, soon));
    },
  };
}

class ComfyOrder {
  #memory: Memory = { runs: {} };
  #files: Map<string, string> | undefined;

  constructor(
    readonly wire: Wire,
    readonly workflow: Workflow,
    readonly slots: WorkflowSlots,
    readonly order: PortraitOrder,
  ) {}

  async run(): Promise<Made> {
    const { order } = this;
    this.#memory = (await recall(order, Memory)) ?? this.#memory;
    try {
      const images: MadeImage[] = [];
      for (let index = 0; index < order.count; index++) {
        order.onProgress(index / order.count, "drawing");
        images.push(await this.#image(index));
      }
      return { images, understood: [], ignored: [], notes: this.#notes() };
    } catch (error) {
      if (isGivenUp(order.signal) || isLate(error)) await this.#giveUp();
      throw this.#said(error);
    }
  }

  async #image(index: number): Promise<MadeImage> {
    const { wire, order } = this;
    for (let losses = 0; ; losses++) {
      const run = this.#memory.runs[index];
      const id = run === undefined || losses > 0 ? await this.#queue(index) : run.id;
      const seen = await this.#wait(id, run?.isQueued === false);
      if (seen !== "lost") {
        const [first] = seen;
        if (first === undefined) throw new WireError("failed", "ended the workflow without an image");
        return downloadImage(wire, viewUrl(wire, first), seedOf(order, index), order.signal);
      }
      if (losses >= mostLosses) throw new WireError("failed", "keeps losing the workflow: does it restart?");
      // a restart has emptied the folder where the photos were
      this.#files = undefined;
      await pause(wire, losses + 1, order.signal);
    }
  }

  /** @returns `lost` also for a run that never arrived, when it is not certain that it was queued */
  async #wait(id: string, isDoubtful: boolean): Promise<ComfyImage[] | "lost"> {
    const { wire, order } = this;
    if (isDoubtful && (await seeRun(wire, id, order.signal)) === "lost") return "lost";
    return waitFor(wire, order.signal, async () => (await seeRun(wire, id, order.signal)) ?? undefined);
  }

  /** Queues the run of an image; when the answer is lost, the run is looked for under its number. */
  async #queue(index: number): Promise<string> {
    const { wire, order } = this;
    const filled = fillWorkflow(this.workflow, await this.#values(index));
    const chosen = randomUUID();
    await this.#remember(index, chosen, false);
    let id: string;
    try {
      id = await queue(wire, chosen, filled, order.signal);
    } catch (error) {
      const isThere =
        error instanceof WireError && error.isUncertain && (await seeRun(wire, chosen, order.signal)) !== "lost";
      if (!isThere) throw error;
      id = chosen;
    }
    await this.#remember(index, id, true);
    return id;
  }

  async #values(index: number): Promise<Map<string, string | number>> {
    const { order } = this;
    this.#files ??= await this.#upload();
    const nouns = order.people.map(({ noun }) => noun ?? "person");
    const { options } = order;
    return new Map<string, string | number>([
      ...this.#files,
      ["text", withPeople(order.text, nouns)],
      ["negative_text", order.negativeText],
      ["seed", seedOf(order, index)],
      ["width", order.width],
      ["height", order.height],
      ["steps", options.steps ?? 25],
      ["cfg", options.cfg_scale ?? 4],
      ["denoise", options.denoising_strength ?? (order.input === null ? 1 : 0.8)],
      ...order.people.map(({ strength }, at): [string, number] => [
        at === 0 ? "strength" : `person_${at + 1}_strength`,
        strength,
      ]),
    ]);
  }

  /** The photos, and what is to be changed, as the workflow names them. */
  async #upload(): Promise<Map<string, string>> {
    const { wire, order, slots } = this;
    order.onProgress(0, "sending");
    const photos = await photosToSend(order.people, slots.photos);
    const files = photosBySlot(slots, photos);
    if (order.input !== null) {
      files.set("input", await smallEnough(order.input));
      if (slots.names.has("mask")) files.set("mask", order.mask ?? (await wholeMask(order.input)));
    }
    const names = new Map<string, string>();
    for (const [slot, file] of files) names.set(slot, await upload(wire, file, order.signal));
    return names;
  }

  #notes(): string[] {
    const { order, slots } = this;
    const isNegativeLost = order.negativeText !== "" && !slots.names.has("negative_text");
    return isNegativeLost ? [`${label}'s workflow has no place for what should not be seen.`] : [];
  }

  async #giveUp(): Promise<void> {
    for (const { id } of Object.values(this.#memory.runs)) {
      await farewell(this.wire, "stopping a run", (signal) => stop(this.wire, id, signal));
    }
  }

  #said(error: unknown): unknown {
    const words = error instanceof WireError && error.status === 400 ? refusalOf(error.body) : null;
    if (words !== null)
      return new AppError("upstream_failed", `${label} refused the workflow: ${words.replace(/\.+$/u, "")}.`);
    return toAppError(label, error, true);
  }

  #remember(index: number, id: string, isQueued: boolean): Promise<void> {
    this.#memory = { runs: { ...this.#memory.runs, [index]: { id, isQueued } } };
    return remember(this.order, this.#memory);
  }
}
