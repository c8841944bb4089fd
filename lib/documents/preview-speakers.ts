import type { Ctx } from "@/lib/auth/context";
import { AppError } from "@/lib/errors";
import { requireFace } from "@/lib/faces/require-face";
import { speakerOf } from "./choose-speaker";
import { extractText } from "./extract-text";
import { readUpload } from "./read-upload";
import type { SpeakersPreview } from "./schemas";

/**
 * Who speaks in a file, and who of them seems to be the face. Nothing is stored.
 *
 * @throws {NotFoundError} the face
 * @throws {AppError} as when the file is uploaded; `unreadable` when nobody speaks in it
 */
export async function previewSpeakers(ctx: Ctx, face: string, request: Request): Promise<SpeakersPreview> {
  const row = await requireFace(ctx, face);
  const { file, fileName, dispose } = await readUpload(request);
  try {
    if (file.kind === "media") {
      const sentence = "Who speaks in a recording is known once it is transcribed.";
      throw new AppError("unsupported_type", sentence, { param: "file" });
    }
    const { format, speakers } = await extractText(file.bytes, fileName, ctx.signal);
    if (speakers.length === 0) {
      const sentence = `No turns were found in ${fileName}: a thread has lines that begin with \`Speaker: \`.`;
      throw new AppError("unreadable", sentence, { param: "file" });
    }
    const names = speakers.map(({ name }) => name);
    // whoever exported their conversations with ChatGPT is the one who asked
    const asker = format === "chatgpt" ? (names.find((name) => name === "User") ?? null) : null;
    return { format, speakers, suggested: speakerOf(row, names) ?? asker };
  } finally {
    await dispose();
  }
}
