/** What the owner of a document should know of it. */
export type Note = { code: string; message: string };

/** A file's text, ready to be stored: well-formed, without NULs; offsets of quotes are into it. */
export type Reading = {
  /** `text`, `markdown`, `pdf`, `docx`, `html`, `epub`, `subtitles`, `whatsapp`, … */
  format: string;
  mimeType: string;
  text: string;
  /** What the file is by its kind. `transcript`: text that looks like a thread, for whoever knows its speakers to say. */
  kind: "document" | "thread" | "transcript";
  notes: Note[];
};

/** Who speaks in a text, for whoever has to choose. `sample` holds up to three lines. */
export type SpeakerSummary = { name: string; turns: number; words: number; sample: string[] };

/** A reading with who speaks in it, most turns first. */
export type ReadingWithSpeakers = Reading & { speakers: SpeakerSummary[] };

/** A file as a reader gets it. */
export type SourceFile = { bytes: Uint8Array; fileName: string };

export type RefusalCode = "unreadable" | "unsupported_type" | "too_large";

/** Why a file cannot be read, in a sentence that its owner sees. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
  ) {
    super(message);
    this.name = "Refusal";
  }
}
