import { sumOf } from "@/components/fingerprint/components";
import type { FaceView } from "@/lib/faces/schemas";

/** Whether a face has anything to answer from. */
const canAnswer = (face: FaceView): boolean => sumOf(face.component_counts) > 0;

/**
 * With whom a conversation begins that names nobody: with whom one spoke last, else the newest own face that has
 * statements, else the sample. Only where none has any is it one that is empty.
 *
 * @param faces the newest change first
 * @param lastId with whom one spoke last
 */
export function firstPartner(faces: readonly FaceView[], lastId: string | undefined): FaceView | undefined {
  const last = faces.find(({ id }) => id === lastId);
  const full = faces.filter(canAnswer);
  if (last !== undefined && canAnswer(last)) return last;
  return full.find((face) => !face.is_sample) ?? full[0] ?? last ?? faces[0];
}
