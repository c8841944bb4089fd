import sharp from "sharp";
import { InvalidInputError } from "@/lib/errors";
import { addPngTexts } from "@/lib/png-chunks";
import { seededRandom } from "@/lib/seeded-random";
import { decodeImage } from "@/lib/vision/decode";
import { findFaces } from "@/lib/vision/faces";
import type { Box, Raster } from "@/lib/vision/raster";
import { cropTo } from "@/lib/vision/resample";
import { blurLens } from "./blur";
import { compose, finish, type Placed, resized } from "./compose";
import { cutOut } from "./cutout";
import { correctFaces } from "./face-correct";
import { findPerson, type PersonMatte } from "./matte-full";
import { toPicture, toRaster } from "./picture";
import { type PlaceWish, placePerson } from "./place";
import { chooseScene, describe, makeScene, type Scene } from "./scene";
import type { StudioMade, StudioOrder, StudioPerson } from "./studio-order";
import { applyStyle } from "./style";
import { swapFace } from "./swap";
import { type ReadWish, readWish } from "./wish";
import { framings, lights } from "./wish-table";

type Progress = (done: number, stage: string) => void;

/** A photo that was chosen, decoded, with its person. */
type Sitter = { photo: Raster; face: Box; person: PersonMatte; descriptors: Float32Array[] };
type Drawn = { raster: Raster; notes: string[] };

const maxSide = 2048;
/** As the photos are kept (inspect.ts): their readings are in these pixels. */
const photoSide = 2560;
/** Scenes are out of focus: half of the pixels each way show as much. */
const sceneScale = 0.5;
const sayings = {
  unheeded: (words: string[]) =>
    `Of what should not be in it only scenes can be kept out; not followed: ${words.slice(0, 20).join(", ")}.`,
  closer:
    "The photo shows less of the person than was asked for, so they are closer. A photo that shows more would help.",
  scene: "The input image is taken as the scene, since there is no face in it to be replaced.",
  strength:
    "The strength in <faceid:…> matters where a face is put into an input image; here the person is their photo.",
  open: "The photo cuts the person off where the image does not end; they fade out there. A wider photo would help.",
};

/**
 * The built-in studio: cuts people out of their photos and puts them into a scene, or puts a face into an input image. It
 * composes pictures, it does not imagine any: what of the text it cannot follow it says. The same order gives the same
 * bytes. About a second for an image of 768 × 960.
 *
 * @throws {InvalidInputError} what cannot be done, and why; {AppError} as `decodeImage`
 */
export async function draw(order: StudioOrder, onProgress: Progress = () => undefined): Promise<StudioMade> {
  const read = readWish(order.text, order.negativeText, order.options.style);
  const notes = new Set<string>();
  const images: StudioMade["images"] = [];
  const input = order.input === null ? null : await readInput(order.input);
  const isSwap = input !== null && (order.options.face_swap || order.options.inpaint_faces || input.faces > 0);
  if (input !== null && !isSwap) notes.add(sayings.scene);
  if (!isSwap && read.unheeded.length > 0) notes.add(sayings.unheeded(read.unheeded));
  if (!isSwap && order.people.some(({ strength }) => strength < 1)) notes.add(sayings.strength);
  for (let index = 0; index < order.count; index++) {
    onProgress(index / order.count, "drawing");
    const seed = (order.seed + index) >>> 0;
    const drawn = isSwap
      ? await swapInto(order, input.raster, seed)
      : await drawOne(order, read, input?.raster ?? null, seed);
    for (const note of drawn.notes) notes.add(note);
    const { width, height } = drawn.raster;
    images.push({ bytes: await encode(drawn.raster, seed), mimeType: "image/png", width, height, seed });
  }
  const ignored = isSwap ? asIgnored(read) : read.ignored;
  return { images, understood: isSwap ? [] : read.understood, ignored, notes: [...notes] };
}

/** Where a face goes into an image, that image is what the text could have said. */
function asIgnored(read: ReadWish): StudioMade["ignored"] {
  const why = "The input image decides what is seen; only its face is replaced.";
  return [...read.understood.map(({ words }) => ({ words, why })), ...read.ignored];
}

async function readInput(bytes: Uint8Array): Promise<{ raster: Raster; faces: number }> {
  const { raster } = await decodeImage(bytes, { name: "the input image", maxSide });
  return { raster, faces: (await findFaces(raster, { minConfidence: 0.5 })).length };
}

async function swapInto(order: StudioOrder, input: Raster, seed: number): Promise<Drawn> {
  const mask = order.mask === null ? null : (await decodeImage(order.mask, { name: "the mask", maxSide })).raster;
  const { people, options } = order;
  const base = options.super_resolution ? await enlarge(input) : input;
  const swapped = await swapFace({ input: base, mask, people, denoisingStrength: options.denoising_strength, seed });
  // what a mask keeps black stays as it is
  if (!options.face_correct || mask !== null) return swapped;
  const faces = swapped.faces.length > 0 ? await correctFaces(swapped.raster, swapped.faces) : swapped.raster;
  return { raster: faces, notes: swapped.notes };
}

/** Twice as large before a face goes in: the face then comes from the photo's own pixels, as sharp as what is around it. */
async function enlarge(input: Raster): Promise<Raster> {
  const scale = Math.min(2, maxSide / Math.max(input.width, input.height));
  if (scale <= 1) return input;
  const [width, height] = [Math.round(input.width * scale), Math.round(input.height * scale)];
  const data = await sharp(input.data, { raw: { width: input.width, height: input.height, channels: input.channels } })
    .resize(width, height, { fit: "fill", kernel: "lanczos3" })
    .sharpen({ sigma: 1 })
    .removeAlpha()
    .raw()
    .toBuffer();
  return { data: new Uint8Array(data), width, height, channels: 3 };
}

async function drawOne(order: StudioOrder, { wish }: ReadWish, input: Raster | null, seed: number): Promise<Drawn> {
  const scale = order.options.super_resolution ? Math.min(2, maxSide / Math.max(order.width, order.height)) : 1;
  const [width, height] = [Math.round(order.width * Math.max(1, scale)), Math.round(order.height * Math.max(1, scale))];
  const framing = framings.find(({ id }) => id === wish.framing) ?? defaultFraming(order.people.length);
  const sitters: Sitter[] = [];
  for (const person of order.people) sitters.push(await seat(person, framing.share, seed));
  const scene = input === null ? await namedScene() : sceneOf(input, width, height);
  const placed = sitters.map((sitter, index) => {
    const { photo, face, person } = sitter;
    const placement = placePerson(photo, face, person, seatOf(index), width, height);
    return { cutout: cutOut(photo, person, placement, width, height), placement };
  });
  const picture = compose(scene, placed, lights.find(({ id }) => id === wish.light) ?? null);
  finish(picture, seed);
  const faces = placed.map(({ placement }, index) => ({
    box: placement.face,
    photos: sitters[index]?.descriptors ?? [],
  }));
  const drawn = toRaster(picture);
  const boxes = faces.map(({ box }) => box);
  const cleared = order.options.face_correct ? await correctFaces(drawn, boxes) : drawn;
  const raster = await applyStyle(cleared, { style: wish.style, palette: wish.palette, seed, faces });
  return { raster, notes: notesOn(placed, sitters, wish.framing === null ? null : framing) };

  async function namedScene(): Promise<Scene> {
    const id = chooseScene(wish.scene, wish.without, order.seed);
    const [w, h] = [Math.round(order.width * sceneScale), Math.round(order.height * sceneScale)];
    const made = await makeScene(id, framing.id, seed, w, h);
    return { ...made, picture: resized(made.picture, width, height) };
  }

  function seatOf(index: number): PlaceWish {
    const random = seededRandom(seed ^ (index + 1));
    const nudge = () => (random() - 0.5) * 0.05;
    const y = 0.24 + framing.share * 0.55;
    if (sitters.length === 1) return { share: framing.share, x: 0.5 + nudge(), y: y + nudge() / 2 };
    return { share: framing.share * 0.86, x: (index === 0 ? 0.32 : 0.68) + nudge() / 2, y: y + nudge() / 2 };
  }
}

function defaultFraming(people: number) {
  const id = people > 1 ? "half-body" : "portrait";
  return framings.find((framing) => framing.id === id) ?? { id: "portrait", share: 0.28 };
}

/** The person's photo for this image: among the good ones the seed decides. */
async function seat({ photos }: StudioPerson, share: number, seed: number): Promise<Sitter> {
  const rated = photos
    .map((photo, index) => ({ photo, index, worth: worthOf(photo.reading) }))
    .toSorted((a, b) => b.worth - a.worth || a.index - b.index);
  const best = rated[0]?.worth ?? 0;
  const good = rated.filter(({ worth }) => worth >= best * 0.75);
  const chosen = good[Math.floor(seededRandom(seed)() * good.length)]?.photo;
  if (chosen === undefined) throw new InvalidInputError("There is no photo of the person.");
  const { raster } = await decodeImage(chosen.bytes, { maxSide: photoSide });
  const face = fitted(chosen.reading.box, raster);
  return {
    photo: raster,
    face,
    person: await findPerson(raster, face),
    descriptors: photos.map(({ descriptor }) => descriptor),
  };
}

/** Large, sharp, straight and lit. */
function worthOf({ box, sharpness, yaw, pitch, light }: StudioPerson["photos"][number]["reading"]): number {
  const size = Math.min(1, box.height / 320);
  const straight = Math.max(0.2, 1 - (Math.abs(yaw) + Math.abs(pitch)) / 90);
  return size * straight * Math.min(1, sharpness / 40) * (light < 0.15 ? 0.6 : 1);
}

/** The reading is in pixels of the stored photo; what was decoded may be smaller. */
function fitted(box: Box, { width, height }: Raster): Box {
  const x = Math.min(width - 2, Math.max(0, box.x));
  const y = Math.min(height - 2, Math.max(0, box.y));
  return { x, y, width: Math.min(box.width, width - x), height: Math.min(box.height, height - y) };
}

/** An image without faces as the scene: it fills the picture, a little out of focus. */
function sceneOf(input: Raster, width: number, height: number): Scene {
  const scale = Math.max(width / input.width, height / input.height);
  const [w, h] = [width / scale, height / scale];
  const box = { x: (input.width - w) / 2, y: (input.height - h) / 2, width: w, height: h };
  return describe(blurLens(toPicture(cropTo(input, box, width, height)), Math.max(1, width * 0.004)));
}

/** @param framing that was asked for */
function notesOn(placed: readonly Placed[], sitters: readonly Sitter[], framing: { id: string } | null): string[] {
  const needed = bodies[framing?.id ?? ""] ?? 0;
  const isShort = sitters.some(({ face, person }) => person.cutBottom && person.box.height < needed * face.height);
  return [
    ...(placed.some(({ placement }) => placement.openEdges > 0.02) ? [sayings.open] : []),
    ...(isShort ? [sayings.closer] : []),
  ];
}

/** So many heights of the face, from brow to chin, a photo has to show for these framings: a grown person has some ten. */
const bodies: Record<string, number> = { "half-body": 3.4, "full-body": 7 };

/** Marked as what it is, for whoever finds it later. */
async function encode({ data, width, height }: Raster, seed: number): Promise<Uint8Array> {
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 6 })
    .toBuffer();
  const texts = [
    { keyword: "Software", text: "Faces, built-in portrait studio" },
    { keyword: "Comment", text: `A composite made by a machine, not a photograph. Seed ${seed}.` },
  ];
  return new Uint8Array(addPngTexts(png, texts));
}
