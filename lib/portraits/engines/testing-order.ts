import sharp from "sharp";
import type { OrderMemory, Person, PortraitOrder } from "../engine";
import { PromptOptions } from "../prompt-schemas";

/** A plain picture. */
export function picture(
  color: string,
  width = 64,
  height = 80,
  format: "png" | "jpeg" | "webp" = "png",
): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: color } })
    .toFormat(format)
    .toBuffer();
}

/** What a picture shows, whatever else its file holds. */
export async function pixelsOf(bytes: Uint8Array | undefined): Promise<Buffer> {
  return sharp(bytes).raw().toBuffer();
}

export async function person(tuneId: number, more: Partial<Person> = {}): Promise<Person> {
  const box = { x: 10, y: 10, width: 40, height: 50 };
  const reading = { box, confidence: 0.99, yaw: 0, pitch: 0, roll: 0, sharpness: 200, light: 0.5 };
  const photo = async (color: string, yaw: number) => ({
    bytes: await picture(color, 120, 150, "jpeg"),
    mimeType: "image/jpeg",
    reading: { ...reading, yaw },
    descriptor: new Float32Array(128),
  });
  const photos = await Promise.all([photo("#a00", 30), photo("#0a0", 0), photo("#00a", -20)]);
  return { tuneId, title: "Ada at home", noun: "woman", strength: 0.8, photos, remoteId: null, ...more };
}

export async function order(more: Partial<PortraitOrder> = {}): Promise<PortraitOrder> {
  return {
    promptId: 31,
    text: "{1} trekking in the alps",
    negativeText: "",
    people: [await person(7)],
    input: null,
    mask: null,
    count: 2,
    seed: 4_000_000_000,
    width: 768,
    height: 960,
    options: PromptOptions.parse({}),
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...more,
  };
}

/** Keeps what was saved as a row would: only what JSON keeps. */
export function memory(first: unknown = null): OrderMemory & { value: unknown; saves: number } {
  return {
    value: first,
    saves: 0,
    async load() {
      return this.value;
    },
    async save(value: object) {
      this.value = JSON.parse(JSON.stringify(value)) as unknown;
      this.saves++;
    },
  };
}
