import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@/lib/errors";
import { identityScore } from "@/lib/vision/compare";
import { onePersonTwice, readSitters, type Sitter } from "./bench-portraits-people";
import { infer, inferenceState, stopInference } from "./inference";
import type { StudioMade, StudioOrder, StudioPerson } from "./studio-order";

const { signal } = new AbortController();
const texts = [
  "{1} trekking in the alps",
  "studio portrait of {1}, white background",
  "close-up of {1}, dark background, dramatic light",
  "{1} in the city at night",
];
const styles = ["black and white photo of {1}", "oil painting of {1}", "watercolour of {1}", "ink drawing of {1}"];
const strengths = [0.25, 0.5, 0.75, 1];
const size = { width: 768, height: 960 };

const cpuTimes: number[] = [];
let largestResident = 0;
const watch = setInterval(() => {
  largestResident = Math.max(largestResident, inferenceState().residentBytes);
}, 100);

/**
 * Measures the built-in studio on people of face-api's demo photos and scikit-image's astronaut, as the worker runs it:
 * `npm run bench:portraits -- [folder for the images] [--astronaut=path]`. Prints seconds, memory, identity scores beside
 * those of real photos and of strangers, whether a seed gives the same bytes and whether strength is monotone.
 */
async function main(): Promise<void> {
  const astronaut = argument("--astronaut=") ?? join("..", "shared", "data", "astronaut.png");
  const started = performance.now();
  const sitters = await readSitters(astronaut, signal);
  print(`${sitters.length} photos read in ${seconds(performance.now() - started)} s, with the start of the process`);
  floors(sitters);
  await composed("compose", sitters, texts);
  await composed("styles", sitters.slice(0, 3), styles);
  await heldOut(sitters);
  await sameBytes(sitters);
  await swaps(sitters);
  print(`processor time of an image: ${timing(cpuTimes.filter((ms) => Number.isFinite(ms) && ms >= 0))}`);
  print(`largest resident memory of the inference process: ${Math.round(largestResident / 1e6)} MB`);
}

/** Processor time of the inference process so far, where the system tells it; unlike seconds it does not depend on what else runs. */
async function cpuMs(): Promise<number> {
  const stat = await readFile(`/proc/${inferenceState().pid}/stat`, "utf8").catch(() => "");
  const [user = NaN, system = NaN] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13)
    .map(Number);
  return (user + system) * 10;
}

/** What the scores of an image are to be compared with. */
function floors(sitters: Sitter[]): void {
  const pairs = sitters.flatMap((one, at) => sitters.slice(at + 1).map((other) => [one, other] as const));
  const isTwice = (names: string[]) => onePersonTwice.every((name) => names.includes(name));
  const strangers = pairs.filter(([one, other]) => !isTwice([one.name, other.name]));
  print(`strangers: ${spread(strangers.map(([one, other]) => alike(one, other)))}, ${strangers.length} pairs`);
  const [first, second] = onePersonTwice.map((name) => sitters.find((sitter) => sitter.name === name));
  if (first && second) print(`two real photos of one person: ${alike(first, second).toFixed(2)} (one pair only)`);
}

function alike(one: StudioPerson, other: StudioPerson): number {
  const [photo] = one.photos;
  return photo ? (identityScore(photo.descriptor, descriptorsOf(other)) ?? 0) : 0;
}

function descriptorsOf({ photos }: StudioPerson): Float32Array[] {
  return photos.map(({ descriptor }) => descriptor);
}

async function composed(title: string, sitters: Sitter[], wishes: string[]): Promise<void> {
  const [times, scores]: [number[], number[]] = [[], []];
  for (const sitter of sitters) {
    for (const [at, text] of wishes.entries()) {
      const { made, ms } = await make(order([sitter], { text, seed: 7 + at }));
      times.push(ms);
      scores.push((await scoreOf(made, sitter)) ?? NaN);
      await keep(made, `${title}-${sitter.name}-${at + 1}`);
    }
  }
  print(`${title}: identity to the photo ${spread(scores)}; ${timing(times)}; ${times.length} images of 768 × 960`);
}

/** The score against a photo that the image was not made from. */
async function heldOut(sitters: Sitter[]): Promise<void> {
  const [first, second] = onePersonTwice.map((name) => sitters.find((sitter) => sitter.name === name));
  if (!first || !second) return;
  const scores: number[] = [];
  for (const [from, to] of [
    [first, second],
    [second, first],
  ] as const) {
    for (const [at, text] of texts.entries()) {
      const { made } = await make(order([from], { text, seed: 7 + at }));
      scores.push((await scoreOf(made, to)) ?? 0);
    }
  }
  print(
    `compose, identity to the other photo of the person: ${spread(scores)}; between the real ones ${alike(first, second).toFixed(2)}`,
  );
}

async function sameBytes([sitter]: Sitter[]): Promise<void> {
  if (!sitter) return;
  const wanted = order([sitter], { text: texts[0] ?? "", seed: 99 });
  const hashes = new Set([hashOf((await make(wanted)).made), hashOf((await make(wanted)).made)]);
  stopInference();
  hashes.add(hashOf((await make(wanted)).made));
  const other = hashOf((await make({ ...wanted, seed: 100 })).made);
  print(
    `same seed, same bytes: ${hashes.size === 1 ? "yes, also in another process" : "NO"}; another seed differs: ${hashes.has(other) ? "NO" : "yes"}`,
  );
}

/** The face of each into the photo of the next; those that are refused are told. */
async function swaps(sitters: Sitter[]): Promise<void> {
  const byStrength = new Map<number, number[]>(strengths.map((strength) => [strength, []]));
  const times: number[] = [];
  const refusals: string[] = [];
  let monotone = 0;
  for (const [at, sitter] of sitters.entries()) {
    const target = sitters[(at + 1) % sitters.length];
    const scores = await swapAll(sitter, target?.photos[0]?.bytes ?? null, times, refusals);
    if (!scores) continue;
    for (const [index, strength] of strengths.entries()) byStrength.get(strength)?.push(scores[index] ?? 0);
    if (scores.every((score, index) => index === 0 || score >= (scores[index - 1] ?? 0) - 0.01)) monotone += 1;
  }
  const done = byStrength.get(1)?.length ?? 0;
  for (const [strength, scores] of byStrength)
    print(`swap at strength ${strength}: identity to the photo ${spread(scores)}`);
  print(
    `swap: strength monotone for ${monotone} of ${done}; ${timing(times)}; refused ${refusals.length}: ${refusals.join(" · ")}`,
  );
}

async function swapAll(
  sitter: Sitter,
  input: Uint8Array | null,
  times: number[],
  refusals: string[],
): Promise<number[] | null> {
  const scores: number[] = [];
  for (const strength of strengths) {
    try {
      const options = { ...order([], {}).options, face_swap: true };
      const { made, ms } = await make({
        ...order([{ ...sitter, strength }], { text: "{1}", seed: 3 }),
        input,
        options,
      });
      times.push(ms);
      scores.push((await scoreOf(made, sitter)) ?? 0);
      await keep(made, `swap-${sitter.name}-${strength}`);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refusals.push(error.message);
      return null;
    }
  }
  return scores;
}

function order(people: StudioPerson[], { text = "", seed = 1 }: { text?: string; seed?: number }): StudioOrder {
  const none = { super_resolution: false, face_correct: false, face_swap: false, inpaint_faces: false };
  const options = { ...none, style: null, denoising_strength: null };
  return { text, negativeText: "", people, input: null, mask: null, count: 1, seed, ...size, options };
}

async function make(wanted: StudioOrder): Promise<{ made: StudioMade; ms: number }> {
  const [started, cpu] = [performance.now(), await cpuMs()];
  const made = await infer("draw", wanted, { signal });
  cpuTimes.push((await cpuMs()) - cpu);
  return { made, ms: performance.now() - started };
}

async function scoreOf(made: StudioMade, person: StudioPerson): Promise<number | null> {
  const [image] = made.images;
  if (!image) return null;
  const { scores } = await infer("score", { bytes: image.bytes, people: [descriptorsOf(person)] }, { signal });
  return scores[0] ?? null;
}

async function keep({ images: [image] }: StudioMade, name: string): Promise<void> {
  const folder = process.argv[2]?.startsWith("--") ? undefined : process.argv[2];
  if (folder === undefined || !image) return;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name.replaceAll(" ", "-")}.png`), image.bytes);
}

function hashOf({ images: [image] }: StudioMade): string {
  return createHash("sha256")
    .update(image?.bytes ?? "")
    .digest("hex");
}

function argument(name: string): string | undefined {
  return process.argv.find((value) => value.startsWith(name))?.slice(name.length);
}

/** NaN is an image in which no face was found: counted apart. */
function spread(values: number[]): string {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / (sorted.length || 1);
  const [least = NaN, most = NaN] = [sorted[0], sorted.at(-1)];
  const faceless = values.length - sorted.length;
  const note = faceless > 0 ? `, no face found in ${faceless}` : "";
  return `${mean.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)}${note})`;
}

function timing(times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  return `${seconds(sorted[sorted.length >> 1] ?? 0)} s in the middle, ${seconds(sorted.at(-1) ?? 0)} s at most`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}

function print(line: string): void {
  console.log(line);
}

await main();
clearInterval(watch);
stopInference();
