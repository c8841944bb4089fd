import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { demoGroup } from "@/lib/vision/testing";
import { infer } from "./inference";
import type { StudioPerson } from "./studio-order";

export type Sitter = StudioPerson & { name: string };

/** Single people of face-api's demo photos: sample, left, top, width, height. */
const cuts: Record<string, readonly [number, number, number, number, number]> = {
  "1 left": [1, 195, 162, 614, 792],
  "1 right": [1, 1240, 12, 674, 779],
  "3 left": [3, 348, 120, 672, 881],
  "3 middle": [3, 811, 0, 700, 951],
  "5 bottom": [5, 172, 626, 422, 772],
  "5 right": [5, 1274, 165, 498, 914],
  "6 left": [6, 0, 233, 676, 963],
  "6 second": [6, 489, 75, 541, 1010],
  "6 right": [6, 1372, 24, 548, 979],
};

/**
 * The same woman in two photos, by her look and by her descriptors (.45 apart, where all other pairs are .53 and more):
 * the only photo of anybody here that an image was not made from.
 */
export const onePersonTwice = ["1 right", "3 middle"] as const;

/** @param astronaut path of scikit-image's picture, taken when it is there */
export async function readSitters(astronaut: string, signal: AbortSignal): Promise<Sitter[]> {
  const files: [name: string, bytes: Buffer][] = [];
  if (existsSync(astronaut)) files.push(["astronaut", await readFile(astronaut)]);
  for (const [name, [sample, left, top, width, height]] of Object.entries(cuts)) {
    const part = sharp(await demoGroup(sample)).extract({ left, top, width, height });
    files.push([name, await part.png().toBuffer()]);
  }
  const sitters: Sitter[] = [];
  for (const [name, bytes] of files) {
    const { problem, photo, reading, descriptor } = await infer("inspect", { name, bytes }, { signal });
    if (!photo || !reading || !descriptor) throw new Error(problem?.message ?? "The photo was not read.");
    sitters.push({
      name,
      title: name,
      noun: "woman",
      strength: 1,
      photos: [{ bytes: photo.bytes, reading, descriptor }],
    });
  }
  return sitters;
}
