import { AppError } from "@/lib/errors";
import type { AnswerMessage, InferenceTask, InferenceTasks, TaskMessage } from "./inference-tasks";

type Work<Task extends InferenceTask> = (
  input: InferenceTasks[Task]["input"],
  onProgress: (done: number, stage: string) => void,
) => Promise<InferenceTasks[Task]["output"]>;

/** Loaded when first asked for: whoever only shrinks pictures needs no models. */
const works: { [Task in InferenceTask]: () => Promise<Work<Task>> } = {
  inspect: async () => (await import("./inspect")).inspectPhoto,
  draw: async () => (await import("./draw")).draw,
  score: async () => (await import("./score")).scoreImage,
  shrink: async () => (await import("./shrink")).shrinkImage,
};

async function answer({ id, task, input }: TaskMessage): Promise<void> {
  const onProgress = (done: number, stage: string) => send({ id, kind: "progress", done, stage });
  try {
    const work = (await works[task]()) as (input: unknown, onProgress: unknown) => Promise<unknown>;
    const output = await work(input, onProgress);
    send({ id, kind: "done", output, resident: collect() });
  } catch (error) {
    send(toFailure(id, error));
  }
}

function toFailure(id: number, error: unknown): AnswerMessage {
  const resident = collect();
  if (error instanceof AppError) {
    return { id, kind: "refused", code: error.code, message: error.message, param: error.param, resident };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { id, kind: "failed", message, stack: stack ?? "", resident };
}

/** Pictures are large and soon over: their memory is given back at once, not when the heap is full. */
function collect(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

function send(message: AnswerMessage): void {
  // the parent may have gone: then this process ends, too
  process.send?.(message, (error) => {
    if (error) process.exit(0);
  });
}

process.on("message", (message: TaskMessage) => void answer(message));
process.on("disconnect", () => process.exit(0));
