import type { JsonRecord } from "./json-value";
import { countWords } from "./asked";
import { jsonReply, ProviderError, type Reply, textReply } from "./reply";

/**
 * `POST /v1/audio/transcriptions` in all its response formats.
 *
 * A file that is plain UTF-8 text is "heard" word for word, so a test can say what the recording holds; of a WAV file
 * the transcript tells its length and how loud it is; of anything else it names the file and its size.
 */
export function openaiTranscription(form: JsonRecord): Reply {
  const file = form["file"];
  if (!(file instanceof UploadedFile))
    throw new ProviderError(400, "Missing required parameter: 'file'.", { param: "file" });
  if (typeof form["model"] !== "string")
    throw new ProviderError(400, "you must provide a model parameter", { param: "model" });

  const text = heard(file);
  const segments = (text.match(/[^.!?]+[.!?]*/g) ?? []).map((part, id) => ({
    id,
    start: id * 2,
    end: id * 2 + 2,
    text: part.trim(),
  }));
  const duration = segments.length * 2;

  switch (form["response_format"] ?? "json") {
    case "text":
      return textReply(`${text}\n`, "text/plain; charset=utf-8");
    case "srt":
      return textReply(
        segments.map((s) => `${s.id + 1}\n${clock(s.start, ",")} --> ${clock(s.end, ",")}\n${s.text}\n`).join("\n"),
        "text/plain; charset=utf-8",
      );
    case "vtt":
      return textReply(
        `WEBVTT\n\n${segments.map((s) => `${clock(s.start, ".")} --> ${clock(s.end, ".")}\n${s.text}\n`).join("\n")}`,
        "text/plain; charset=utf-8",
      );
    case "diarized_json":
      return jsonReply({
        task: "transcribe",
        duration,
        text,
        segments: segments.map((segment) => ({
          ...segment,
          id: `seg_${segment.id}`,
          type: "transcript.text.segment",
          speaker: segment.id % 2 === 0 ? "A" : "B",
        })),
        usage: { type: "duration", seconds: duration },
      });
    case "verbose_json":
      return jsonReply({
        task: "transcribe",
        language: "english",
        duration,
        text,
        segments,
        usage: { type: "duration", seconds: duration },
      });
    default:
      return jsonReply({
        text,
        usage: {
          type: "tokens",
          input_tokens: file.bytes.length,
          output_tokens: countWords(text),
          total_tokens: file.bytes.length + countWords(text),
        },
      });
  }
}

/** A file as it arrived in a multipart body. */
export class UploadedFile {
  constructor(
    readonly name: string,
    readonly type: string,
    readonly bytes: Uint8Array,
  ) {}
}

function heard(file: UploadedFile): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(file.bytes).trim();
    if (text !== "" && !text.includes("\0")) return text;
  } catch {
    // Not text: real audio.
  }
  const wav = heardWav(Buffer.from(file.bytes));
  if (wav !== null) return wav;
  return `A recording named ${file.name} of ${file.bytes.length} bytes.`;
}

/** A plain 16-bit PCM file, as recorders and tests write them. */
function heardWav(bytes: Buffer): string | null {
  if (bytes.length < 44 || bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.readUInt16LE(34) !== 16) return null;
  const bytesPerSecond = bytes.readUInt32LE(28);
  const seconds = Math.round((bytes.length - 44) / bytesPerSecond);
  let loudest = 0;
  for (let at = 44; at + 1 < bytes.length; at += 2) loudest = Math.max(loudest, Math.abs(bytes.readInt16LE(at)));
  return `I spoke for ${seconds} seconds. ${loudest > 1000 ? "I spoke up." : "I kept quiet."}`;
}

function clock(seconds: number, separator: string): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${separator}000`;
}
