import { infer } from "@/lib/studio/inference";
import { readWish } from "@/lib/studio/wish";
import { framings, lights, palettes, scenes, styles } from "@/lib/studio/wish-table";
import type { PortraitEngine } from "./engine";

/** Of one image; a dozen times what it usually takes. */
const imageTimeoutMs = 60_000;
/** Side by side they still have room. */
const mostPeople = 2;

/**
 * The engine that is always there: it cuts people out of their photos and puts them into scenes, or a face into an image.
 * It draws in the inference process and costs nothing.
 */
export const studioEngine: PortraitEngine = {
  id: "studio",
  name: "The built-in studio",
  capabilities: { text: "table", inputImage: true, mask: true, people: mostPeople, seed: true },
  table: { scenes, framings, lights, palettes, styles },
  costMicroUsd: () => 0n,
  read({ text, negativeText, style }) {
    const { understood, ignored } = readWish(text, negativeText, style);
    return { understood, ignored };
  },
  generate({ signal, onProgress, ...order }) {
    const { text, negativeText, count, seed, width, height, options } = order;
    const people = order.people.map(({ title, noun, strength, photos }) => ({
      ...{ title, noun, strength },
      photos: photos.map(({ bytes, reading, descriptor }) => ({ bytes, reading, descriptor })),
    }));
    const files = { input: order.input?.bytes ?? null, mask: order.mask?.bytes ?? null };
    const studioOrder = { text, negativeText, people, ...files, count, seed, width, height, options };
    return infer("draw", studioOrder, { signal, timeoutMs: imageTimeoutMs * count, onProgress });
  },
  forget: async () => undefined,
};
