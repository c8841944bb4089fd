/**
 * What a strength of 0 to 1 (`<faceid:ID:STRENGTH>`) means where a face is put into another: shape and skin go over
 * evenly; the insides of eyes and mouth, of which half of each would be neither, change hands around the middle.
 */
export function likenessShares(strength: number): { shape: number; texture: number; insides: number } {
  const amount = Math.min(1, Math.max(0, strength));
  const within = Math.min(1, Math.max(0, (amount - 0.2) / 0.6));
  return { shape: amount, texture: amount, insides: within * within * (3 - 2 * within) };
}

/** The strength of a person in an order, by how much the caller lets the input image change; all of it unless said. */
export function effectiveStrength(strength: number, denoisingStrength: number | null): number {
  return Math.min(1, Math.max(0, strength)) * Math.min(1, Math.max(0, denoisingStrength ?? 1));
}
