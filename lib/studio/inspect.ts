import { decodeImage } from "@/lib/vision/decode";
import { type FaceLandmarks, type FoundFace, describeFace, findFaces, findLandmarks } from "@/lib/vision/faces";
import type { FaceReading } from "@/lib/vision/face-reading";
import { type FaceMesh, findMesh } from "@/lib/vision/mesh";
import type { Raster } from "@/lib/vision/raster";
import { turnQuarters } from "@/lib/vision/turn";
import { AppError } from "@/lib/errors";
import { measureFace } from "./inspect-measure";
import { type PhotoRemark, judge, photoLimits, problems } from "./inspect-verdict";
import { type SmallImage, encode } from "./shrink";

export type { PhotoRemark } from "./inspect-verdict";

export type InspectInput = {
  /** as sentences call it: "photo 2 (me.jpg)" */
  name: string;
  /** a file as a stranger sent it */
  bytes: Uint8Array;
};

export type Inspection = {
  /** why it cannot be taken; then nothing else is there. Codes and sentences: inspect-verdict.ts */
  problem: PhotoRemark | null;
  warnings: PhotoRemark[];
  /** upright JPEG without metadata, at most 2,560 px: what is kept of the photo */
  photo: SmallImage | null;
  /** WebP of at most 480 px */
  small: SmallImage | null;
  /** its box is in pixels of `photo` */
  reading: FaceReading | null;
  /** of the face, see face-reading.ts */
  descriptor: Float32Array | null;
};

const keptSide = 2_560;
const smallSide = 480;

/** A face as it was found, in a photo that may have had to be turned. */
type Found = { raster: Raster; faces: FoundFace[]; landmarks: FaceLandmarks; mesh: FaceMesh; quarters: number };

/**
 * Reads one photo of a person: decodes it safely, finds the face, measures it and says whether it will do. Some 0.4 s;
 * up to 2 s where no face is found, as it is looked for in all directions.
 *
 * @returns a verdict; what is wrong with the file or the photo is a `problem`, never an error
 * @throws {Error} a model file is missing or damaged
 */
export async function inspectPhoto({ name, bytes }: InspectInput): Promise<Inspection> {
  const decoded = await decodeImage(bytes, { name, maxSide: keptSide }).catch((error: unknown) => {
    if (error instanceof AppError) return { code: error.code, message: error.message };
    throw error;
  });
  if ("code" in decoded) return refused(decoded);
  const isSpeck = Math.max(decoded.width, decoded.height) < photoLimits.smallest;
  const found = isSpeck ? null : await findUpright(decoded.raster);
  if (!found) return refused(problems.noFace(name));
  const reading = toReading(found);
  // sizes are judged in pixels of what was sent
  const scale = Math.max(decoded.width, decoded.height) / Math.max(decoded.raster.width, decoded.raster.height);
  const { problem, warnings } = judge({ ...found, isAnimated: decoded.isAnimated, name, reading, scale });
  if (problem) return refused(problem);
  return {
    problem: null,
    warnings,
    photo: await encode(found.raster, "jpeg"),
    small: await encode(found.raster, "webp", smallSide),
    reading,
    descriptor: await describeFace(found.raster, found.landmarks),
  };
}

function refused(problem: PhotoRemark): Inspection {
  return { problem, warnings: [], photo: null, small: null, reading: null, descriptor: null };
}

/**
 * Scans, and photos that lost their EXIF, lie on their side: where no face is surely upright it is looked for the other
 * ways round. An upside-down face is found too, but less surely than when it is turned.
 */
async function findUpright(image: Raster): Promise<Found | null> {
  const straight = await look(image, 0);
  if (straight && isUpright(straight) && certainty(straight) >= sure) return straight;
  let best = straight && isUpright(straight) ? straight : null;
  for (const quarters of [1, 3, 2]) {
    const found = await look(turnQuarters(image, quarters), quarters);
    if (found && isUpright(found) && certainty(found) >= sure && certainty(found) > certainty(best)) best = found;
  }
  // seen from the side, or half hidden: as it was sent
  return best ?? straight;
}

/** Of the detector: an upside-down face has up to .7. */
const sure = 0.8;

function certainty(found: Found | null): number {
  return found?.faces[0]?.confidence ?? 0;
}

async function look(raster: Raster, quarters: number): Promise<Found | null> {
  const faces = await findFaces(raster, { isThorough: quarters === 0 });
  const [largest] = faces;
  if (!largest) return null;
  const landmarks = await findLandmarks(raster, largest.box);
  return { raster, faces, landmarks, mesh: await findMesh(raster, landmarks), quarters };
}

const upright = { confidence: 0.6, roll: 60 };

function isUpright({ mesh, landmarks }: Found): boolean {
  const roll = (landmarks.aligned.angle * 180) / Math.PI;
  return mesh.confidence >= upright.confidence && Math.max(Math.abs(mesh.roll), Math.abs(roll)) < upright.roll;
}

/** What the mesh says where there is no whole face to be seen: a profile. */
const profileYaw = 75;

function toReading({ raster, faces, landmarks, mesh }: Found): FaceReading {
  const { box, confidence } = faces[0] ?? { box: { x: 0, y: 0, width: 0, height: 0 }, confidence: 0 };
  const isProfile = mesh.confidence < upright.confidence;
  const round = (value: number) => Math.round(value * 10) / 10;
  return {
    box: { x: round(box.x), y: round(box.y), width: round(box.width), height: round(box.height) },
    confidence: Math.round(confidence * 1000) / 1000,
    yaw: isProfile ? profileYaw * Math.sign(noseSide(landmarks)) : mesh.yaw,
    pitch: mesh.pitch,
    roll: isProfile ? round((landmarks.aligned.angle * 180) / Math.PI) : mesh.roll,
    ...measureFace(raster, box),
  };
}

/** Below 0: the tip of the nose is nearer to the jaw at the image's left. */
function noseSide({ points }: FaceLandmarks): number {
  const [nose, left, right] = [points[30]?.x ?? 0, points[2]?.x ?? 0, points[14]?.x ?? 0];
  return Math.abs(nose - left) < Math.abs(right - nose) ? -1 : 1;
}
