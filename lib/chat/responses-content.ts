import { z } from "zod";
import { InvalidInputError } from "@/lib/errors";
import { readPart } from "./responses-schemas";
import type { ChatMessage, ContentPart } from "./schemas";

const Part = z.looseObject({ type: z.string() });
type Part = z.infer<typeof Part>;
/** What a message or the output of a function holds: text, or parts. */
export const Content = z.union([z.string(), z.array(Part)]);
export type Content = z.infer<typeof Content>;

const TextPart = z.looseObject({ text: z.string() });
const RefusalPart = z.looseObject({ refusal: z.string() });
const ImagePart = z.looseObject({ image_url: z.string().nullish(), detail: z.string().nullish() });
const AudioPart = z.looseObject({ input_audio: z.looseObject({}) });
const FilePart = z.looseObject({ file_data: z.string().nullish(), filename: z.string().nullish() });

/** Parts as chat completions take them. @throws {InvalidInputError} for what is kept elsewhere or not known */
export function toChatParts(content: Content, place: string): ContentPart[] {
  if (typeof content === "string") return [{ type: "text", text: content }];
  return content.map((part, index) => toChatPart(part, `${place}.${index}`));
}

/**
 * Parts as the content of a message. Text alone is a string: many servers of open models take nothing else.
 *
 * @param between what stands between texts that become one; null leaves several parts apart
 */
export function toContent(parts: ContentPart[], between: string | null): ChatMessage["content"] {
  const isText = parts.every(({ type }) => type === "text");
  if (!isText || (parts.length > 1 && between === null)) return parts;
  return parts.map(({ text }) => text ?? "").join(between ?? "");
}

function toChatPart(part: Part, place: string): ContentPart {
  switch (part.type) {
    case "input_text":
    case "output_text":
    case "text":
      return { type: "text", text: readPart(TextPart, part, place).text };
    case "refusal":
      return { type: "refusal", refusal: readPart(RefusalPart, part, place).refusal };
    case "input_image":
      return imagePart(readPart(ImagePart, part, place), place);
    case "input_audio":
      return { type: "input_audio", input_audio: readPart(AudioPart, part, place).input_audio };
    case "input_file":
      return filePart(readPart(FilePart, part, place), place);
    default:
      throw new InvalidInputError(
        `${place} is of type ${part.type}, which is not served here: input_text, input_image, input_audio, input_file, output_text and refusal are.`,
        `${place}.type`,
      );
  }
}

function imagePart({ image_url: url, detail }: z.infer<typeof ImagePart>, place: string): ContentPart {
  if (!url)
    throw new InvalidInputError(`${place} needs image_url: no files are kept here that file_id could name.`, place);
  // chat completions know no finer one than high
  const told = detail === "original" ? "high" : detail;
  return { type: "image_url", image_url: { url, ...(told ? { detail: told } : {}) } };
}

function filePart({ file_data: data, filename }: z.infer<typeof FilePart>, place: string): ContentPart {
  if (!data) {
    const why = "no files are kept here that file_id could name, and none are fetched from file_url.";
    throw new InvalidInputError(`${place} needs file_data: ${why}`, place);
  }
  const text = textOfFile(data, filename ?? "");
  if (text !== null) return { type: "text", text: `File ${filename ?? "without a name"}:\n\n${text}` };
  return { type: "file", file: { ...(filename ? { filename } : {}), file_data: data } };
}

const textTypes = /^(?:text\/|application\/(?:json|xml|yaml|x-yaml|javascript|x-ndjson|sql)$)/i;
const textNames = /\.(?:txt|md|csv|tsv|json|jsonl|xml|ya?ml|html?|log|[jt]sx?|py|sql|srt|vtt)$/i;

/** The text of a file that is text, which every model can read; null for PDFs and other files. */
function textOfFile(data: string, filename: string): string | null {
  const encoded = /^data:([^;,]*)[^,]*,/i.exec(data);
  const type = encoded?.[1] ?? "";
  if (!(type === "" ? textNames.test(filename) : textTypes.test(type))) return null;
  const bytes = Buffer.from(data.slice(encoded?.[0].length ?? 0), "base64");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
