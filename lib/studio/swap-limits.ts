import { InvalidInputError } from "@/lib/errors";
import type { FaceMesh } from "@/lib/vision/mesh";
import { fitPose } from "./swap-shape";
import { turnAngle } from "./mesh-fit";

/**
 * Where a swap stops being one. Measured (identity to the photo, strangers 0): two heads turned apart by up to 20
 * degrees .71 to .81, by 30 to 40 .57, by 45 .49 and the far cheek smears; in light .16 .80, .04 .68, .02 .28; faces
 * 80 pixels high .68, 39 .61, 29 .38. Blur is no limit: the new face is as blurred as the old one.
 */
const limits = {
  meshConfidence: 0.6,
  height: 36,
  smallHeight: 80,
  light: 0.05,
  lowLight: 0.12,
  turn: 40,
  largeTurn: 28,
};

/**
 * Refuses a face of the input that another cannot be put into, and notes what will be weak.
 *
 * @param height of the face, in pixels @param light its mean luminance, 0 to 1
 * @throws {InvalidInputError} it is seen from the side, hidden, tiny or in the dark
 */
export function checkFace(face: { mesh: FaceMesh; height: number; light: number }, notes: string[]): void {
  if (face.mesh.confidence < limits.meshConfidence)
    throw refusal("The face in the input image is seen from the side or hidden, so that no other fits into it.");
  if (face.height < limits.height)
    throw refusal(
      `The face in the input image is ${Math.round(face.height)} pixels high; below ${limits.height} nobody can be recognised in it.`,
    );
  if (face.light < limits.light) throw refusal("The face in the input image is too dark to take another's features.");
  if (face.height < limits.smallHeight) notes.push("The face in the input image is small: the likeness will be weak.");
  if (face.light < limits.lowLight) notes.push("The face in the input image is dark: the likeness will be weak.");
}

/**
 * Refuses two faces that look too different ways.
 *
 * @throws {InvalidInputError} what the photo shows of the face is not what the input needs
 */
export function checkPair(input: FaceMesh, photo: FaceMesh, notes: string[]): void {
  if (photo.confidence < limits.meshConfidence)
    throw refusal("The photo shows the face from the side or hidden: a photo that looks into the camera is needed.");
  const turn = Math.round(turnAngle(fitPose(photo.points, input.points)));
  if (turn > limits.turn)
    throw refusal(
      `The face in the input image is turned ${turn} degrees away from the best photo; up to ${limits.turn} can be bridged. A photo that looks the same way would do.`,
    );
  if (turn > limits.largeTurn)
    notes.push(`The face in the input image is turned ${turn} degrees away from the photo: the likeness will be weak.`);
}

function refusal(message: string): InvalidInputError {
  return new InvalidInputError(message, "input_image");
}
