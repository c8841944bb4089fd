import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { InferenceProcess } from "./inference-process";
import type { AnswerMessage, InferenceTask, InferenceTasks } from "./inference-tasks";

export type InferenceOptions = {
  signal: AbortSignal;
  /** of the work itself, without waiting for its turn */
  timeoutMs?: number;
  /** somebody waits for it: it goes before all that is not urgent */
  isUrgent?: boolean;
  /** @param done from 0 to 1 */
  onProgress?: (done: number, stage: string) => void;
};

type Waiting = {
  task: InferenceTask;
  input: unknown;
  options: InferenceOptions;
  resolve(output: unknown): void;
  reject(error: unknown): void;
};

const defaultTimeoutMs: Record<InferenceTask, number> = {
  inspect: 45_000,
  draw: 180_000,
  score: 45_000,
  shrink: 45_000,
};

/** A process that has grown beyond this is replaced before its next task. */
const recycleBytes = 800 * 1024 * 1024;
const idleMs = 5 * 60_000;

const queue: Waiting[] = [];
let running: Waiting | null = null;
let child: InferenceProcess | null = null;
let idleTimer: NodeJS.Timeout | undefined;

/**
 * Does one task in the inference process: a child of this one, started when it is first needed, that does one task at a
 * time. Strangers' images are decoded and models run there and nowhere else. Only jobs call it, never the web process.
 *
 * @returns what the task gives, see inference-tasks.ts
 * @throws {AppError} what the task refuses, with its sentence; `too_large` when it takes more than 1.2 GB; `unavailable`
 *   when it takes too long, or the process dies
 * @throws the signal's reason, when it was aborted: the process is ended in the middle of the task, nothing stays
 */
export async function infer<Task extends InferenceTask>(
  task: Task,
  input: InferenceTasks[Task]["input"],
  options: InferenceOptions,
): Promise<InferenceTasks[Task]["output"]> {
  options.signal.throwIfAborted();
  let stopListening = () => {};
  const output = new Promise<unknown>((resolve, reject) => {
    const waiting: Waiting = { task, input, options, resolve, reject };
    const onAbort = () => leave(waiting);
    options.signal.addEventListener("abort", onAbort, { once: true });
    stopListening = () => options.signal.removeEventListener("abort", onAbort);
    enqueue(waiting);
    next();
  });
  return (await output.finally(stopListening)) as InferenceTasks[Task]["output"];
}

/** What runs and waits, and the memory of the process in bytes at its last look; for the health page. */
export function inferenceState(): {
  pid: number | null;
  residentBytes: number;
  running: string | null;
  waiting: number;
} {
  return {
    pid: child?.isAlive ? child.pid : null,
    residentBytes: child?.isAlive ? child.residentBytes : 0,
    running: running?.task ?? null,
    waiting: queue.length,
  };
}

/** Ends the process, when there is one; the next task starts another. What runs fails as if it had died. */
export function stopInference(): void {
  clearTimeout(idleTimer);
  child?.kill("stopped");
  child = null;
}

function enqueue(waiting: Waiting): void {
  const firstCalm = queue.findIndex(({ options }) => !options.isUrgent);
  if (waiting.options.isUrgent && firstCalm >= 0) queue.splice(firstCalm, 0, waiting);
  else queue.push(waiting);
}

/** Somebody no longer wants a task: one that runs can only be stopped with its process. */
function leave(waiting: Waiting): void {
  const place = queue.indexOf(waiting);
  if (place >= 0) queue.splice(place, 1);
  waiting.reject(waiting.options.signal.reason);
  if (running === waiting) stopInference();
}

function next(): void {
  if (running) return;
  const waiting = queue.shift();
  if (!waiting) {
    idleTimer = setTimeout(stopInference, idleMs).unref();
    return;
  }
  clearTimeout(idleTimer);
  running = waiting;
  void work(waiting).finally(() => {
    running = null;
    next();
  });
}

async function work({ task, input, options, resolve, reject }: Waiting): Promise<void> {
  if (child && child.residentBytes > recycleBytes) stopInference();
  // one that died while nothing was asked of it would never answer
  if (!child?.isAlive) child = new InferenceProcess();
  const limitMs = options.timeoutMs ?? defaultTimeoutMs[task];
  const current = child;
  const timer = setTimeout(() => current.kill("timeout"), limitMs);
  try {
    resolve(outputOf(await current.run(task, input, options.onProgress), task));
  } catch (error) {
    reject(error);
  } finally {
    clearTimeout(timer);
    if (!current.isAlive && child === current) child = null;
  }
}

function outputOf(answer: AnswerMessage, task: InferenceTask): unknown {
  if (answer.kind === "done") return answer.output;
  if (answer.kind === "refused") {
    throw new AppError(answer.code, answer.message, answer.param === null ? {} : { param: answer.param });
  }
  const cause = answer.kind === "failed" ? answer.stack : answer.kind;
  log.error("an inference task failed", { task, cause });
  throw new AppError("unavailable", "The image could not be worked on, for a reason that lies with this installation.");
}
