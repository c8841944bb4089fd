import { createDotKernel } from "./dot-kernel";
import { packedVectorBytes, vectorDimensions } from "./vector";

/**
 * Many packed vectors in one block of memory, ready to be compared with a query.
 *
 * With a centre, rows are compared as they lie around it: what all sentences have in common tells nothing.
 */
export type VectorMatrix = {
  rows: number;
  values: Int8Array;
  /** see lib/models/dot-kernel.ts */
  products: (query: Int16Array) => Int32Array;
  inverseLengths: Float32Array;
  centre: Float32Array | null;
  /** 1 / the length of each unit row less the centre; empty without one */
  centredInverseLengths: Float32Array;
};

/** Steps of a query's components: 14 bits, whose products with 7 bits sum up within 32. */
const querySteps = 8191;

/**
 * Unpacks vectors into one matrix.
 *
 * @param packed buffers that hold whole packed vectors (516 bytes each), one or several
 * @param centre 512 floats from which `centredCosines` looks
 */
export function createVectorMatrix(packed: readonly Uint8Array[], centre: Float32Array | null = null): VectorMatrix {
  const rows = packed.reduce((sum, bytes) => sum + Math.floor(bytes.byteLength / packedVectorBytes), 0);
  const { values, products } = createDotKernel(rows);
  const inverseLengths = new Float32Array(rows);
  let row = 0;
  for (const bytes of packed) {
    for (let at = 0; at + packedVectorBytes <= bytes.byteLength; at += packedVectorBytes, row += 1) {
      const components = new Int8Array(bytes.buffer, bytes.byteOffset + at + 4, vectorDimensions);
      values.set(components, row * vectorDimensions);
      inverseLengths[row] = inverseLength(components);
    }
  }
  const matrix = { rows, values, products, inverseLengths, centre, centredInverseLengths: new Float32Array(0) };
  return centre === null ? matrix : { ...matrix, centredInverseLengths: centredInverseLengths(matrix, centre) };
}

/**
 * The cosine of every row with the query.
 *
 * @param query a unit vector of 512 floats
 * @returns one cosine a row
 */
export function cosines(matrix: VectorMatrix, query: Float32Array): Float32Array {
  const products = dotRows(matrix, query);
  for (let row = 0; row < matrix.rows; row += 1)
    products[row] = (products[row] ?? 0) * (matrix.inverseLengths[row] ?? 0);
  return products;
}

/**
 * The cosine of every row less the centre with the query.
 *
 * @param query a unit vector of 512 floats, from which its own centre has been taken already
 */
export function centredCosines(matrix: VectorMatrix, query: Float32Array): Float32Array {
  if (matrix.centre === null) return cosines(matrix, query);
  const products = dotRows(matrix, query);
  const offset = dot(query, matrix.centre);
  for (let row = 0; row < matrix.rows; row += 1) {
    const inverse = matrix.inverseLengths[row] ?? 0;
    const along = (products[row] ?? 0) * inverse - offset;
    products[row] = inverse === 0 ? 0 : along * (matrix.centredInverseLengths[row] ?? 0);
  }
  return products;
}

/** The cosine of two rows of the same matrix. */
export function rowCosine(matrix: VectorMatrix, a: number, b: number): number {
  const first = a * vectorDimensions;
  const second = b * vectorDimensions;
  let product = 0;
  for (let i = 0; i < vectorDimensions; i += 1)
    product = (product + (matrix.values[first + i] as number) * (matrix.values[second + i] as number)) | 0;
  return product * (matrix.inverseLengths[a] ?? 0) * (matrix.inverseLengths[b] ?? 0);
}

function centredInverseLengths(matrix: VectorMatrix, centre: Float32Array): Float32Array {
  const along = cosines(matrix, centre);
  const square = dot(centre, centre);
  // |row − centre|² of a unit row
  return along.map((product) => 1 / Math.sqrt(Math.max(1e-6, 1 - 2 * product + square)));
}

function dotRows({ rows, products }: VectorMatrix, query: Float32Array): Float32Array {
  let peak = 0;
  for (const value of query) peak = Math.max(peak, Math.abs(value));
  const found = new Float32Array(rows);
  if (peak === 0) return found;
  const whole = products(Int16Array.from(query, (value) => Math.round((value / peak) * querySteps)));
  const scale = peak / querySteps;
  for (let row = 0; row < rows; row += 1) found[row] = (whole[row] ?? 0) * scale;
  return found;
}

function inverseLength(components: Int8Array): number {
  let squares = 0;
  for (const value of components) squares += value * value;
  return squares === 0 ? 0 : 1 / Math.sqrt(squares);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
