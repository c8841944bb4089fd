import { InvalidInputError } from "@/lib/errors";
import type { FaceLandmarks } from "@/lib/vision/faces";
import type { FaceMesh } from "@/lib/vision/mesh";
import { faceHeight } from "./swap-patch";
import { fitPose } from "./swap-shape";
import { turnAngle } from "./mesh-fit";

/**
 * Where a swap stops being one. Measured (identity to the photo, strangers 0): two heads turned apart by up to 20
 * degrees .71 to .81, by 30 to 40 .57, by 45 .49 and the far cheek smears; in light .16 .80, .04 .68, .02 .28; faces
 * 80 pixels high .68, 39 .61, 29 .38. Blur is no limit: the new face is as blurred as the old one.
 */
const limits = {
  disagreement: 0.07,
  meshConfidence: 0.6,
  height: 36,
  smallHeight: 80,
  light: 0.05,
  lowLight: 0.12,
  turn: 40,
  largeTurn: 28,
};

/** A face as two networks see it, which know nothing of each other. */
export type SeenFace = { mesh: FaceMesh; landmarks: FaceLandmarks };

/** Corners of eyes and mouth, tip of the nose and chin: of the mesh, and of the landmarks. */
const same = [
  [33, 36],
  [133, 39],
  [362, 42],
  [263, 45],
  [1, 30],
  [61, 48],
  [291, 54],
  [152, 8],
] as const;

/**
 * How far mesh and landmarks are apart, as a share of the face's height: .02 to .05 in faces that look at the camera, up
 * to .066 behind hair, .075 to .126 in profiles, which the mesh alone is at times sure of (.85).
 */
export function disagreement({ mesh, landmarks }: SeenFace): number {
  const distances = same.map(([ofMesh, ofLandmarks]) => {
    const { x, y } = landmarks.points[ofLandmarks] ?? { x: 0, y: 0 };
    return Math.hypot((mesh.points[ofMesh * 3] ?? 0) - x, (mesh.points[ofMesh * 3 + 1] ?? 0) - y);
  });
  return distances.reduce((sum, value) => sum + value, 0) / same.length / faceHeight(mesh.points);
}

function isSideways(face: SeenFace): boolean {
  return face.mesh.confidence < limits.meshConfidence || disagreement(face) > limits.disagreement;
}

/**
 * Refuses a face of the input that another cannot be put into, and notes what will be weak.
 *
 * @param height of the face, in pixels @param light its mean luminance, 0 to 1
 * @throws {InvalidInputError} it is seen from the side, hidden, tiny or in the dark
 */
export function checkFace(face: SeenFace & { height: number; light: number }, notes: string[]): void {
  if (isSideways(face))
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
export function checkPair(input: FaceMesh, photo: SeenFace, notes: string[]): void {
  if (isSideways(photo))
    throw refusal("The photo shows the face from the side or hidden: a photo that looks into the camera is needed.");
  const turn = Math.round(turnAngle(fitPose(photo.mesh.points, input.points)));
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
