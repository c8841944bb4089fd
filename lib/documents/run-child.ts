import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setPriority } from "node:os";
import { join } from "node:path";
import type { Semaphore } from "./semaphore";

const heapMegabytes = 512;
const watchMs = 250;
const pageBytes = 4096;
const lowPriority = 10;
/** What parsers print besides belongs to nobody: an answer stands behind a line break and this sign. */
const answerMark = "\n\u001e";

export type ChildWork = {
  /** a script of this folder, which ends with `writeAnswer` */
  script: "read-child.ts" | "media-child.ts";
  argument: string;
  /** what it reads from standard input, if anything */
  input?: Uint8Array;
  /** wall time, which bounds the CPU that a child can burn */
  timeoutMs: number;
  maxResidentBytes: number;
  /** no bound unless said */
  maxOutputBytes?: number;
  /** the children of one kind that may run at once: each may take its full share of memory */
  children: Semaphore;
};

/**
 * Runs a script over a file of strangers in a child process, with limits on time, memory and output, and without
 * settings or secrets. The child dies with the request.
 *
 * @returns what it answered, to be parsed; null when it was killed or died
 * @throws the signal's reason when it was aborted
 */
export async function runChild(work: ChildWork, signal: AbortSignal): Promise<unknown> {
  const output = await work.children.run(signal, () =>
    outputOf(work, AbortSignal.any([signal, AbortSignal.timeout(work.timeoutMs)])),
  );
  signal.throwIfAborted();
  try {
    return JSON.parse(output.slice(output.lastIndexOf(answerMark) + answerMark.length));
  } catch {
    return null;
  }
}

/** In the child: its answer, as JSON. */
export function writeAnswer(answer: unknown): void {
  process.stdout.write(`${answerMark}${JSON.stringify(answer)}`);
}

function outputOf({ script, argument, input, ...limits }: ChildWork, signal: AbortSignal): Promise<string> {
  const path = join(process.cwd(), "lib", "documents", script);
  const flags = [`--max-old-space-size=${heapMegabytes}`, "--import", "tsx"];
  const child = spawn(process.execPath, [...flags, path, argument], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { NODE_ENV: "production" },
    signal,
    killSignal: "SIGKILL",
  });
  const stopWatching = watchMemory(child, limits.maxResidentBytes);
  const maxOutputBytes = limits.maxOutputBytes ?? Infinity;
  return new Promise<string>((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    child.stdout.on("data", (part: Buffer) => {
      size += part.byteLength;
      if (size > maxOutputBytes) child.kill("SIGKILL");
      else parts.push(part);
    });
    child.on("error", (error) => (error.name === "AbortError" ? resolve("") : reject(error)));
    child.on("close", () => resolve(size > maxOutputBytes ? "" : Buffer.concat(parts).toString("utf8")));
    // the child may die before it has read all: that is told by its missing answer
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  }).finally(stopWatching);
}

/**
 * Buffers lie outside the heap that `--max-old-space-size` bounds: where the system tells it, the whole size is watched.
 * The child also steps back behind whatever answers requests.
 */
function watchMemory(child: ChildProcess, maxResidentBytes: number): () => void {
  const { pid } = child;
  if (pid === undefined) return () => undefined;
  try {
    setPriority(pid, lowPriority);
  } catch {
    // it may be gone already
  }
  const timer = setInterval(() => {
    readFile(`/proc/${pid}/statm`, "utf8").then(
      (statm) => {
        if (Number(statm.split(" ")[1]) * pageBytes > maxResidentBytes) child.kill("SIGKILL");
      },
      () => undefined,
    );
  }, watchMs);
  return () => clearInterval(timer);
}
