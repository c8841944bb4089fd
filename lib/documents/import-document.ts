import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { requireSourceFace } from "@/lib/faces/parts";
import type { FaceRow } from "@/lib/faces/require-face";
import { guardedFetch } from "@/lib/net/guarded-fetch";
import { addDocument, hashContent, typeOf } from "./add-document";
import { toWebVtt } from "./captions";
import { extractText } from "./extract-text";
import { type Fetch, fetchCaptions, youtubeVideoId } from "./fetch-captions";
import { fetchPage } from "./fetch-page";
import type { Note } from "./formats/reading";
import { withNaming } from "./insert-document";
import { type DocumentView, UploadFields } from "./schemas";

/** `POST …/import`. */
export const ImportInput = UploadFields.extend({ url: z.string().trim().min(1).max(2_000) });
export type ImportInput = z.infer<typeof ImportInput>;

/** A file that came from the net, named as a reader needs it. */
type Source = { bytes: Uint8Array; fileName: string; title: string; url: string; notes: Note[] };

/**
 * Adds what lies at an address to a face: the captions of a video of YouTube's, else a page or a file. It is staged:
 * nothing is compiled before a sync. The same content twice is one document.
 *
 * @param fetch tests bring their own
 * @throws {NotFoundError} the face
 * @throws {AppError} `invalid_input` not a public address; `unreadable`, `unsupported_type`, `too_large`, saying why
 */
export async function importDocument(
  ctx: Ctx,
  input: ImportInput & { face: string },
  fetch: Fetch = guardedFetch,
): Promise<DocumentView> {
  const face = await requireSourceFace(ctx, input.face);
  const videoId = youtubeVideoId(input.url);
  const source = videoId === null ? await readPage(ctx, input.url, fetch) : await readVideo(ctx, videoId, fetch);
  return stage(ctx, face, input, source);
}

async function readPage(ctx: Ctx, url: string, fetch: Fetch): Promise<Source> {
  return { ...(await fetchPage(url, ctx.signal, fetch)), notes: [] };
}

async function readVideo(ctx: Ctx, videoId: string, fetch: Fetch): Promise<Source> {
  const { cues, title, isAutomatic } = await fetchCaptions(videoId, ctx.signal, fetch);
  const note = { code: "automatic_captions", message: "A machine heard these captions: some words may be wrong." };
  return {
    bytes: Buffer.from(toWebVtt(cues)),
    fileName: "captions.vtt",
    title: title ?? `Video ${videoId}`,
    url: `https://www.youtube.com/watch?v=${videoId}`,
    notes: isAutomatic ? [note] : [],
  };
}

async function stage(ctx: Ctx, face: FaceRow, input: ImportInput, source: Source): Promise<DocumentView> {
  const { bytes, fileName, title, url } = source;
  const reading = await extractText(bytes, fileName, ctx.signal);
  return addDocument(ctx, face, {
    ...input,
    ...reading,
    notes: [...source.notes, ...reading.notes],
    type: input.type ?? typeOf(reading, input, withNaming(face, input)),
    contentHash: hashContent(bytes),
    source: "import",
    sourceUrl: url,
    fallbackLabel: title,
    original: { byteSize: bytes.byteLength, mimeType: reading.mimeType, open: () => bytes },
  });
}
