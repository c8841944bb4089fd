import * as tf from "@tensorflow/tfjs-core";
import { type Point, loadFaceApi } from "./face-api";
import { type Look, looksAt } from "./looks";
import type { Box, Raster } from "./raster";
import { type TurnedSquare, cropTo, cutSquare } from "./resample";

export type { Point } from "./face-api";

export type FoundFace = {
  /** pixels of the image; from about the brow to the chin */
  box: Box;
  /** of the detector, 0 to 1 */
  confidence: number;
};

export type FaceLandmarks = {
  /** 68 points of dlib's scheme, in pixels of the image: jaw 0–16, brows 17–26, nose 27–35, eyes 36–41 and 42–47, mouth 48–67 */
  points: Point[];
  /** the upright square that the descriptor is read from */
  aligned: TurnedSquare;
};

/** Below this alone nothing counts as found, and it is looked again. */
const sure = 0.5;
/** What the other two networks see. */
const landmarkSide = 112;
const descriptorSide = 150;

/**
 * Finds the faces of an image, the largest first. Some 200 ms, whatever the size; up to 1 s where there is none, as it
 * then looks again with more light and from further away.
 *
 * @param image upright sRGB
 * @param options.minConfidence from 0 to 1; .4 finds nearly all and a few that are none
 * @param options.isThorough false looks once, with more light
 * @throws {Error} a model file is missing or damaged
 */
export async function findFaces(
  image: Raster,
  { minConfidence = 0.4, isThorough = true }: { minConfidence?: number; isThorough?: boolean } = {},
): Promise<FoundFace[]> {
  for (const look of looksAt(image, isThorough)) {
    const found = await findIn(look, minConfidence);
    if (found.some(({ confidence }) => confidence >= sure)) return found;
  }
  return [];
}

async function findIn({ pixels, shown }: Look, minConfidence: number): Promise<FoundFace[]> {
  const api = await loadFaceApi();
  const options = new api.SsdMobilenetv1Options({ minConfidence, maxResults: 50 });
  const found = await withPixels(pixels, (tensor) => api.nets.ssdMobilenetv1.locateFaces(tensor, options));
  const scale = shown.width / pixels.width;
  return found
    .map(({ score, box }) => ({
      box: {
        x: shown.x + box.x * scale,
        y: shown.y + box.y * scale,
        width: box.width * scale,
        height: box.height * scale,
      },
      confidence: score,
    }))
    .sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height);
}

/**
 * Landmarks of a face that was found. Some 20 ms.
 *
 * @param box as `findFaces` gives it; pixels of the image
 */
export async function findLandmarks(image: Raster, box: Box): Promise<FaceLandmarks> {
  const api = await loadFaceApi();
  const scale = landmarkSide / Math.max(box.width, box.height);
  const width = Math.max(1, Math.round(box.width * scale));
  const height = Math.max(1, Math.round(box.height * scale));
  const { positions } = await withPixels(cropTo(image, box, width, height), (pixels) =>
    api.nets.faceLandmark68Net.detectLandmarks(pixels),
  );
  const points = positions.map(({ x, y }) => ({
    x: box.x + (x / width) * box.width,
    y: box.y + (y / height) * box.height,
  }));
  return { points, aligned: alignedSquare(points) };
}

/**
 * The 128 numbers that tell people apart, from the square of `findLandmarks`; where it reaches beyond the image, the
 * image's edge goes on. Compare by `distance` or `cosine`. Some 60 ms.
 */
export async function describeFace(image: Raster, { aligned }: FaceLandmarks): Promise<Float32Array> {
  const api = await loadFaceApi();
  return withPixels(cutSquare(image, aligned, descriptorSide).pixels, (pixels) =>
    api.nets.faceRecognitionNet.computeFaceDescriptor(pixels),
  );
}

/**
 * As face-api aligns for its descriptor (dlib's proportions), but also turned upright, as dlib does and face-api does
 * not (strangers with tilted heads came as near as .46; upright, .53), and not cut at the image's edge.
 */
function alignedSquare(points: Point[]): TurnedSquare {
  const [left, right, mouth] = [middle(points, 36, 42), middle(points, 42, 48), middle(points, 48, 68)];
  const toMouth = (eye: Point) => Math.hypot(eye.x - mouth.x, eye.y - mouth.y);
  const size = (toMouth(left) + toMouth(right)) / 2 / 0.45;
  const angle = Math.atan2(right.y - left.y, right.x - left.x);
  // the mean of eyes and mouth stands at half of the width and .43 of the height
  const below = (0.5 - 0.43) * size;
  return {
    x: (left.x + right.x + mouth.x) / 3 - Math.sin(angle) * below,
    y: (left.y + right.y + mouth.y) / 3 + Math.cos(angle) * below,
    size,
    angle,
  };
}

/** Mean of the points from `first` up to, and without, `end`. */
export function middle(points: Point[], first: number, end: number): Point {
  const part = points.slice(first, end);
  const sum = part.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / part.length, y: sum.y / part.length };
}

/** Lends an image to a network of face-api, which reads whole numbers, 0 to 255. */
async function withPixels<Result>(image: Raster, use: (pixels: tf.Tensor3D) => Promise<Result>): Promise<Result> {
  const pixels = tf.tensor3d(image.data, [image.height, image.width, 3], "int32");
  try {
    return await use(pixels);
  } finally {
    pixels.dispose();
  }
}
