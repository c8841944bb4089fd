import { identityScore } from "@/lib/vision/compare";
import { decodeImage } from "@/lib/vision/decode";
import { describeFace, findFaces, findLandmarks } from "@/lib/vision/faces";

export type ScoreInput = {
  /** a file of any engine */
  bytes: Uint8Array;
  /** for each person the descriptors of the photos */
  people: Float32Array[][];
};

export type Scores = {
  /** faces in the image */
  faces: number;
  /** for each person that of the most like face, see `identityScore`; null when no face is left for them */
  scores: (number | null)[];
};

/** More faces than this are a crowd; the largest are looked at. */
const maxFaces = 8;

/**
 * How much the people in an image are those of the photos. A face counts for one person only, the most like pair first.
 *
 * @throws {AppError} as `decodeImage`
 */
export async function scoreImage({ bytes, people }: ScoreInput): Promise<Scores> {
  const { raster } = await decodeImage(bytes);
  const found = await findFaces(raster);
  const faces: Float32Array[] = [];
  for (const { box } of found.slice(0, maxFaces)) {
    faces.push(await describeFace(raster, await findLandmarks(raster, box)));
  }
  return { faces: found.length, scores: assign(faces, people) };
}

function assign(faces: Float32Array[], people: Float32Array[][]): (number | null)[] {
  const pairs = people
    .flatMap((photos, person) => faces.map((face, index) => ({ person, index, score: identityScore(face, photos) })))
    .filter((pair): pair is { person: number; index: number; score: number } => pair.score !== null)
    .sort((a, b) => b.score - a.score);
  const scores: (number | null)[] = people.map(() => null);
  const taken = new Set<number>();
  for (const { person, index, score } of pairs) {
    if (taken.has(index) || scores[person] !== null) continue;
    taken.add(index);
    scores[person] = Math.round(score * 1000) / 1000;
  }
  return scores;
}
