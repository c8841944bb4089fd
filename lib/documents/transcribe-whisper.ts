import { readFile } from "node:fs/promises";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { toSpeechWav } from "./media-process";
import { Semaphore } from "./semaphore";
import type { Heard, SpeechFile } from "./transcribe-model";

const packageName = "@fugood/whisper.node";
const wavHeaderBytes = 44;

/** The part of the runtime that is used. Times are hundredths of a second (its README and `lib/binding.ts`, 1.1.3). */
export type WhisperRuntime = {
  initWhisper(options: { filePath: string }): Promise<WhisperContext>;
};
type WhisperContext = {
  transcribeData(
    samples: ArrayBuffer,
    options: { language?: string },
  ): { stop(): Promise<void>; promise: Promise<unknown> };
};

const Result = z.object({
  language: z.string().nullish(),
  result: z.string(),
  segments: z.array(z.object({ text: z.string(), t0: z.number(), t1: z.number() })),
  isAborted: z.boolean().optional(),
});

/** One at a time: it takes all cores by itself. */
const turns = new Semaphore(1);
const contexts = new Map<string, Promise<WhisperContext>>();

/**
 * Has one file heard by a Whisper model on this machine.
 *
 * @param load the runtime, which is no dependency; tests bring their own
 * @throws {AppError} `unavailable` not installed, or the model cannot be loaded: what to do about it
 */
export async function transcribeLocally(
  modelPath: string,
  file: SpeechFile,
  signal: AbortSignal,
  load: () => Promise<WhisperRuntime> = loadRuntime,
): Promise<Heard> {
  const wav = `${file.path}.16k.wav`;
  await toSpeechWav(file.path, wav, signal);
  const bytes = await readFile(wav);
  const samples = Uint8Array.from(bytes.subarray(wavHeaderBytes)).buffer;
  return turns.run(signal, async () => {
    const context = await open(modelPath, load);
    const { stop, promise } = context.transcribeData(samples, { language: "auto" });
    const halt = () => void stop().catch(() => undefined);
    signal.addEventListener("abort", halt, { once: true });
    try {
      const { language, result, segments } = Result.parse(await promise);
      signal.throwIfAborted();
      const utterances = segments
        .map(({ t0, t1, text }) => ({ start: t0 / 100, end: t1 / 100, speaker: null, text: text.trim() }))
        .filter(({ text }) => text !== "");
      return { text: result.trim(), language: language ?? null, utterances };
    } finally {
      signal.removeEventListener("abort", halt);
    }
  });
}

function open(modelPath: string, load: () => Promise<WhisperRuntime>): Promise<WhisperContext> {
  const known = contexts.get(modelPath);
  if (known !== undefined) return known;
  const opened = load().then(async (runtime) => {
    try {
      return await runtime.initWhisper({ filePath: modelPath });
    } catch (cause) {
      log.error("the Whisper model could not be loaded", { modelPath, cause });
      throw unavailable(
        "The speech model at WHISPER_MODEL_PATH could not be loaded. It has to be a GGML file of Whisper.",
        cause,
      );
    }
  });
  contexts.set(modelPath, opened);
  opened.catch(() => contexts.delete(modelPath));
  return opened;
}

async function loadRuntime(): Promise<WhisperRuntime> {
  try {
    // not a dependency: a variable name keeps bundlers from looking for it
    const name: string = packageName;
    return (await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ name)) as WhisperRuntime;
  } catch (cause) {
    const sentence = `WHISPER_MODEL_PATH is set, but the runtime for it is not installed. Run \`npm install --no-save ${packageName}\` in the installation's folder and start it again.`;
    throw unavailable(sentence, cause);
  }
}

function unavailable(sentence: string, cause: unknown): AppError {
  return new AppError("unavailable", sentence, { cause });
}
