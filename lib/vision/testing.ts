import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import sharp from "sharp";

/** Single people cut out of the groups in face-api's demo photos, which only its developers' package has. */
const people = {
  smiling: { sample: 6, left: 489, top: 75, width: 541, height: 1010 },
  blonde: { sample: 3, left: 348, top: 120, width: 672, height: 881 },
  /** in profile, with a hand at the mouth */
  profile: { sample: 2, left: 180, top: 0, width: 510, height: 762 },
} as const;

export type DemoPerson = keyof typeof people;

/** A photo of three to five people, 1920 px wide. @param sample 1 to 6 */
export function demoGroup(sample: number): Promise<Buffer> {
  const entry = createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json");
  return readFile(join(dirname(entry), "demo", `sample${sample}.jpg`));
}

/** A photo of one person, as PNG. */
export async function demoPerson(name: DemoPerson): Promise<Buffer> {
  const { sample, ...part } = people[name];
  return sharp(await demoGroup(sample))
    .extract(part)
    .png({ compressionLevel: 1 })
    .toBuffer();
}
