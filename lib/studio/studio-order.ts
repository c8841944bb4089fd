import type { FaceReading } from "@/lib/vision/face-reading";

/** A person of an order to the built-in studio. */
export type StudioPerson = {
  title: string;
  /** what the person is: man, woman, person … */
  noun: string | null;
  /** 0 to 1; what `<faceid:ID:STRENGTH>` says */
  strength: number;
  /** as they were taken in: upright, freed of metadata */
  photos: { bytes: Uint8Array; reading: FaceReading; descriptor: Float32Array }[];
};

/** What the built-in studio draws; goes to the inference process by the structured clone. */
export type StudioOrder = {
  /** the tokens of people taken out, each replaced by `{1}`, `{2}` … in the order of `people` */
  text: string;
  negativeText: string;
  people: StudioPerson[];
  /** a file as a stranger sent it */
  input: Uint8Array | null;
  /** a file as a stranger sent it; white may change */
  mask: Uint8Array | null;
  count: number;
  /** the first image's; each further one has the next number */
  seed: number;
  width: number;
  height: number;
  options: {
    super_resolution: boolean;
    face_correct: boolean;
    face_swap: boolean;
    inpaint_faces: boolean;
    style: string | null;
    denoising_strength: number | null;
  };
};

export type StudioMade = {
  images: { bytes: Uint8Array; mimeType: string; width: number; height: number; seed: number }[];
  understood: { words: string; meaning: string }[];
  ignored: { words: string; why: string }[];
  /** what the owner should know of the result, in sentences */
  notes: string[];
};
