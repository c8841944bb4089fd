import type { FaceReading } from "@/lib/vision/face-reading";
import type { PromptOptions } from "./prompt-schemas";

/** A file in memory. */
export type ImageFile = { bytes: Uint8Array; mimeType: string };

/** A person in an order: the photos of a tune. */
export type Person = {
  tuneId: number;
  title: string;
  /** what the person is: man, woman, person … */
  noun: string | null;
  /** 0 to 1; what `<faceid:ID:STRENGTH>` says */
  strength: number;
  photos: (ImageFile & { reading: FaceReading; descriptor: Float32Array })[];
  /** of this tune at this engine, when it was made there before */
  remoteId: string | null;
};

/** What an engine has to make. */
export type PortraitOrder = {
  promptId: number;
  /** the tokens of people taken out, each replaced by `{1}`, `{2}` … in the order of `people` */
  text: string;
  negativeText: string;
  people: Person[];
  input: ImageFile | null;
  /** white may change; same size as `input` */
  mask: ImageFile | null;
  count: number;
  /** the first image's; each further one has the next number */
  seed: number;
  width: number;
  height: number;
  options: PromptOptions;
  signal: AbortSignal;
  /** what survives a crash of the worker, kept for this order; without it an engine begins anew */
  memory?: OrderMemory;
  /** kept at once: an engine has made a copy of this tune's photos, which has to be deleted with it */
  onRemoteId?(tuneId: number, remoteId: string): Promise<void>;
  /** @param done of the whole order, 0 to 1 @param stage in a word: queued, reading, drawing, upscaling … */
  onProgress(done: number, stage: string): void;
};

/**
 * What an engine has to know again when an order is taken up a second time: above all the number that it has elsewhere,
 * so that it is waited for and not placed, and paid, again. The whole memory is one value, small enough for a row.
 */
export type OrderMemory = {
  /** what was saved last, for this order at this engine; null before the first time */
  load(): Promise<unknown>;
  /** kept for good once it resolves; `value` is JSON and replaces the one before */
  save(value: object): Promise<void>;
};

export type MadeImage = ImageFile & { width: number; height: number; seed: number };

/** Words of the text and what was made of them, or why nothing was. */
export type Understood = { words: string; meaning: string };
export type Ignored = { words: string; why: string };

export type Made = {
  images: MadeImage[];
  understood: Understood[];
  ignored: Ignored[];
  /** what the owner should know of the result, in sentences */
  notes: string[];
  /** the number each tune got at this engine, by our own; to be used again, and deleted with it */
  remoteIds?: Record<number, string>;
};

/** What a table may have lines of. */
export type TableKind = "scenes" | "framings" | "lights" | "palettes" | "styles";

/** What makes portraits: the built-in studio, or a service behind the same form. */
export type PortraitEngine = {
  /** as it is named in `prompt[engine]`: studio, astria, comfyui, openai/gpt-image-1 … */
  id: string;
  /** as a person reads it */
  name: string;
  capabilities: {
    /** `table`: only what its visible table has; `free`: any words */
    text: "table" | "free";
    inputImage: boolean;
    mask: boolean;
    /** people in one image */
    people: number;
    /** a seed is followed: the same one gives the same image, as far as the engine is deterministic */
    seed: boolean;
  };
  /** its table, where it follows one: what there is of each kind, and the words that ask for it */
  table?: Record<TableKind, readonly { id: string; name: string; words: readonly string[] }[]>;
  /**
   * What it would make of a text, without making anything; only where that is known beforehand.
   *
   * @param wish as in `PortraitOrder`
   */
  read?(wish: { text: string; negativeText: string; style: string | null }): Pick<Made, "understood" | "ignored">;
  /** What an order of `count` images costs before the markup, in micro-USD. */
  costMicroUsd(order: { count: number; width: number; height: number }): bigint;
  /** @throws {AppError} `upstream_failed` with the engine's own sentence; `invalid_input` it cannot do this, and why */
  generate(order: PortraitOrder): Promise<Made>;
  /** Deletes what it keeps of a tune. Deleting what is not there is no error. */
  forget(remoteId: string, signal: AbortSignal): Promise<void>;
  /**
   * Deletes what it keeps of one order, once that has ended for good. Best effort: it never fails.
   *
   * @param memory what the order's memory holds
   */
  tidy?(memory: unknown, signal: AbortSignal): Promise<void>;
};
