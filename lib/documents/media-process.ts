import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setPriority } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { Semaphore } from "./semaphore";

const MediaInfo = z.object({ codec: z.string(), seconds: z.number().positive() });
export type MediaInfo = z.infer<typeof MediaInfo>;

/** A part of a recording as a file of its own; times are seconds of the whole. */
const MediaPiece = z.object({ path: z.string(), mimeType: z.string(), start: z.number(), end: z.number() });
export type MediaPiece = z.infer<typeof MediaPiece>;

export type PieceLimits = { maxSeconds: number; maxBytes: number };

export type MediaTask =
  | { task: "inspect"; path: string }
  | { task: "cut"; path: string; folder: string; limits: PieceLimits }
  | { task: "wav"; path: string; target: string };

const inspectMs = 60_000;
const workMs = 15 * 60_000;
const heapMegabytes = 512;
const maxResidentBytes = 1_200 * 1024 * 1024;
const watchMs = 250;
const pageBytes = 4096;
const lowPriority = 10;
const children = new Semaphore(2);

/** Length and codec of a recording. @throws {AppError} `unreadable` no sound, or not a kind that is known */
export async function inspectRecording(path: string, name: string, signal: AbortSignal): Promise<MediaInfo> {
  const info = MediaInfo.safeParse(await runTask({ task: "inspect", path }, inspectMs, signal));
  if (info.success) return info.data;
  throw unreadable(`No sound was found in ${name} that can be played here. Upload it as MP3, M4A, WAV, OGG or FLAC.`);
}

/** Files below the limits that are the recording, one after the other, cut at pauses; they lie in `folder`. */
export async function cutRecording(
  path: string,
  folder: string,
  limits: PieceLimits,
  signal: AbortSignal,
): Promise<MediaPiece[]> {
  const pieces = z
    .array(MediaPiece)
    .min(1)
    .safeParse(await runTask({ task: "cut", path, folder, limits }, workMs, signal));
  if (pieces.success) return pieces.data;
  throw unreadable("The recording is damaged, or took too much time or memory to cut into pieces. Upload it as MP3.");
}

/** The sound of a file as 16 kHz WAV, as local models take it. */
export async function toSpeechWav(path: string, target: string, signal: AbortSignal): Promise<void> {
  if ((await runTask({ task: "wav", path, target }, workMs, signal)) === true) return;
  throw unreadable("The recording is damaged, or took too much time or memory to play. Upload it as MP3.");
}

/** Runs in a child with limits on time and memory, and without settings: recordings are files of strangers. */
async function runTask(task: MediaTask, timeoutMs: number, signal: AbortSignal): Promise<unknown> {
  const output = await children.run(signal, () =>
    runChild(task, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])),
  );
  signal.throwIfAborted();
  try {
    return JSON.parse(output.slice(output.lastIndexOf("\n\u001e") + 2));
  } catch {
    return null;
  }
}

function runChild(task: MediaTask, signal: AbortSignal): Promise<string> {
  const script = join(process.cwd(), "lib", "documents", "media-child.ts");
  const flags = [`--max-old-space-size=${heapMegabytes}`, "--import", "tsx"];
  const child = spawn(process.execPath, [...flags, script, JSON.stringify(task)], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { NODE_ENV: "production" },
    signal,
    killSignal: "SIGKILL",
  });
  const { pid } = child;
  if (pid !== undefined) lower(pid);
  const timer = setInterval(() => {
    // where the system tells it: buffers lie outside the heap's bound
    readFile(`/proc/${pid}/statm`, "utf8").then(
      (statm) => {
        if (Number(statm.split(" ")[1]) * pageBytes > maxResidentBytes) child.kill("SIGKILL");
      },
      () => undefined,
    );
  }, watchMs);
  return new Promise<string>((resolve, reject) => {
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.on("error", (error) => (error.name === "AbortError" ? resolve("") : reject(error)));
    child.on("close", () => resolve(Buffer.concat(parts).toString("utf8")));
  }).finally(() => clearInterval(timer));
}

function lower(pid: number): void {
  try {
    setPriority(pid, lowPriority);
  } catch {
    // it may be gone already
  }
}

function unreadable(sentence: string): AppError {
  return new AppError("unreadable", sentence, { param: "file" });
}
