import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { runTask } from "@/lib/compute/pool";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { toFaceView } from "@/lib/faces/face-views";
import { isComposite, partIds, readParts, shownFormula } from "@/lib/faces/parts";
import { type FaceRow, requireReadableFace } from "@/lib/faces/require-face";
import { writePng } from "@/lib/png-chunks";
import { readCardFace } from "./read-card-face";
import { cardFormat, type CardFace, type FacesExtension } from "./card-schema";
import { type ExportQuery } from "./schemas";

const drawTimeoutMs = 30_000;
/** For readers of other makes, which put it all into every prompt. */
const maxShownStatements = 60;
const maxShownLines = 12;

const SpokenLines = z.object({ exemplars: z.array(z.object({ text: z.string() })) });

export type ExportedCard = { bytes: Uint8Array; fileName: string; mimeType: string };

/**
 * A face as a Character Card: V3, with all that is needed to have it again elsewhere in `extensions.faces`. As a PNG
 * its picture is its fingerprint, and readers that know V2 alone find the same in `chara`, without our extension.
 *
 * @throws {NotFoundError}
 * @throws {AppError} `too_large` more than a card may hold
 */
export async function exportFace(
  ctx: Ctx,
  { face: ref, format }: ExportQuery & { face: string },
): Promise<ExportedCard> {
  const face = await requireReadableFace(ctx, ref);
  const extension = await readExtension(ctx, face);
  const card = toCard(extension, face);
  const json = JSON.stringify(card);
  const fileName = `${face.username}.card.${format}`;
  if (format === "json") {
    return { bytes: withinLimit(Buffer.from(json)), fileName, mimeType: "application/json" };
  }
  const { fingerprint } = await toFaceView(ctx.db, face);
  const picture = await runTask("drawFingerprint", fingerprint, { timeoutMs: drawTimeoutMs, signal: ctx.signal });
  const bytes = writePng(picture, [
    { keyword: "chara", text: base64(JSON.stringify(toOldCard(card))) },
    { keyword: "ccv3", text: base64(json) },
  ]);
  return { bytes: withinLimit(bytes), fileName, mimeType: "image/png" };
}

/** What cannot be taken in again is no card. */
function withinLimit(bytes: Uint8Array): Uint8Array {
  const limitMb = env().MAX_UPLOAD_MB;
  if (bytes.byteLength <= limitMb * 1024 * 1024) return bytes;
  const sentence = `The card would be larger than ${limitMb} MB, which is more than can be imported. As JSON it is a quarter smaller; the export of the account holds everything.`;
  throw new AppError("too_large", sentence, { param: "format" });
}

/** All of a face; of a composite, with its parts. */
export async function readExtension({ db }: Pick<Ctx, "db">, face: FaceRow): Promise<FacesExtension> {
  const own = await readCardFace(db, face);
  if (!isComposite(face)) return { format: cardFormat, formula: null, face: own, parts: [] };
  const rows = await readParts(db, [face]);
  const parts: CardFace[] = [];
  for (const id of partIds(face)) {
    const part = rows.get(id);
    if (part !== undefined) parts.push(await readCardFace(db, part));
  }
  return { format: cardFormat, formula: shownFormula(face.formula, rows), face: own, parts };
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}

type Card = ReturnType<typeof toCard>;

/** What every reader of cards finds in it, and what only ours do. */
function toCard(extension: FacesExtension, face: FaceRow) {
  const { face: own, formula, parts } = extension;
  return {
    spec: "chara_card_v3",
    spec_version: "3.0",
    data: {
      name: own.name ?? own.username,
      description: own.basic_facts,
      personality: shownStatements([own, ...parts]).join("\n"),
      scenario: "",
      first_mes: "",
      mes_example: shownLines(own.voice),
      creator_notes:
        formula === null
          ? "Made with Faces. What it was read in stands in extensions.faces, sentence by sentence."
          : `Made with Faces, of other faces: ${formula}. They stand in extensions.faces.`,
      system_prompt: "",
      post_history_instructions: "",
      alternate_greetings: [],
      group_only_greetings: [],
      tags: [],
      creator: "",
      character_version: String(face.version),
      ...(own.aliases[0] === undefined ? {} : { nickname: own.aliases[0] }),
      creation_date: Math.floor(face.createdAt.getTime() / 1_000),
      modification_date: Math.floor(face.updatedAt.getTime() / 1_000),
      extensions: { faces: extension },
    },
  };
}

/** V2: the same without what came with V3, and without our extension, which would be there twice. */
function toOldCard({ data }: Card) {
  const { group_only_greetings: _a, nickname: _b, creation_date: _c, modification_date: _d, ...old } = data;
  return { spec: "chara_card_v2", spec_version: "2.0", data: { ...old, extensions: {} } };
}

/** What stands in `personality`: pinned statements and the surest first. */
function shownStatements(faces: readonly CardFace[]): string[] {
  return faces
    .flatMap(({ primitives }) => primitives)
    .filter(({ state }) => state === "active")
    .sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.confidence - a.confidence)
    .slice(0, maxShownStatements)
    .map(({ statement }) => statement);
}

/** What the face says in its threads, as an example of how it speaks. */
function shownLines(voice: unknown): string {
  return (SpokenLines.safeParse(voice).data?.exemplars ?? [])
    .slice(0, maxShownLines)
    .map(({ text }) => `<START>\n{{char}}: ${text}`)
    .join("\n");
}
