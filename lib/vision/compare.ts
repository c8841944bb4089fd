/** Euclidean distance of two descriptors: ≤ .55 the same person, > .65 different ones, between them unclear. */
export function distance(a: Float32Array, b: Float32Array): number {
  let squares = 0;
  for (let index = 0; index < a.length; index++) squares += ((a[index] ?? 0) - (b[index] ?? 0)) ** 2;
  return Math.sqrt(squares);
}

/** Cosine of two vectors, -1 to 1; 0 when one of them is nothing. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let product = 0;
  let ofA = 0;
  let ofB = 0;
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [a[index] ?? 0, b[index] ?? 0];
    product += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA > 0 && ofB > 0 ? product / Math.sqrt(ofA * ofB) : 0;
}
