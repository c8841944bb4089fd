import { z } from "zod";
import { AppError } from "@/lib/errors";
import { runChild } from "./run-child";
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
const maxResidentBytes = 1_200 * 1024 * 1024;
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

function runTask(task: MediaTask, timeoutMs: number, signal: AbortSignal): Promise<unknown> {
  const argument = JSON.stringify(task);
  return runChild({ script: "media-child.ts", argument, timeoutMs, maxResidentBytes, children }, signal);
}

function unreadable(sentence: string): AppError {
  return new AppError("unreadable", sentence, { param: "file" });
}
