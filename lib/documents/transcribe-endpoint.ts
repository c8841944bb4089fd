import { openAsBlob } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent, fetch, FormData, type Response } from "undici";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { Heard, SpeechFile } from "./transcribe-model";

export type SpeechEndpoint = { baseUrl: string; apiKey: string | undefined; model: string };

const timeoutMs = 10 * 60_000;
const maxAttempts = 4;
const longestWaitMs = 60_000;
const maxMessageChars = 300;

/** Servers of speech models answer once they have heard all. */
const dispatcher = new Agent({ headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connect: { timeout: 10_000 } });

const endings: Record<string, string> = {
  "audio/mpeg": "mp3",
  "audio/mp4": "m4a",
  "audio/x-m4a": "m4a",
  "video/mp4": "mp4",
  "audio/wav": "wav",
  "audio/x-wav": "wav",
  "audio/vnd.wave": "wav",
  "audio/wave": "wav",
  "audio/webm": "webm",
  "video/webm": "webm",
  "audio/ogg": "ogg",
  "application/ogg": "ogg",
  "audio/flac": "flac",
  "audio/x-flac": "flac",
};

/** Whether the endpoint knows this kind of file, so that it need not be touched. */
export function takesAsIs(mimeType: string): boolean {
  return bare(mimeType) in endings;
}

const Segment = z.object({
  start: z.number().catch(0),
  end: z.number().catch(0),
  text: z.string(),
  speaker: z.union([z.string(), z.number().transform(String)]).nullish(),
});
const Answer = z.object({
  text: z.string(),
  language: z.string().nullish(),
  segments: z.array(Segment).nullish(),
});

/**
 * Has one file heard by an OpenAI-compatible `/audio/transcriptions`. Tried again, with growing pauses, when the server
 * is busy, broken or away.
 *
 * @param pauseMs before the first retry; doubled before each further one
 * @throws {AppError} `upstream_failed`; `unreadable` when the server says that the file is at fault
 */
export async function transcribeAtEndpoint(
  endpoint: SpeechEndpoint,
  file: SpeechFile,
  signal: AbortSignal,
  pauseMs = 1_000,
): Promise<Heard> {
  let format = formatFor(endpoint.model);
  for (let attempt = 1; ; attempt++) {
    const answer = await ask(endpoint, file, format, signal);
    if (!(answer instanceof AppError)) return answer;
    // models that answer with the text alone say so, and are asked for just that
    if (answer.code === "unreadable" && /response_format/u.test(answer.message) && format !== "json") {
      format = "json";
      continue;
    }
    if (answer.retryAfterSeconds === null || attempt >= maxAttempts) throw answer;
    const wait = Math.max(pauseMs * 2 ** (attempt - 1), answer.retryAfterSeconds * 1000);
    await sleep(Math.min(wait, longestWaitMs), undefined, { signal });
  }
}

type Format = "verbose_json" | "diarized_json" | "json";

/** OpenAI's gpt-4o models answer with text alone, the diarizing one with speakers, Whisper and its like with times. */
function formatFor(model: string): Format {
  if (/diarize/iu.test(model)) return "diarized_json";
  return /^gpt-4o/iu.test(model) ? "json" : "verbose_json";
}

/** One request. @returns what went wrong, when something did; `retryAfterSeconds` is null where trying again is in vain */
async function ask(
  { baseUrl, apiKey, model }: SpeechEndpoint,
  file: SpeechFile,
  format: Format,
  signal: AbortSignal,
): Promise<Heard | AppError> {
  const form = new FormData();
  form.set(
    "file",
    await openAsBlob(file.path, { type: bare(file.mimeType) }),
    `recording.${endings[bare(file.mimeType)] ?? "mp3"}`,
  );
  form.set("model", model);
  form.set("response_format", format);
  if (format === "verbose_json") form.set("timestamp_granularities[]", "segment");
  if (format === "diarized_json") form.set("chunking_strategy", "auto");
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/u, "")}/audio/transcriptions`, {
      method: "POST",
      body: form,
      headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      dispatcher,
    });
    if (!response.ok) return await refusal(response);
    const answer = Answer.safeParse(await response.json());
    if (answer.success) return toHeard(answer.data, file.seconds);
    return failed("answered with something that is no transcript", 0);
  } catch (error) {
    signal.throwIfAborted();
    return failed("could not be reached, or broke off", 0, error);
  }
}

async function refusal(response: Response): Promise<AppError> {
  const { status } = response;
  const said = messageOf(await response.text().catch(() => ""));
  const isFaultOfFile = status === 400 || status === 413 || status === 415 || status === 422;
  if (isFaultOfFile) {
    return new AppError("unreadable", `The speech model refused the recording: ${said || `status ${status}`}`, {
      param: "file",
    });
  }
  const asked = Number(response.headers.get("retry-after") ?? "0");
  const again = status === 408 || status === 409 || status === 429 || status >= 500;
  const what = `answered with status ${status}${said === "" ? "" : `: ${said}`}`;
  return failed(what, again ? (Number.isFinite(asked) ? asked : 0) : null);
}

function failed(what: string, retryAfterSeconds: number | null, cause?: unknown): AppError {
  return new AppError("upstream_failed", `The speech model's server ${what.replace(/\.$/u, "")}.`, {
    cause,
    ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }),
  });
}

function messageOf(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: { message?: unknown } | string };
    const message = typeof error === "object" ? error.message : error;
    return typeof message === "string" ? message.slice(0, maxMessageChars) : "";
  } catch {
    return "";
  }
}

function toHeard({ text, language, segments }: z.infer<typeof Answer>, seconds: number): Heard {
  const utterances = (segments ?? [])
    .map(({ start, end, text: said, speaker }) => ({ start, end, speaker: speaker ?? null, text: said.trim() }))
    .filter(({ text: said }) => said !== "");
  const whole = { start: 0, end: seconds, speaker: null, text: text.trim() };
  const hasNone = utterances.length === 0 && whole.text !== "";
  return { text: text.trim(), language: language ?? null, utterances: hasNone ? [whole] : utterances };
}

function bare(mimeType: string): string {
  return (mimeType.split(";")[0] ?? "").trim().toLowerCase();
}
