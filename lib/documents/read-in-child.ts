import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setPriority } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { ReadingWithSpeakers, SourceFile } from "./formats/reading";
import { Semaphore } from "./semaphore";

/** Wall time, which bounds the CPU that a child can burn. */
const timeoutMs = 30_000;
const heapMegabytes = 512;
const maxResidentBytes = 1024 * 1024 * 1024;
const maxOutputBytes = 80 * 1024 * 1024;
const watchMs = 250;
const pageBytes = 4096;
const lowPriority = 10;

const Answer = z.union([
  z.object({ code: z.enum(["unreadable", "unsupported_type", "too_large"]), message: z.string() }),
  z.object({
    format: z.string(),
    mimeType: z.string(),
    text: z.string(),
    kind: z.enum(["document", "thread", "transcript"]),
    notes: z.array(z.object({ code: z.string(), message: z.string() })),
    speakers: z.array(
      z.object({ name: z.string(), turns: z.number(), words: z.number(), sample: z.array(z.string()) }),
    ),
  }),
]);

/** Each child may take its full share of memory: more at once would take the machine's. */
const children = new Semaphore(2);

/**
 * Reads a file in a child process, with limits on time, memory and output: a hostile file can burn minutes of CPU and
 * gigabytes, and must not do so here. At most two run at once; the child dies with the request.
 *
 * @throws {AppError} `unreadable`, `unsupported_type`, `too_large`, saying why
 */
export async function readInChild(file: SourceFile, signal: AbortSignal): Promise<ReadingWithSpeakers> {
  const output = await children.run(signal, () =>
    runChild(file, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])),
  );
  signal.throwIfAborted();
  const answer = Answer.safeParse(parseAnswer(output));
  if (!answer.success) {
    const sentence = `${file.fileName} took too much time or memory to read. Upload its text by itself, or in parts.`;
    throw new AppError("unreadable", sentence, { param: "file" });
  }
  if ("code" in answer.data) throw new AppError(answer.data.code, answer.data.message, { param: "file" });
  return answer.data;
}

function runChild({ bytes, fileName }: SourceFile, signal: AbortSignal): Promise<string> {
  const script = join(process.cwd(), "lib", "documents", "read-child.ts");
  const flags = [`--max-old-space-size=${heapMegabytes}`, "--import", "tsx"];
  // no settings, no secrets: the child knows the file and nothing else
  const child = spawn(process.execPath, [...flags, script, fileName], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { NODE_ENV: "production" },
    signal,
    killSignal: "SIGKILL",
  });
  const stopWatching = watchMemory(child);
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
    child.stdin.end(bytes);
  }).finally(stopWatching);
}

/**
 * Buffers lie outside the heap that `--max-old-space-size` bounds: where the system tells it, the whole size is watched.
 * The child also steps back behind whatever answers requests.
 */
function watchMemory(child: ChildProcess): () => void {
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

function parseAnswer(output: string): unknown {
  try {
    return JSON.parse(output.slice(output.lastIndexOf("\n\u001e") + 2));
  } catch {
    return null;
  }
}
