import type { Box, Raster } from "@/lib/vision/raster";
import { cropTo } from "@/lib/vision/resample";
import { blurPlane } from "./blur";
import type { PersonMatte } from "./matte-full";
import { type Picture, type Plane, smoothStep, toPicture } from "./picture";
import type { Placement } from "./place";

/** A person at their place in the image: colours without the old background, and how much of each pixel is theirs. */
export type Cutout = { picture: Picture; alpha: Plane };

/**
 * Cuts a person out at the size of the image: the rough matte is fitted to the photo's own edges, then what the old
 * background left in hair and edges is taken out.
 */
export function cutOut(
  photo: Raster,
  person: PersonMatte,
  placement: Placement,
  width: number,
  height: number,
): Cutout {
  const { scale, x0, y0, face } = placement;
  const seen: Box = { x: -x0 / scale, y: -y0 / scale, width: width / scale, height: height / scale };
  const pixels = cropTo(photo, seen, width, height);
  const rough = roughMatte(photo, person, placement, width, height);
  const alpha = refine(rough, pixels, face);
  fadeOpenEdges(alpha, photo, person, placement);
  return { picture: withoutBackground(toPicture(pixels), alpha, face.height), alpha };
}

function roughMatte(
  photo: Raster,
  person: PersonMatte,
  { scale, x0, y0 }: Placement,
  width: number,
  height: number,
): Plane {
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const photoY = (y + 0.5 - y0) / scale;
    if (photoY < 0 || photoY > photo.height) continue;
    for (let x = 0; x < width; x++) {
      const photoX = (x + 0.5 - x0) / scale;
      if (photoX >= 0 && photoX <= photo.width) data[y * width + x] = person.at(photoX, photoY);
    }
  }
  return { width, height, data };
}

/**
 * The guided filter (He, Sun, Tang: Guided Image Filtering, 2013): a matte that follows the edges of the picture it lies
 * on; then steeper, so that neither the inside is thin nor the outside hazy.
 */
function refine(rough: Plane, { data, width, height }: Raster, face: Box): Plane {
  const size = width * height;
  const guide = new Float32Array(size);
  for (let at = 0; at < size; at++) {
    guide[at] = (0.299 * (data[at * 3] ?? 0) + 0.587 * (data[at * 3 + 1] ?? 0) + 0.114 * (data[at * 3 + 2] ?? 0)) / 255;
  }
  const plane = (values: Float32Array): Plane => ({ width, height, data: values });
  const radius = Math.max(2, face.height * 0.045);
  const mean = (values: Float32Array) => blurPlane(plane(values), radius, 1).data;
  const matte = rough.data;
  const guideMean = mean(guide);
  const matteMean = mean(matte);
  const together = mean(matte.map((value, at) => value * (guide[at] ?? 0)));
  const squares = mean(guide.map((value) => value * value));
  const slope = new Float32Array(size);
  const offset = new Float32Array(size);
  for (let at = 0; at < size; at++) {
    const own = guideMean[at] ?? 0;
    const variance = (squares[at] ?? 0) - own * own;
    slope[at] = ((together[at] ?? 0) - own * (matteMean[at] ?? 0)) / (variance + 4e-4);
    offset[at] = (matteMean[at] ?? 0) - (slope[at] ?? 0) * own;
  }
  const slopes = mean(slope);
  const offsets = mean(offset);
  const fine = new Float32Array(size);
  for (let at = 0; at < size; at++) {
    const filtered = (slopes[at] ?? 0) * (guide[at] ?? 0) + (offsets[at] ?? 0);
    // far inside and far outside the rough matte is right
    const known = matte[at] ?? 0;
    const unsure = smoothStep(0.01, 0.12, known) * (1 - smoothStep(0.93, 0.995, known));
    fine[at] = smoothStep(0.16, 0.86, filtered * unsure + known * (1 - unsure));
  }
  return plane(fine);
}

/** Where a cut edge could not be brought to the image's edge, the person fades out instead of ending at a line. */
function fadeOpenEdges({ data, width, height }: Plane, photo: Raster, person: PersonMatte, placement: Placement): void {
  const { scale, x0, y0, face } = placement;
  const soft = face.height * 0.55;
  const left = person.cutLeft === null ? -Infinity : Math.max(0, person.box.x) * scale + x0;
  const right =
    person.cutRight === null ? Infinity : Math.min(photo.width, person.box.x + person.box.width) * scale + x0;
  const bottom = person.cutBottom ? (person.box.y + person.box.height) * scale + y0 : Infinity;
  if (left <= 0 && right >= width && bottom >= height) return;
  // where the photo ends close to the face the fade is short: it never reaches the face itself
  const upTo = (gap: number) => Math.min(soft, Math.max(face.width * 0.04, gap - face.width * 0.06));
  const softLeft = upTo(face.x - left);
  const softRight = upTo(right - face.x - face.width);
  for (let y = 0; y < height; y++) {
    const down = bottom < height ? smoothStep(bottom, bottom - soft, y) : 1;
    for (let x = 0; x < width; x++) {
      const fromLeft = left > 0 ? smoothStep(left, left + softLeft, x) : 1;
      const fromRight = right < width ? smoothStep(right, right - softRight, x) : 1;
      const share = down * Math.min(fromLeft, fromRight);
      if (share < 1) data[y * width + x] = (data[y * width + x] ?? 0) * share;
    }
  }
}

/**
 * The person's own colours: at the rim, where a pixel is both, the old background's share is taken off; where hardly
 * anything is left, the colour of the person nearby.
 */
function withoutBackground(picture: Picture, alpha: Plane, faceHeight: number): Picture {
  const { width, height, data } = picture;
  const inside = alpha.data.map((value) => (value > 0.96 ? 1 : 0));
  const outside = alpha.data.map((value) => (value < 0.04 ? 1 : 0));
  const own = nearby(picture, inside, faceHeight * 0.05);
  const old = nearby(picture, outside, faceHeight * 0.08);
  const target = data.slice();
  for (let at = 0; at < alpha.data.length; at++) {
    const share = alpha.data[at] ?? 0;
    if (share >= 0.985 || share <= 0.004) continue;
    const trust = smoothStep(0.35, 0.9, share);
    for (let channel = 0; channel < 3; channel++) {
      const index = at * 3 + channel;
      const near = own[index] ?? 0;
      const solved = ((data[index] ?? 0) - (1 - share) * (old[index] ?? 0)) / share;
      const bounded = Math.min(near * 1.7 + 0.03, Math.max(near * 0.45, solved));
      target[index] = near * (1 - trust) + bounded * trust;
    }
  }
  return { width, height, data: target };
}

/** The mean colour of what counts around each pixel; further away where nothing is near. */
function nearby({ width, height, data }: Picture, counts: Float32Array, radius: number): Float32Array {
  const target = new Float32Array(data.length);
  const reaches = [radius, radius * 3, radius * 9];
  const weights = reaches.map((reach) => blurPlane({ width, height, data: counts }, reach, 1).data);
  const channelOf = new Float32Array(counts.length);
  for (let channel = 0; channel < 3; channel++) {
    for (let at = 0; at < counts.length; at++) channelOf[at] = (data[at * 3 + channel] ?? 0) * (counts[at] ?? 0);
    const sums = reaches.map((reach) => blurPlane({ width, height, data: channelOf }, reach, 1).data);
    for (let at = 0; at < counts.length; at++) {
      let value = data[at * 3 + channel] ?? 0;
      for (let index = reaches.length - 1; index >= 0; index--) {
        const weight = weights[index]?.[at] ?? 0;
        const found = (sums[index]?.[at] ?? 0) / Math.max(weight, 1e-6);
        const share = smoothStep(0.0005, 0.04, weight);
        value = index === reaches.length - 1 && weight > 1e-5 ? found : value * (1 - share) + found * share;
      }
      target[at * 3 + channel] = value;
    }
  }
  return target;
}
