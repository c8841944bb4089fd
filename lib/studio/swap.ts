import { InvalidInputError } from "@/lib/errors";
import { findFaces, findLandmarks } from "@/lib/vision/faces";
import { findMesh } from "@/lib/vision/mesh";
import type { Box, Raster } from "@/lib/vision/raster";
import { cropTo } from "@/lib/vision/resample";
import { measureFace } from "./inspect-measure";
import { effectiveStrength } from "./strength";
import type { StudioPerson } from "./studio-order";
import { blendFace } from "./swap-blend";
import { type SeenFace, checkFace, checkPair } from "./swap-limits";
import { faceHeight } from "./swap-patch";
import { choosePhoto, openPhoto } from "./swap-photo";
import { blur } from "./warp-blur";
import type { Plane } from "./warp-triangles";

export type SwapOrder = {
  /** upright sRGB */
  input: Raster;
  /** white may change; of any size, and stretched over the input */
  mask: Raster | null;
  /** from left to right */
  people: StudioPerson[];
  /** how much the input may change, 0 to 1; all of it when null */
  denoisingStrength: number | null;
  seed: number;
};

/** A face of the input, as far as it was looked at. */
type Found = SeenFace & { box: Box; light: number };

/** Surer than this it is a face, and no pattern that looks like one. */
const sure = 0.5;

/**
 * Puts people's faces into an input image: the largest faces of it that are free to change, from left to right. The rest
 * of the image stays as it is, to the byte. The same order gives the same bytes; some .6 s for each face.
 *
 * @returns the input with the faces changed, of the same size, sentences on what the owner should know, and where the
 *   changed faces are
 * @throws {InvalidInputError} there is no face in the input, or none that this can be done well with, and why
 */
export async function swapFace(order: SwapOrder): Promise<{ raster: Raster; notes: string[]; faces: Box[] }> {
  const allowed = order.mask === null ? null : allowedBy(order.mask, order.input);
  const notes: string[] = [];
  const faces = await facesFor(order, allowed, notes);
  let raster = order.input;
  const changed: Box[] = [];
  const refused: InvalidInputError[] = [];
  for (const [index, face] of faces.entries()) {
    const person = order.people[index];
    if (!person) break;
    try {
      raster = await swapOne(raster, face, person, order, allowed, notes);
      changed.push(face.box);
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      refused.push(error);
    }
  }
  const [first] = refused;
  if (first && refused.length === Math.min(faces.length, order.people.length)) throw first;
  return { raster, notes: [...notes, ...refused.map(({ message }) => message)], faces: changed };
}

async function swapOne(
  raster: Raster,
  { mesh, landmarks, light }: Found,
  person: StudioPerson,
  order: SwapOrder,
  allowed: Plane | null,
  notes: string[],
): Promise<Raster> {
  const height = faceHeight(mesh.points);
  checkFace({ mesh, landmarks, light, height }, notes);
  const chosen = choosePhoto(person.photos, mesh, height, order.seed);
  const photo = await openPhoto(chosen);
  if (chosen.isMirrored)
    notes.push(`The photo of ${person.title} is mirrored, to look the way the input's face looks.`);
  checkPair(mesh, photo, notes);
  const amount = effectiveStrength(person.strength, order.denoisingStrength);
  const source = { image: photo.image, mesh: photo.mesh.points };
  return blendFace({ image: raster, mesh: mesh.points }, source, amount, allowed, order.seed);
}

/** As many faces of the input as there are people, from left to right. */
async function facesFor({ input, people }: SwapOrder, allowed: Plane | null, notes: string[]): Promise<Found[]> {
  const found = (await findFaces(input)).filter(({ confidence }) => confidence >= sure);
  if (found.length === 0)
    throw new InvalidInputError("There is no face in the input image that a face could be put into.", "input_image");
  const free = found.filter(({ box }) => allowed === null || meanIn(allowed, box) > 0.25);
  if (free.length === 0)
    throw new InvalidInputError("The mask leaves no face of the input image free: white may change.", "mask_image");
  const chosen = free.slice(0, people.length).toSorted((a, b) => a.box.x + a.box.width / 2 - b.box.x - b.box.width / 2);
  if (free.length > chosen.length)
    notes.push(
      `The input image has ${free.length} faces; the largest ${chosen.length === 1 ? "one was" : "ones were"} changed.`,
    );
  if (people.length > chosen.length)
    notes.push(
      `There are fewer faces in the input image than people in the text: only ${chosen.length} could be put in.`,
    );
  const faces: Found[] = [];
  for (const { box } of chosen) {
    const landmarks = await findLandmarks(input, box);
    const mesh = await findMesh(input, landmarks);
    faces.push({ box, landmarks, mesh, light: measureFace(input, box).light });
  }
  return faces;
}

/** The mask over the input, 0 to 1, with an edge of a few pixels. */
function allowedBy(mask: Raster, { width, height }: Raster): Plane {
  const { data } = cropTo(mask, { x: 0, y: 0, width: mask.width, height: mask.height }, width, height);
  const grey = Float32Array.from({ length: width * height }, (_, index) => {
    const [red = 0, green = 0, blue = 0] = data.subarray(index * 3, index * 3 + 3);
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  });
  const soft = blur({ data: grey, width, height, channels: 1 }, 2);
  // what is black stays black: softness goes inwards
  return { ...soft, data: soft.data.map((value, index) => Math.min(value, grey[index] ?? 0)) };
}

function meanIn({ data, width, height }: Plane, box: Box): number {
  let [sum, count] = [0, 0];
  const [left, right] = [Math.max(0, Math.floor(box.x)), Math.min(width, Math.ceil(box.x + box.width))];
  const [top, bottom] = [Math.max(0, Math.floor(box.y)), Math.min(height, Math.ceil(box.y + box.height))];
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      sum += data[y * width + x] ?? 0;
      count += 1;
    }
  return count > 0 ? sum / count : 0;
}
