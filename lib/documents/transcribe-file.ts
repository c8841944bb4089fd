import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cutRecording, type MediaInfo, type MediaPiece } from "./media-process";
import { takesAsIs } from "./transcribe-endpoint";
import type { Heard, SpeechModel, Utterance } from "./transcribe-model";

export type Recording = { path: string; mimeType: string; byteSize: number; info: MediaInfo };

export type Transcript = { text: string; language: string | null; seconds: number; utterances: Utterance[] };

/** Called for each piece; what it returns may come from an earlier attempt. */
export type HearPiece = (piece: MediaPiece, hear: () => Promise<Heard>) => Promise<Heard>;

/**
 * Transcribes a recording of any length: as it came where the model takes it so, else in pieces cut at pauses, one
 * after the other. The pieces are the same every time.
 *
 * @param each wraps the hearing of a piece, to keep or to count it
 */
export async function transcribeFile(
  model: SpeechModel,
  { path, mimeType, byteSize, info }: Recording,
  signal: AbortSignal,
  each: HearPiece = (_piece, hear) => hear(),
): Promise<Transcript> {
  const folder = await mkdtemp(join(tmpdir(), "faces-media-"));
  try {
    const { maxBytes, maxSeconds } = model.limits;
    const fits = byteSize <= maxBytes && info.seconds <= maxSeconds;
    const pieces =
      fits && model.takesOriginals && takesAsIs(mimeType)
        ? [{ path, mimeType, start: 0, end: info.seconds }]
        : await cutRecording(path, folder, model.limits, signal);
    const heard: { piece: MediaPiece; said: Heard }[] = [];
    for (const piece of pieces) {
      const file = { path: piece.path, mimeType: piece.mimeType, seconds: piece.end - piece.start };
      heard.push({ piece, said: await each(piece, () => model.transcribe(file, signal)) });
    }
    return joined(heard, info.seconds);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function joined(heard: { piece: MediaPiece; said: Heard }[], seconds: number): Transcript {
  const isOne = heard.length === 1;
  const utterances = heard.flatMap(({ piece, said }, index) =>
    said.utterances.map(({ start, end, speaker, text }) => ({
      start: round(start + piece.start),
      end: round(Math.max(start, end) + piece.start),
      // the same name in two pieces need not be the same person
      speaker: speaker === null || isOne ? speaker : `${speaker} (part ${index + 1})`,
      text,
    })),
  );
  const text = heard
    .map(({ said }) => said.text)
    .join(" ")
    .trim();
  return { text, language: heard[0]?.said.language ?? null, seconds, utterances };
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
