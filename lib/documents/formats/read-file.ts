import { fileTypeFromBuffer } from "file-type";
import { decodeText } from "./decode-text";
import { languageNotes } from "./language";
import { isHtml, isJson, isSubtitles } from "./text-kinds";
import { readText } from "./read-text";
import { isWhatsApp, readWhatsApp } from "./read-whatsapp";
import { type Reading, type ReadingWithSpeakers, Refusal, type SourceFile } from "./reading";
import { summarizeSpeakers } from "./summarize-speakers";

const maxTextChars = 20_000_000;

const known = "Upload text, Markdown, PDF, DOCX, HTML, EPUB, subtitles or a chat export.";

/** What to do with kinds of files that people have and that cannot be read here. */
const advice: [pattern: RegExp, sentence: string][] = [
  [/rtf/u, "is RTF. Open it in a word processor and save it as .docx."],
  [
    /cfb|msword|ms-excel|ms-powerpoint/u,
    "is an old or password-protected Office file. Save it as .docx without a password.",
  ],
  [/opendocument/u, "is an OpenDocument file. Save it as .docx, or export it as PDF."],
  [/spreadsheetml|presentationml|ms-excel|visio/u, "is no text document. Export it as PDF, or copy its text."],
  [/^image\//u, "is a picture. Type its text, or upload a PDF that holds text."],
  [/^(?:audio|video)\//u, "is a recording that cannot be played here. Upload it as MP3, WAV, M4A or MP4."],
  [/mobi|amazon/u, "is a Kindle book. Convert it to EPUB."],
  [/zip|rar|tar|compressed|gzip|bzip|x-xz|zstd|lz/u, "is an archive. Unpack it and upload the files one at a time."],
];

/**
 * Reads any file that can be a source: told by its content first, by its name second. Parsers are loaded when a file
 * needs them: most are text, and need none.
 *
 * @throws {Refusal} with a sentence that says why, and what to do instead
 */
export async function readFile(file: SourceFile): Promise<ReadingWithSpeakers> {
  if (file.bytes.byteLength === 0) throw new Refusal("unreadable", `${file.fileName} is empty.`);
  const reading = await readKnown(file);
  if (reading.text.length > maxTextChars) {
    throw new Refusal("too_large", `${file.fileName} holds more than 20 million characters. Upload it in parts.`);
  }
  const text = reading.text.replaceAll("\0", "").toWellFormed();
  if (!/[\p{L}\p{N}]/u.test(text)) throw new Refusal("unreadable", `There is no text to read in ${file.fileName}.`);
  const notes = [...reading.notes, ...languageNotes(text)];
  return { ...reading, text, notes, speakers: summarizeSpeakers(text) };
}

async function readKnown(file: SourceFile): Promise<Reading> {
  const mime = (await sniff(file.bytes)) ?? "";
  if (mime === "application/pdf") return (await import("./read-pdf")).readPdf(file);
  if (/^application\/(?:zip|epub\+zip|vnd\.openxmlformats|vnd\.oasis|x-apple|vnd\.ms-)/u.test(mime)) {
    return readArchive(file, mime);
  }
  const isText = mime === "" || /^text\/|xml$|json$|x-subrip/u.test(mime);
  if (!isText) throw refuse(file.fileName, mime);
  return readTextual(decodeText(file.bytes, file.fileName), file.fileName);
}

/** What the first bytes say. A parser that fails on them says nothing. */
async function sniff(bytes: Uint8Array): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(bytes))?.mime;
  } catch {
    return undefined;
  }
}

async function readArchive(file: SourceFile, mime: string): Promise<Reading> {
  const paths = (await import("./unzip")).listZip(file.bytes, file.fileName);
  if (paths.includes("word/document.xml") || mime.endsWith("wordprocessingml.document")) {
    return (await import("./read-docx")).readDocx(file);
  }
  if (paths.includes("META-INF/container.xml") || mime.endsWith("epub+zip")) {
    return (await import("./read-epub")).readEpub(file);
  }
  if (mime === "application/zip") return (await import("./read-chat-zip")).readChatZip(file, paths);
  throw refuse(file.fileName, mime);
}

async function readTextual(text: string, fileName: string): Promise<Reading> {
  if (isJson(text, fileName)) return (await import("./read-json-chat")).readJsonChat(text, fileName);
  if (isSubtitles(text)) return (await import("./read-subtitles")).readSubtitles(text, fileName);
  if (isHtml(text, fileName)) return (await import("./read-html")).readHtml(text);
  return isWhatsApp(text) ? readWhatsApp(text) : readText(text, fileName);
}

function refuse(fileName: string, mime: string): Refusal {
  const sentence = advice.find(([pattern]) => pattern.test(mime))?.[1] ?? `is ${mime}, which cannot be read.`;
  return new Refusal("unsupported_type", `${fileName} ${sentence} ${sentence.endsWith("read.") ? known : ""}`.trim());
}
