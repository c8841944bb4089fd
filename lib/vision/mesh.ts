import { type GraphModel, loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import { startTensors } from "@/lib/models/tensor-backend";
import { type FaceLandmarks, middle } from "./faces";
import { readModelFile, toArrayBuffer } from "./model-files";
import type { Raster } from "./raster";
import { type TurnedSquare, cutSquare, move } from "./resample";

/** Points of MediaPipe's face mesh. */
export const meshSize = 468;

export type FaceMesh = {
  /** x, y, z of each of the 468 points, in pixels of the image (`z` too: smaller is nearer to the camera) */
  points: Float32Array;
  /** that there is a face where it was looked for, 0 to 1 */
  confidence: number;
  /** degrees; 0 looks straight into the camera. `yaw` > 0: turned to the image's right; `pitch` > 0: looks down; `roll` > 0: tilted clockwise */
  yaw: number;
  pitch: number;
  roll: number;
};

/** What the network sees. */
const side = 192;
/** The square around the face is this much larger than the face, as in MediaPipe's own graph. */
const margin = 1.5;

let loading: Promise<GraphModel> | undefined;

/**
 * MediaPipe's 468 points of a face. Some 60 ms: it looks twice, the second time at where the first saw the face.
 *
 * @param image upright sRGB
 * @param landmarks of `findLandmarks` for that face
 * @throws {Error} a model file is missing or damaged
 */
export async function findMesh(image: Raster, { points }: FaceLandmarks): Promise<FaceMesh> {
  loading ??= loadMesh().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  const model = await loading;
  const first = lookAt(model, image, regionOfLandmarks(points));
  const { mesh, confidence } = lookAt(model, image, regionOfMesh(first.mesh));
  return { points: mesh, confidence, ...anglesOf(mesh) };
}

async function loadMesh(): Promise<GraphModel> {
  await startTensors();
  const [json, weights] = await Promise.all([
    readModelFile("@vladmandic/human/models/facemesh.json"),
    readModelFile("@vladmandic/human/models/facemesh.bin"),
  ]);
  const model = JSON.parse(String(json)) as tf.io.ModelJSON;
  const specs = tf.io.getWeightSpecs(model.weightsManifest);
  const artifacts = tf.io.getModelArtifactsForJSONSync(model, specs, toArrayBuffer(weights));
  return loadGraphModel(tf.io.fromMemory(artifacts));
}

function lookAt(model: GraphModel, image: Raster, region: TurnedSquare): { mesh: Float32Array; confidence: number } {
  const { pixels, toImage, scale } = cutSquare(image, region, side);
  const [points, flag] = tf.tidy(() => {
    const input = tf.div(tf.tensor4d(Float32Array.from(pixels.data), [1, side, side, 3]), 255);
    const outputs = model.execute(input, ["output_mesh", "output_faceflag"]) as tf.Tensor[];
    return outputs.map((output) => output.dataSync<"float32">());
  });
  const mesh = new Float32Array(meshSize * 3);
  for (let index = 0; index < mesh.length; index += 3) {
    const [x, y] = move(toImage, points?.[index] ?? 0, points?.[index + 1] ?? 0);
    mesh.set([x, y, (points?.[index + 2] ?? 0) * scale], index);
  }
  return { mesh, confidence: flag?.[0] ?? 0 };
}

function regionOfLandmarks(points: FaceLandmarks["points"]): TurnedSquare {
  const [left, right, chin] = [middle(points, 36, 42), middle(points, 42, 48), middle(points, 8, 9)];
  const eyes = { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
  const toChin = Math.hypot(chin.x - eyes.x, chin.y - eyes.y);
  const jaw = Math.hypot(left.x - right.x, left.y - right.y) * 2;
  // the forehead, which has no landmarks, is about as high above the eyes as the mouth is below them
  const size = Math.max(toChin * 1.6, jaw) * margin;
  const downwards = 0.25;
  return {
    x: eyes.x + (chin.x - eyes.x) * downwards,
    y: eyes.y + (chin.y - eyes.y) * downwards,
    size,
    angle: Math.atan2(right.y - left.y, right.x - left.x),
  };
}

function regionOfMesh(mesh: Float32Array): TurnedSquare {
  const at = (index: number): [number, number] => [mesh[index * 3] ?? 0, mesh[index * 3 + 1] ?? 0];
  const [leftX, leftY] = at(33);
  const [rightX, rightY] = at(263);
  const angle = Math.atan2(rightY - leftY, rightX - leftX);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let index = 0; index < meshSize; index++) {
    const [x, y] = at(index);
    const [u, v] = [x * cos + y * sin, y * cos - x * sin];
    [minX, maxX, minY, maxY] = [Math.min(minX, u), Math.max(maxX, u), Math.min(minY, v), Math.max(maxY, v)];
  }
  const [u, v] = [(minX + maxX) / 2, (minY + maxY) / 2];
  const size = Math.max(maxX - minX, maxY - minY) * margin;
  return { x: u * cos - v * sin, y: u * sin + v * cos, size, angle };
}

/** The forehead is nearer than the chin also in a face that looks straight ahead: 10 degrees in the demo photos. */
const levelPitch = Math.PI / 18;

/** From the temples (234, 454), the top of the forehead (10) and the chin (152). */
function anglesOf(mesh: Float32Array): { yaw: number; pitch: number; roll: number } {
  const between = (from: number, to: number) =>
    [0, 1, 2].map((axis) => (mesh[to * 3 + axis] ?? 0) - (mesh[from * 3 + axis] ?? 0)) as [number, number, number];
  const across = between(234, 454);
  const down = between(10, 152);
  const degrees = (radians: number) => Math.round((radians * 1800) / Math.PI) / 10;
  return {
    yaw: degrees(Math.atan2(across[2], Math.hypot(across[0], across[1]))),
    pitch: degrees(Math.atan2(down[2], Math.hypot(down[0], down[1])) - levelPitch),
    roll: degrees(Math.atan2(across[1], across[0])),
  };
}
