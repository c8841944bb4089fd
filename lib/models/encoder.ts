import * as tf from "@tensorflow/tfjs-core";
import { type GraphModel, loadGraphModel } from "@tensorflow/tfjs-converter";
import { readEncoderFiles } from "./encoder-files";
import { startTensors } from "./tensor-backend";
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
  /** As `encode`, with what the encoder made of every piece of the text: costs nothing more. */
  encodeDeep(texts: string[], signal?: AbortSignal): Promise<Encoded[]>;
};

/** A text's unit vector; the state of each of its pieces, 512 floats a piece; and the mean those pool to, 512 floats. */
export type Encoded = { vector: Float32Array; states: Float32Array; pooled: Float32Array };

const scope = "module_apply_default/Encoder_en/";
const outputs = {
  vector: `${scope}hidden_layers/l2_normalize`,
  pooled: `${scope}KonaTransformer/div`,
  states: `${scope}KonaTransformer/Encode/TransformerStack/Layer_1/TransformerLayer/FFN/layer_postprocess/add`,
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
  await startTensors();
  const artifacts = tf.io.getModelArtifactsForJSONSync(
    files.model as tf.io.ModelJSON,
    tf.io.getWeightSpecs((files.model as tf.io.ModelJSON).weightsManifest),
    files.weights,
  );
  const model = await loadGraphModel(tf.io.fromMemory(artifacts));
  const tokenize = useTokenizer(files.vocabulary);
  return {
    encode: async (texts, signal) =>
      (await encodeAll(model, tokenize, [outputs.vector], texts, signal)).map(({ vector }) => vector),
    encodeDeep: (texts, signal) =>
      encodeAll(model, tokenize, [outputs.vector, outputs.pooled, outputs.states], texts, signal),
  };
}

/** Texts of like length share a batch, because a batch costs as much as its longest text. */
async function encodeAll(
  model: GraphModel,
  tokenize: UseTokenizer,
  names: string[],
  texts: string[],
  signal?: AbortSignal,
): Promise<Encoded[]> {
  const tokens = texts.map(tokenize);
  const order = tokens
    .map((_, index) => index)
    .sort((a, b) => (tokens[a]?.length ?? 0) - (tokens[b]?.length ?? 0) || a - b);
  const encoded: Encoded[] = [];
  for (let at = 0; at < order.length; at += batchSize) {
    signal?.throwIfAborted();
    const batch = order.slice(at, at + batchSize);
    const pieces = batch.map((index) => tokens[index] ?? []);
    const rows = await encodeBatch(model, names, pieces);
    for (const [row, index] of batch.entries()) encoded[index] = rows[row] ?? noText;
  }
  return encoded;
}

const noText: Encoded = {
  vector: new Float32Array(0),
  states: new Float32Array(0),
  pooled: new Float32Array(0),
};

async function encodeBatch(model: GraphModel, names: string[], rows: number[][]): Promise<Encoded[]> {
  const values = rows.flat();
  const positions = rows.flatMap((row, index) => row.flatMap((_, position) => [index, position]));
  const indices = tf.tensor2d(positions, [values.length, 2], "int32");
  const pieces = tf.tensor1d(values, "int32");
  const result = await model.executeAsync({ indices, values: pieces }, names);
  const tensors = Array.isArray(result) ? result : [result];
  try {
    const [vectors, pooled, states] = await Promise.all(tensors.map((tensor) => tensor.data<"float32">()));
    const longest = Math.max(...rows.map(({ length }) => length));
    return rows.map(({ length }, row) => ({
      vector: toUnit(part(vectors, row * vectorDimensions, vectorDimensions)),
      pooled: rounded(part(pooled, row * vectorDimensions, vectorDimensions)),
      states: rounded(part(states, row * longest * vectorDimensions, length * vectorDimensions)),
    }));
  } finally {
    tf.dispose([indices, pieces, ...tensors]);
  }
}

/** A copy, so that no small part holds a whole batch in memory. */
function part(values: Float32Array | undefined, start: number, length: number): Float32Array {
  return values ? values.slice(start, start + length) : new Float32Array(0);
}

/** The other texts of a batch move the last bits: nothing that is decided may depend on them. */
function rounded(values: Float32Array): Float32Array {
  return values.map((value) => Math.round(value * 1e4) / 1e4);
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
