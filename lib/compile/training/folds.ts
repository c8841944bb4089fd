import type { Example } from "./examples";

/**
 * What is left out together: every document is on one side only, and so is every file, which is one hand and one
 * family of registers. A private writing, B public writing, C conversation, D texts about somebody, E narrative;
 * M everyday prose, N old-style narrative, O and P texts about somebody, new and old; G–L near-identical pairs.
 */
const folds: Record<string, string[]> = {
  "1": ["A", "O", "G", "H"],
  "2": ["B", "E", "P", "I"],
  "3": ["C", "N", "plain", "J"],
  "4": ["D", "M", "K", "L"],
};

/** Files of whole documents: their sentences follow each other, and their share of statements is a text's. */
export const documentFiles = [..."ABCDEMNOP"];
/** Sentences in near-identical pairs, nearly all of them statements. */
export const pairFiles = [..."GHIJKL"];
export const otherFiles = ["plain", "prototypes"];
export const foldNames = Object.keys(folds);

const foldByFile = new Map(Object.entries(folds).flatMap(([fold, files]) => files.map((file) => [file, fold] as const)));

/** The fold of an example; prototypes are never left out. */
export function foldOf({ file }: Pick<Example, "file">): string {
  return foldByFile.get(file) ?? file;
}

/** Whether detection may be judged on the file: only where statements and others stand as in a text. */
export function judgesDetection({ file }: Pick<Example, "file">): boolean {
  return documentFiles.includes(file) || file === "plain";
}
