import type { ErrorCode } from "@/lib/errors";

import type { InspectInput, Inspection } from "./inspect";
import type { ScoreInput, Scores } from "./score";
import type { ShrinkInput, SmallImage } from "./shrink";
import type { StudioMade, StudioOrder } from "./studio-order";

/** What the inference process does; inputs and outputs go through the structured clone, bytes as they are. */
export type InferenceTasks = {
  /** one photo of a person: is it good enough, and what is measured of it */
  inspect: { input: InspectInput; output: Inspection };
  /** the built-in engine's whole order */
  draw: { input: StudioOrder; output: StudioMade };
  /** how much the people in an image are those of the photos */
  score: { input: ScoreInput; output: Scores };
  /** a small copy of an image */
  shrink: { input: ShrinkInput; output: SmallImage };
};

export type InferenceTask = keyof InferenceTasks;

/** Parent to child. */
export type TaskMessage = { id: number; task: InferenceTask; input: unknown };

/** Child to parent. `resident` is the process' memory in bytes when the task had ended. */
export type AnswerMessage =
  | { id: number; kind: "progress"; done: number; stage: string }
  | { id: number; kind: "done"; output: unknown; resident: number }
  | { id: number; kind: "refused"; code: ErrorCode; message: string; param: string | null; resident: number }
  | { id: number; kind: "failed"; message: string; stack: string; resident: number };
