import * as tf from "@tensorflow/tfjs-core";
import { startTensors } from "@/lib/models/tensor-backend";
import { readModelFile } from "./model-files";
import type { Box, Matte, Raster } from "./raster";
import { cropTo } from "./resample";
import { readTflite } from "./tflite-file";
import { type RunGraph, makeGraph } from "./tflite-graph";

/** What the network sees and answers: a matte of 256 × 256, whatever the image's proportions. */
export const matteSide = 256;

let loading: Promise<RunGraph> | undefined;

/**
 * Where people are, by MediaPipe's selfie segmentation. Some 60 ms. Rough (256 × 256): to be refined against the image
 * where edges matter. It was made for people who fill the picture: give the part around one person.
 *
 * @param image upright sRGB
 * @param part pixels of the image; may reach beyond it. All of it by default
 * @returns 256 × 256 numbers from 0 to 1 that cover `part`
 * @throws {Error} the model file is missing or damaged
 */
export async function findMatte(image: Raster, part?: Box): Promise<Matte> {
  loading ??= loadGraph().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  const graph = await loading;
  const box = part ?? { x: 0, y: 0, width: image.width, height: image.height };
  const pixels = cropTo(image, box, matteSide, matteSide);
  const data = tf.tidy(() => {
    const input = tf.div(tf.tensor4d(Float32Array.from(pixels.data), [1, matteSide, matteSide, 3]), 255);
    return graph(input as tf.Tensor4D).dataSync<"float32">();
  });
  return { data: Float32Array.from(data), width: matteSide, height: matteSide };
}

async function loadGraph(): Promise<RunGraph> {
  await startTensors();
  return makeGraph(readTflite(await readModelFile("@mediapipe/selfie_segmentation/selfie_segmentation.tflite")));
}
