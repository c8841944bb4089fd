import type { Worker, WorkerOptions } from "node:worker_threads";
import { TaskError } from "./task-error";
import type { ThreadReply, ThreadRequest } from "./thread-message";

export type Transferable = Extract<Parameters<Worker["postMessage"]>[1], readonly unknown[]>[number];

export type ThreadOptions = {
  /** The thread's module, as a path from the project's folder. */
  entry: string;
  /** V8's heap for one thread; wasm memory and buffers do not count. */
  maxHeapMb: number;
};

export type ThreadHandle = {
  send(request: ThreadRequest, transfer: readonly Transferable[]): void;
  terminate(): Promise<unknown>;
  ref(): void;
  unref(): void;
};

type ThreadEvents = { onReply(reply: ThreadReply): void; onDeath(error: TaskError): void };

/**
 * Starts a worker thread that runs TypeScript with the project's import alias.
 *
 * Everything is resolved from the working directory, the project's folder, at run time: inside Next's bundle
 * `import.meta.url` names a chunk, and a `new Worker(…)` that the bundler can see becomes an asset without tsx.
 * That is also why the built-in modules come from `process.getBuiltinModule`.
 */
export function startThread({ entry, maxHeapMb }: ThreadOptions, events: ThreadEvents): ThreadHandle {
  const { join } = process.getBuiltinModule("node:path");
  const { createRequire } = process.getBuiltinModule("node:module");
  const { pathToFileURL } = process.getBuiltinModule("node:url");
  const threads = process.getBuiltinModule("node:worker_threads");

  const root = process.cwd();
  const tsx = pathToFileURL(createRequire(join(root, "package.json")).resolve("tsx")).href;
  const options: WorkerOptions = {
    // "server-only" throws in plain Node unless this condition is set
    execArgv: ["--import", tsx, "--conditions=react-server"],
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
  };
  const worker = new threads.Worker(join(root, entry), options);
  let cause: unknown;
  worker.on("message", (reply: ThreadReply) => events.onReply(reply));
  worker.on("messageerror", (error) =>
    events.onDeath(new TaskError("died", "A thread's answer was unreadable.", error)),
  );
  worker.on("error", (error) => (cause = error));
  worker.on("exit", (code) => events.onDeath(deathOf(cause, code, maxHeapMb)));
  return {
    send: (request, transfer) => worker.postMessage(request, transfer),
    terminate: () => worker.terminate(),
    ref: () => worker.ref(),
    unref: () => worker.unref(),
  };
}

function deathOf(cause: unknown, exitCode: number, maxHeapMb: number): TaskError {
  if (cause === undefined) return new TaskError("died", `The thread ended with code ${exitCode} during the call.`);
  const isMemory = cause instanceof Error && "code" in cause && cause.code === "ERR_WORKER_OUT_OF_MEMORY";
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = isMemory
    ? `The thread needed more than its ${maxHeapMb} MB of memory.`
    : `The thread died during the call: ${reason}`;
  return new TaskError("died", message, cause);
}
