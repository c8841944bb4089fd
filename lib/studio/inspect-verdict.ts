import type { FoundFace } from "@/lib/vision/faces";
import type { FaceReading } from "@/lib/vision/face-reading";
import type { FaceMesh } from "@/lib/vision/mesh";
import type { Raster } from "@/lib/vision/raster";

/** A code for programs and a whole sentence that names the photo. */
export type PhotoRemark = { code: string; message: string };

/**
 * Measured on 16 faces of face-api's demo photos and scikit-image's astronaut, made smaller, blurred and darkened, by
 * how far the descriptor then moves (.55 is another person): at 64 px .12, at 48 .20, at 32 .38 · blurred by .8 % of the
 * face's height .13 (sharpness 10), by 1.5 % .26 (3), by 2 % .36 (2) · at an eighth of the light .33 (light .07), at a
 * sixteenth .52 (.03).
 */
export const photoLimits = {
  /** pixels of the face's longer side */
  smallest: 64,
  small: 128,
  /** see `measureFace` */
  blurred: 3,
  soft: 9,
  /** mean luminance of the face, 0 to 1 */
  black: 0.035,
  dark: 0.2,
  bright: 0.93,
  /** degrees */
  yaw: 35,
  pitch: 25,
  roll: 40,
  /** of the detector, to count as somebody else */
  otherConfidence: 0.6,
  /** of the main face's height: so large another face may be in the background */
  otherHeight: 0.4,
};

/** What is judged: `scale` makes pixels of what was sent out of the raster's. */
export type Judged = {
  name: string;
  raster: Raster;
  faces: FoundFace[];
  mesh: FaceMesh;
  quarters: number;
  isAnimated: boolean;
  reading: FaceReading;
  scale: number;
};

export const problems = {
  noFace: (name: string) => ({
    code: "no_face",
    message: `No face was found in ${name}. Use a sharp, well lit photo that shows the face from the front.`,
  }),
  severalFaces: (name: string, count: number) => ({
    code: "several_faces",
    message: `${capital(name)} shows ${count} faces. Use a photo of one person, or cut the others off.`,
  }),
  tooSmall: (name: string, pixels: number) => ({
    code: "face_too_small",
    message: `The face in ${name} is ${pixels} pixels large; at least ${photoLimits.smallest} are needed. Use a larger or closer photo.`,
  }),
  blurred: (name: string) => ({
    code: "blurred",
    message: `The face in ${name} is blurred. Use a sharper photo.`,
  }),
  tooDark: (name: string) => ({
    code: "too_dark",
    message: `The face in ${name} is nearly black. Use a photo with more light.`,
  }),
};

/** Whether a photo will do, and what is worth knowing of it; sentences name the photo. */
export function judge(judged: Judged): { problem: PhotoRemark | null; warnings: PhotoRemark[] } {
  return { problem: findProblem(judged), warnings: findWarnings(judged) };
}

function findProblem({ name, faces, reading, scale }: Judged): PhotoRemark | null {
  const others = otherFaces(faces).filter(({ box }) => box.height >= reading.box.height * photoLimits.otherHeight);
  if (others.length > 0) return problems.severalFaces(name, others.length + 1);
  const pixels = Math.round(Math.max(reading.box.width, reading.box.height) * scale);
  if (pixels < photoLimits.smallest) return problems.tooSmall(name, pixels);
  if (reading.light < photoLimits.black) return problems.tooDark(name);
  return reading.sharpness < photoLimits.blurred ? problems.blurred(name) : null;
}

function otherFaces([, ...others]: FoundFace[]): FoundFace[] {
  return others.filter(({ confidence }) => confidence >= photoLimits.otherConfidence);
}

function findWarnings(judged: Judged): PhotoRemark[] {
  const { name, reading, scale } = judged;
  const pixels = Math.max(reading.box.width, reading.box.height) * scale;
  const remarks: [holds: boolean, code: string, message: string][] = [
    [
      otherFaces(judged.faces).length > 0,
      "others_behind",
      `${capital(name)} shows others in the background; the largest face is taken.`,
    ],
    [pixels < photoLimits.small, "small_face", `The face in ${name} is small; images made from it will look soft.`],
    [
      reading.sharpness < photoLimits.soft,
      "soft",
      `The face in ${name} is a little blurred; a sharper photo gives better images.`,
    ],
    [
      reading.light < photoLimits.dark,
      "dark",
      `The face in ${name} is dark; a photo with more light gives better images.`,
    ],
    [reading.light > photoLimits.bright, "bright", `The face in ${name} is overexposed.`],
    [isTurned(reading), "turned", `The face in ${name} is turned far away; add a photo from the front.`],
    [isCut(judged), "cut", `The head in ${name} is cut off by the photo's edge.`],
    [judged.quarters !== 0, "was_turned", `${capital(name)} lay on its side and was turned upright.`],
    [judged.isAnimated, "animated", `${capital(name)} moves; its first picture is taken.`],
  ];
  return remarks.filter(([holds]) => holds).map(([, code, message]) => ({ code, message }));
}

function isTurned({ yaw, pitch, roll }: FaceReading): boolean {
  const { yaw: maxYaw, pitch: maxPitch, roll: maxRoll } = photoLimits;
  return Math.abs(yaw) > maxYaw || Math.abs(pitch) > maxPitch || Math.abs(roll) > maxRoll;
}

/** The hair stands about a third of the face above the box that the detector gives. */
function isCut({ raster, reading: { box } }: Judged): boolean {
  const hair = box.height * 0.3;
  return box.x < 0 || box.x + box.width > raster.width || box.y - hair < 0 || box.y + box.height > raster.height;
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
