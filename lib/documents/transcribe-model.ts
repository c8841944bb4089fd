import type { Env } from "@/lib/env";
import { env } from "@/lib/env";
import { transcriptionCost } from "@/lib/billing/charge-transcription";
import type { PieceLimits } from "./media-process";
import { transcribeAtEndpoint } from "./transcribe-endpoint";
import { transcribeLocally } from "./transcribe-whisper";

/** Something that was said: times in seconds from the beginning of the file it was heard in. */
export type Utterance = { start: number; end: number; speaker: string | null; text: string };

/** What a model heard in one file. */
export type Heard = { text: string; language: string | null; utterances: Utterance[] };

export type SpeechFile = { path: string; mimeType: string; seconds: number };

/** The installation's speech model. */
export type SpeechModel = {
  /** as usage names it */
  name: string;
  /** what it takes in one request */
  limits: PieceLimits;
  /** whether files it knows can be sent as they came */
  takesOriginals: boolean;
  costMicroUsd(seconds: number): bigint;
  transcribe(file: SpeechFile, signal: AbortSignal): Promise<Heard>;
};

/** Below OpenAI's limit of 25 MB for a file, with room for the form around it. */
const endpointLimits = { maxBytes: 24 * 1024 * 1024, maxSeconds: 1_200 };
const whisperLimits = { maxBytes: 24 * 1024 * 1024, maxSeconds: 600 };

export const noSpeechModel =
  "No speech model is configured. Set TRANSCRIBE_BASE_URL, OPENAI_API_KEY or WHISPER_MODEL_PATH, then start a sync: the recording is kept and transcribed then.";

/**
 * An endpoint of one's own before a local model before OpenAI's; null: none is configured.
 *
 * @param settings the environment's, unless a test brings its own
 */
export function speechModel(settings: Env = env()): SpeechModel | null {
  const { TRANSCRIBE_BASE_URL, TRANSCRIBE_API_KEY, TRANSCRIBE_MODEL, WHISPER_MODEL_PATH, OPENAI_API_KEY } = settings;
  if (TRANSCRIBE_BASE_URL === undefined && WHISPER_MODEL_PATH !== undefined) {
    return {
      name: "whisper (local)",
      limits: whisperLimits,
      takesOriginals: false,
      costMicroUsd: () => 0n,
      transcribe: (file, signal) => transcribeLocally(WHISPER_MODEL_PATH, file, signal),
    };
  }
  const isOwn = TRANSCRIBE_BASE_URL !== undefined;
  if (!isOwn && OPENAI_API_KEY === undefined) return null;
  const endpoint = {
    baseUrl: TRANSCRIBE_BASE_URL ?? settings.OPENAI_BASE_URL,
    // OpenAI's key goes to OpenAI's address only
    apiKey: TRANSCRIBE_API_KEY ?? (isOwn ? undefined : OPENAI_API_KEY),
    model: TRANSCRIBE_MODEL,
  };
  return {
    name: TRANSCRIBE_MODEL,
    limits: endpointLimits,
    takesOriginals: true,
    costMicroUsd: (seconds) => transcriptionCost(seconds, settings),
    transcribe: (file, signal) => transcribeAtEndpoint(endpoint, file, signal),
  };
}
