import * as tf from "@tensorflow/tfjs-core";
import { type GraphModel, loadGraphModel } from "@tensorflow/tfjs-converter";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { readEncoderFiles, wasmFolder } from "./encoder-files";
import { type UseTokenizer, useTokenizer } from "./use-tokenizer";
import { vectorDimensions } from "./vector";

/** Larger batches gain nothing on one core and hold more memory. */
const batchSize = 8;

export type Encoder = {
  /**
   * Embeds each text on its own.
   *
   * @param texts sentences rather than paragraphs; only the first 1,000 characters of each count
   * @param signal stops between two batches
   * @returns one unit vector of 512 floats per text, in the same order
   */
  encode(texts: string[], signal?: AbortSignal): Promise<Float32Array[]>;
};

let loading: Promise<Encoder> | undefined;

/**
 * The Universal Sentence Encoder (lite, English) in the calling thread, loaded once (0.3 s, about 200 MB).
 * Encoding is CPU work of 5–14 ms a sentence: call it from a worker thread.
 *
 * @throws {Error} the model files are missing or damaged
 */
export function loadEncoder(): Promise<Encoder> {
  loading ??= createEncoder().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function createEncoder(): Promise<Encoder> {
  const files = await readEncoderFiles();
  setWasmPaths(wasmFolder());
  setThreadsCount(1);
  await withoutNewListeners(() => tf.setBackend("wasm"));
  const artifacts = tf.io.getModelArtifactsForJSONSync(
    files.model as tf.io.ModelJSON,
    tf.io.getWeightSpecs((files.model as tf.io.ModelJSON).weightsManifest),
    files.weights,
  );
  const model = await loadGraphModel(tf.io.fromMemory(artifacts));
  const tokenize = useTokenizer(files.vocabulary);
  return { encode: (texts, signal) => encodeAll(model, tokenize, texts, signal) };
}

/**
 * The wasm module hangs handlers on the process that turn any unhandled rejection into a crash with its
 * whole source in the log; how a process treats its errors is not the encoder's business.
 */
async function withoutNewListeners(load: () => Promise<boolean>): Promise<void> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = new Set(events.flatMap((event) => process.rawListeners(event)));
  if (!(await load())) throw new Error("The sentence encoder needs WebAssembly, which this runtime does not offer.");
  for (const event of events) {
    for (const listener of process.rawListeners(event)) {
      if (!before.has(listener)) process.removeListener(event, listener as () => void);
    }
  }
}

/** Texts of like length share a batch, because a batch costs as much as its longest text. */
async function encodeAll(
  model: GraphModel,
  tokenize: UseTokenizer,
  texts: string[],
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  const tokens = texts.map(tokenize);
  const order = tokens
    .map((_, index) => index)
    .sort((a, b) => (tokens[a]?.length ?? 0) - (tokens[b]?.length ?? 0) || a - b);
  const vectors: Float32Array[] = texts.map(() => new Float32Array(0));
  for (let at = 0; at < order.length; at += batchSize) {
    signal?.throwIfAborted();
    const batch = order.slice(at, at + batchSize);
    const encoded = await encodeBatch(
      model,
      batch.map((index) => tokens[index] ?? []),
    );
    for (const [row, index] of batch.entries()) {
      vectors[index] = toUnit(encoded.subarray(row * vectorDimensions, (row + 1) * vectorDimensions));
    }
  }
  return vectors;
}

async function encodeBatch(model: GraphModel, rows: number[][]): Promise<Float32Array> {
  const values = rows.flat();
  const positions = rows.flatMap((row, index) => row.flatMap((_, position) => [index, position]));
  const indices = tf.tensor2d(positions, [values.length, 2], "int32");
  const pieces = tf.tensor1d(values, "int32");
  const output = await model.executeAsync({ indices, values: pieces });
  const tensors = Array.isArray(output) ? output : [output];
  try {
    return Float32Array.from((await tensors[0]?.data<"float32">()) ?? []);
  } finally {
    tf.dispose([indices, pieces, ...tensors]);
  }
}

/**
 * Scales to unit length and rounds to four decimals: the other texts of a batch move the last bits
 * of a vector (by some 1e-9), and a graph must not depend on which sentences were encoded together.
 */
function toUnit(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const component of vector) squares += component * component;
  const length = Math.sqrt(squares) || 1;
  return vector.map((component) => Math.round((component / length) * 1e4) / 1e4);
}
