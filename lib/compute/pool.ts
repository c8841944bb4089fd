import type { TaskName, Tasks } from "./tasks";
import { type RunOptions, ThreadPool } from "./thread-pool";

/** The web needs two: a query must not wait behind somebody's hundred pages of PDF. */
const DEFAULT_THREADS = 2;
const MAX_HEAP_MB = 768;

const held = globalThis as { facesThreads?: ThreadPool };

/**
 * Runs a CPU-heavy task off the event loop, in one of this process's threads.
 *
 * @param name a task of `lib/compute/tasks.ts`
 * @param input copied into the thread; `transfer` gives buffers away instead
 * @throws whatever the task throws (an AppError stays one), the signal's reason when it is aborted, or a
 *   {@link import("./task-error").TaskError} when its time is up or its thread died
 */
export function runTask<K extends TaskName>(
  name: K,
  input: Parameters<Tasks[K]>[0],
  options?: RunOptions,
): Promise<Awaited<ReturnType<Tasks[K]>>> {
  return pool().run(name, input, options) as Promise<Awaited<ReturnType<Tasks[K]>>>;
}

/** How many threads this process may have, from now on. Each starts when it is first needed. */
export function setThreads(threads: number): void {
  pool().resize(threads);
}

/** Ends the process's threads; the next call starts new ones. */
export async function closePool(): Promise<void> {
  const open = held.facesThreads;
  delete held.facesThreads;
  await open?.close();
}

// held on globalThis because Next bundles this module more than once
function pool(): ThreadPool {
  held.facesThreads ??= new ThreadPool({
    entry: "lib/compute/thread.ts",
    threads: DEFAULT_THREADS,
    maxHeapMb: MAX_HEAP_MB,
  });
  return held.facesThreads;
}
