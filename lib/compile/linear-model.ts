/** A softmax regression: `weights` holds one row of `inputs + 1` numbers per class, the bias last. */
export type LinearModel = { classes: number; inputs: number; weights: Float32Array };

/** Numbers of a dense row, or the columns of the ones in a row of zeros and ones. */
export type Row = Float32Array | Int32Array;

/** Class probabilities of a row. */
export function predict(model: LinearModel, row: Row): Float64Array {
  return softmax(model.weights, row, model.classes, model.inputs + 1);
}

/**
 * What a one in a sparse row counts: rows of many ones are scaled down, or long sentences would be
 * sure of everything.
 */
export function onesValue(row: Int32Array): number {
  return 4 / Math.sqrt(Math.max(1, row.length));
}

/** Softmax of the class scores; `width` is the length of a class's weights, bias included. */
export function softmax(weights: ArrayLike<number>, row: Row, classes: number, width: number): Float64Array {
  const scores = new Float64Array(classes);
  let peak = -Infinity;
  for (let c = 0; c < classes; c += 1) {
    const base = c * width;
    let score = weights[base + width - 1] ?? 0;
    if (row instanceof Int32Array) {
      let ones = 0;
      for (const column of row) ones += weights[base + column] ?? 0;
      score += ones * onesValue(row);
    } else for (let i = 0; i < row.length; i += 1) score += (weights[base + i] ?? 0) * (row[i] ?? 0);
    scores[c] = score;
    peak = Math.max(peak, score);
  }
  let sum = 0;
  for (let c = 0; c < classes; c += 1) sum += scores[c] = Math.exp((scores[c] ?? 0) - peak);
  return scores.map((score) => score / sum);
}
