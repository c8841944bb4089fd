/** Euclidean distance of two descriptors: ≤ .55 the same person, > .65 different ones, between them unclear. From 0 to 1.5. */
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

/**
 * Mean squared distance of two strangers: over the 252 pairs of the 23 people in face-api's demo photos and
 * scikit-image's astronaut.
 */
const betweenStrangers = 0.57;

/**
 * How much a face is that of the photos, from the distances of its descriptor to theirs: what the cosine of the two
 * would be about the average face, were people spread evenly around it. 1 is the same picture, strangers have 0 in the
 * mean; .47 is the distance .55.
 *
 * @returns the mean over the photos, -1 to 1; null when there is none
 */
export function identityScore(face: Float32Array, photos: Float32Array[]): number | null {
  if (photos.length === 0) return null;
  const scores = photos.map((photo) => Math.max(-1, 1 - distance(face, photo) ** 2 / betweenStrangers));
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
