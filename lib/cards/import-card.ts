import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { runTask } from "@/lib/compute/pool";
import { createFace } from "@/lib/faces/create-face";
import { deleteFace } from "@/lib/faces/delete-face";
import { toFaceView } from "@/lib/faces/face-views";
import { requireFace, requireReadableFace } from "@/lib/faces/require-face";
import { requireServedModel } from "@/lib/faces/require-served-model";
import { NewUsername } from "@/lib/faces/schemas";
import { readExtension } from "./export-face";
import { freeUsername } from "./free-username";
import { importForeignCard } from "./import-foreign-card";
import { importParts, removeParts } from "./import-parts";
import { type Restored, restoreFace } from "./restore-face";
import type { CardFace, FacesExtension } from "./card-schema";
import type { ImportReport, LeftOutReason } from "./schemas";

const readTimeoutMs = 60_000;

/** `POST …/import?username=`: what the new face is to be called; left out: as in the card, or as near as is free. */
export const ImportQuery = z.object({ username: NewUsername.optional() });
export type ImportQuery = z.infer<typeof ImportQuery>;

/**
 * Makes a face of a Character Card. A card of ours comes in whole, with its graph; anybody else's becomes facts and
 * sources that wait for a sync. Nothing that a card says is believed: see `restoreFace`.
 *
 * @throws {AppError} `unsupported_type` no card; `unreadable` damaged; `too_large`; `plan_limit`; `conflict` the
 *   username that was asked for is taken
 */
export async function importCard(ctx: Ctx, bytes: Uint8Array, query: ImportQuery): Promise<ImportReport> {
  const options = { timeoutMs: readTimeoutMs, signal: ctx.signal, isPatient: true };
  const card = await runTask("readCard", { bytes }, options);
  if (card.kind === "foreign") return importForeignCard(ctx, card, query);
  return importExtension(ctx, card.extension, query);
}

/**
 * Makes a face that is the same as one that the caller may read, and their own: the sample, say.
 *
 * @throws {NotFoundError}
 */
export async function copyFace(ctx: Ctx, ref: string, query: ImportQuery): Promise<ImportReport> {
  const face = await requireReadableFace(ctx, ref);
  return importExtension(ctx, await readExtension(ctx, face), query);
}

async function importExtension(ctx: Ctx, extension: FacesExtension, query: ImportQuery): Promise<ImportReport> {
  const parts = await importParts(ctx, extension, (card) => makeFace(ctx, card, { formula: null }));
  const whole = { username: query.username, formula: parts.formula };
  const made = await makeFace(ctx, extension.face, whole).catch(async (error: unknown) => {
    await removeParts(ctx, parts.ids);
    throw error;
  });
  const face = await requireFace(ctx, made.id);
  return {
    face: await toFaceView(ctx.db, face),
    made_by: "faces",
    taken: {
      facts: extension.face.basic_facts !== "",
      documents: made.documents,
      threads: made.threads,
      primitives: made.primitives,
      edits: made.edits,
      parts: parts.usernames,
    },
    left_out: [...made.leftOut, ...parts.leftOut],
    graph: parts.graph ?? made.graph,
    tokens_counted: made.tokens + parts.tokens,
  };
}

export type MadeFace = Restored & { id: string; username: string; leftOut: ImportReport["left_out"] };

/** One face of a card. What fails half-way leaves nothing behind. */
async function makeFace(
  ctx: Ctx,
  card: CardFace,
  { username, formula }: { username?: string | undefined; formula: string | null },
): Promise<MadeFace> {
  const free = username ?? (await freeUsername(ctx, card.username));
  const isServed = await requireServedModel(card.default_model).then(
    () => true,
    () => false,
  );
  const isRenamed = free !== card.username && NewUsername.safeParse(card.username).success;
  const { id } = await createFace(ctx, {
    username: free,
    name: card.name,
    // its texts call it by the name it had, which is no stranger's now
    aliases: isRenamed ? [...new Set([...card.aliases, card.username])].slice(0, 20) : card.aliases,
    pronouns: card.pronouns,
    basic_facts: card.basic_facts,
    default_model: isServed ? card.default_model : null,
    formula,
  });
  try {
    const restored = await restoreFace(ctx, await requireFace(ctx, id), formula === null ? card : withoutSources(card));
    const leftOut = leftOutOf(restored, { isRenamed, isServed });
    return { ...restored, id, username: free, leftOut };
  } catch (error) {
    await deleteFace(ctx, id);
    throw error;
  }
}

const withoutSources = (card: CardFace): CardFace => ({ ...card, documents: [], primitives: [], graph_hash: null });

function leftOutOf(
  restored: Restored,
  { isRenamed, isServed }: { isRenamed: boolean; isServed: boolean },
): ImportReport["left_out"] {
  const all: [what: string, reason: LeftOutReason, count: number][] = [
    ["username", "renamed", Number(isRenamed)],
    ["default_model", "not_served", Number(!isServed)],
    ["documents", "empty", restored.refusedDocuments],
    ["primitives", "not_verified", restored.refusedStatements],
    ["edits", "not_verified", restored.refusedEdits],
    ["graph", restored.isTooLong ? "too_long" : "quota", Number(restored.graph === "staged")],
  ];
  return all.flatMap(([what, reason, count]) => (count > 0 ? [{ what, reason, count }] : []));
}
