import { parentPort } from "node:worker_threads";
import { type ThreadReply, type ThreadRequest, toErrorMessage } from "./thread-message";

/** A function that may run in a thread: its input and output survive a structured clone. */
// The input is contravariant: only `never` accepts every task. The pool's caller is typed by the task's own name.
export type Task = (input: never) => Promise<unknown>;

/**
 * Makes this thread answer calls of these tasks, for as long as its pool keeps it.
 *
 * @throws {Error} when it is not called in a worker thread
 */
export function serveTasks(tasks: Readonly<Record<string, Task>>): void {
  const port = parentPort;
  if (port === null) throw new Error("serveTasks() belongs in a worker thread.");
  port.on("message", (request: ThreadRequest) => {
    void answer(tasks, request).then((reply) => {
      try {
        port.postMessage(reply);
      } catch (error) {
        // An output that cannot be cloned must not leave the caller waiting.
        port.postMessage({ id: request.id, ok: false, error: toErrorMessage(error) } satisfies ThreadReply);
      }
    });
  });
}

async function answer(tasks: Readonly<Record<string, Task>>, request: ThreadRequest): Promise<ThreadReply> {
  try {
    const task = tasks[request.name];
    if (task === undefined) throw new Error(`There is no task named ${request.name}.`);
    return { id: request.id, ok: true, output: await task(request.input as never) };
  } catch (error) {
    return { id: request.id, ok: false, error: toErrorMessage(error) };
  }
}
