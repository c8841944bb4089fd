import * as tf from "@tensorflow/tfjs-core";
import { loadEncoder } from "@/lib/models/encoder";

/** Makes ready the WebAssembly kernels that `product` uses: the encoder sets them up. */
export async function prepareMatrices(): Promise<void> {
  await loadEncoder();
}

/** `a` (rows × inner) times `b` (inner × columns), row after row. Quickest with few rows and many columns. */
export function product(a: Float32Array, b: Float32Array, rows: number, inner: number, columns: number): Float32Array {
  const left = tf.tensor2d(a, [rows, inner], "float32");
  const right = tf.tensor2d(b, [inner, columns], "float32");
  const result = tf.matMul(left, right);
  // No `tf.tidy`: it walks through every number of an array that it returns.
  const values = Float32Array.from(result.dataSync<"float32">());
  tf.dispose([left, right, result]);
  return values;
}

/** Rows become columns. */
export function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) turned[column * rows + row] = values[row * columns + column] as number;
  }
  return turned;
}

/** Rows of equal length under each other, each closed by a one: the bias's input. */
export function withOnes(rows: Float32Array[], width: number): Float32Array {
  const joined = new Float32Array(rows.length * (width + 1));
  for (const [index, row] of rows.entries()) {
    joined.set(row, index * (width + 1));
    joined[(index + 1) * (width + 1) - 1] = 1;
  }
  return joined;
}
