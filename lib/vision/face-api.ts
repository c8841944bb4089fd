import { createRequire, registerHooks } from "node:module";
import * as tf from "@tensorflow/tfjs-core";
import { startTensors } from "@/lib/models/tensor-backend";
import { type ModelFile, readModelFile, toArrayBuffer } from "./model-files";

export type Point = { x: number; y: number };

type Rect = { x: number; y: number; width: number; height: number };
type Detection = { score: number; box: Rect };
type Landmarks = {
  positions: Point[];
  /** the square around the face that the descriptor was trained on */
  align(): Rect;
};
type Net = { loadFromWeightMap(weights: tf.NamedTensorMap): void };

/** What is used of @vladmandic/face-api 1.7.15. */
export type FaceApi = {
  nets: {
    ssdMobilenetv1: Net & { locateFaces(image: tf.Tensor3D, options: object): Promise<Detection[]> };
    faceLandmark68Net: Net & { detectLandmarks(face: tf.Tensor3D): Promise<Landmarks> };
    faceRecognitionNet: Net & { computeFaceDescriptor(face: tf.Tensor3D): Promise<Float32Array> };
  };
  SsdMobilenetv1Options: new (options: { minConfidence: number; maxResults: number }) => object;
};

let loading: Promise<FaceApi> | undefined;

/** Detector, landmarks and descriptor in the calling thread, loaded once (0.2 s). @throws {Error} a model is damaged */
export function loadFaceApi(): Promise<FaceApi> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<FaceApi> {
  await startTensors();
  chainOperations();
  const api = requireFaceApi();
  await loadNet(api.nets.ssdMobilenetv1, "ssd_mobilenetv1");
  await loadNet(api.nets.faceLandmark68Net, "face_landmark_68");
  await loadNet(api.nets.faceRecognitionNet, "face_recognition");
  return api;
}

type NetName = "ssd_mobilenetv1" | "face_landmark_68" | "face_recognition";

async function loadNet(net: Net, name: NetName): Promise<void> {
  const folder = "@vladmandic/face-api/model";
  const manifestFile: ModelFile = `${folder}/${name}_model-weights_manifest.json`;
  const [manifest, weights] = await Promise.all([
    readModelFile(manifestFile),
    readModelFile(`${folder}/${name}_model.bin`),
  ]);
  const specs = tf.io.getWeightSpecs(JSON.parse(String(manifest)) as tf.io.WeightsManifestConfig);
  net.loadFromWeightMap(tf.io.decodeWeights(toArrayBuffer(weights), specs));
}

/** The package asks for all of tfjs, of which only the core is here: it is given that. */
function requireFaceApi(): FaceApi {
  const require = createRequire(import.meta.url);
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "@tensorflow/tfjs"
        ? next("@tensorflow/tfjs-core", { ...context, parentURL: import.meta.url })
        : next(specifier, context),
  });
  try {
    return require("@vladmandic/face-api/dist/face-api.node-wasm.js") as FaceApi;
  } finally {
    hooks.deregister();
  }
}

const operations = [
  "add",
  "sub",
  "mul",
  "div",
  "relu",
  "sigmoid",
  "mean",
  "sum",
  "max",
  "min",
  "reshape",
  "slice",
  "expandDims",
  "cast",
  "squeeze",
  "transpose",
  "concat",
  "resizeBilinear",
  "clipByValue",
  "exp",
  "pad",
] as const;

/** The package calls operations as methods of a tensor, which all of tfjs adds and its core alone does not. */
function chainOperations(): void {
  const methods = tf.Tensor.prototype as unknown as Record<string, unknown>;
  const functions = tf as unknown as Record<string, (...values: unknown[]) => unknown>;
  for (const name of operations) {
    methods[name] ??= function (this: tf.Tensor, ...rest: unknown[]) {
      return functions[name]?.(this, ...rest);
    };
  }
  const shapes = { as1D: 1, as2D: 2, as3D: 3, as4D: 4 };
  for (const [name, rank] of Object.entries(shapes)) {
    methods[name] ??= function (this: tf.Tensor, ...shape: number[]) {
      return tf.reshape(this, rank === 1 ? [this.size] : shape);
    };
  }
  methods["toFloat"] ??= function (this: tf.Tensor) {
    return tf.cast(this, "float32");
  };
  methods["toInt"] ??= function (this: tf.Tensor) {
    return tf.cast(this, "int32");
  };
}
