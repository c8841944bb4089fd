import { distance } from "@/lib/vision/compare";

/** Further apart than this, two descriptors are of different people: see lib/vision/compare.ts. */
const differentFrom = 0.65;

/** A photo that seems to show somebody else than the rest. */
export type DifferentPeople = { code: "different_people"; message: string; photos: number[] };

/**
 * Whether photos show one person: each is compared with the one that is nearest to all.
 *
 * @param photos `name` as a sentence says it: photo 2 (me.jpg)
 * @returns null when they seem to; else which do not, counted from 0
 */
export function comparePhotos(photos: readonly { name: string; descriptor: Float32Array }[]): DifferentPeople | null {
  const sums = photos.map(({ descriptor }) =>
    photos.reduce((sum, other) => sum + distance(descriptor, other.descriptor), 0),
  );
  const middle = photos[sums.indexOf(Math.min(...sums))];
  if (middle === undefined) return null;
  const others = photos.flatMap(({ descriptor }, at) =>
    distance(descriptor, middle.descriptor) > differentFrom ? [at] : [],
  );
  if (others.length === 0) return null;
  const names = others.map((at) => photos[at]?.name ?? "").join(", ");
  const message = `These photos may not be of one person: ${names} ${others.length === 1 ? "differs" : "differ"} from ${middle.name}.`;
  return { code: "different_people", message, photos: others };
}
