import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

/** SHA-256 of the files of the pinned packages; only data is read, none of their code is run for these. */
const checksums = {
  "@vladmandic/face-api/model/ssd_mobilenetv1_model-weights_manifest.json":
    "888f744dffbc84f5f060d1f8427d9742341943a2dfaaf9205d10029b7e7a2955",
  "@vladmandic/face-api/model/ssd_mobilenetv1_model.bin":
    "2835640602d53718aa6ae9a42896327eaa21beefed056c218d32ca7d79e1e2f8",
  "@vladmandic/face-api/model/face_landmark_68_model-weights_manifest.json":
    "ca4886639f86e99b39fed0c155f81b63317225773bd9616716e887b0153389c9",
  "@vladmandic/face-api/model/face_landmark_68_model.bin":
    "4611ef65c87d836d03d684b30eec4d195d8b219fa1dd58fc58945831c6b9299b",
  "@vladmandic/face-api/model/face_recognition_model-weights_manifest.json":
    "cbaffa501b0b9275a12b63357a6843e7e30c054e1c9151e1a5f879b26e32986b",
  "@vladmandic/face-api/model/face_recognition_model.bin":
    "b413e420d6840b2775fba32008db6f3cddb07d485967fb42cfcf379c16a8c589",
  "@vladmandic/human/models/facemesh.json": "b60ca26f404724f43bd2b1575761d8265180e1f053cc0731caa68462927309e7",
  "@vladmandic/human/models/facemesh.bin": "3826da640b0a3021161605369ee6af293f75d518040355b960ec71a3390c1c0b",
  "@mediapipe/selfie_segmentation/selfie_segmentation.tflite":
    "8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27",
} as const;

export type ModelFile = keyof typeof checksums;

const require = createRequire(import.meta.url);

/** @throws {Error} the file is missing, or is not the one that was measured */
export async function readModelFile(name: ModelFile): Promise<Buffer> {
  const bytes = await readFile(pathOf(name));
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== checksums[name]) throw new Error(`The model file ${name} is damaged; run npm ci again.`);
  return bytes;
}

/** Not every package lets its files be resolved by name: they are looked for where Node looks for packages. */
function pathOf(name: ModelFile): string {
  const folders = require.resolve.paths(name) ?? [];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? name;
}

/** A buffer of its own, as tfjs wants its weights. */
export function toArrayBuffer(bytes: Buffer): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}
