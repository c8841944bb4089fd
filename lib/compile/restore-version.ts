import type { Ctx } from "@/lib/auth/context";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { transaction } from "@/lib/db/transaction";
import { AppError, NotFoundError } from "@/lib/errors";
import { lockFace, requireFace } from "@/lib/faces/require-face";
import { findActiveJob } from "@/lib/jobs/queue";
import { embedOverrides } from "./embed-overrides";
import { measureFace } from "./fidelity.job";
import { changeGraph } from "./link-graph";
import { toVersionViews, type VersionView } from "./list-versions";
import { Overrides } from "./primitive-overrides";
import { readSources, type Source } from "./read-statements";
import { refreshProfile } from "./refresh-profile";
import { refreshVoice } from "./refresh-voice";
import { sourcesOf } from "./version-state";

/**
 * Puts a face back to one of its versions: the texts of then that are still there, and its owner's word of then. It
 * is a new version. Texts that were not part of it leave the graph and wait; nothing is charged for compiling them
 * again, since what was read of them is stored.
 *
 * @throws {NotFoundError}
 * @throws {AppError} `conflict` while a sync runs
 */
export async function restoreVersion(
  ctx: Ctx,
  { face: ref, number }: { face: string; number: number },
): Promise<VersionView> {
  const { id: faceId } = await requireFace(ctx, ref);
  const row = await ctx.db.faceVersion.findUnique({ where: { faceId_number: { faceId, number } } });
  if (row === null) throw new NotFoundError(`Version ${number} of the face`);
  const overrides = Overrides.parse(row.overrides);
  const vectors = await embedOverrides(overrides);
  await changeGraph(
    ctx.db,
    faceId,
    {
      reason: "restore",
      overrides,
      sources: (db) => readSources(db, faceId, sourcesOf(row)),
      async apply(tx, sources) {
        await requireNoSync(tx, faceId);
        return swapSources(tx, faceId, sources);
      },
      beforeVersion: (tx) => writeOverrides(tx, faceId, overrides, vectors),
      async after(tx) {
        await tx.face.update({ where: { id: faceId }, data: { fidelity: Prisma.DbNull } });
        await measureFace.enqueue(tx, { faceId });
      },
    },
    { transaction: (work) => transaction(ctx.db, work) },
  );
  await refreshProfile(ctx.db, faceId);
  await refreshVoice(ctx.db, faceId);
  return newest(ctx, faceId);
}

/** The caller holds the face's lock, which whoever starts a sync takes. */
async function requireNoSync(tx: Transaction, faceId: string): Promise<void> {
  if ((await findActiveJob(tx, "compile.sync", faceId)) === null) return;
  throw new AppError("conflict", "The face is being synced. Wait for its end or cancel it, then restore the version.");
}

/** @returns false when one of the texts is gone by now */
async function swapSources(tx: Transaction, faceId: string, sources: Source[]): Promise<boolean> {
  const wanted = JSON.stringify(sources);
  const restored = await tx.$executeRaw`
    UPDATE documents d SET compiled_version = w.version, error = NULL,
      status = CASE WHEN d.version = w.version THEN 'synced' ELSE 'pending' END,
      queued_version = CASE WHEN d.version = w.version THEN d.queued_version END
    FROM jsonb_to_recordset(${wanted}::jsonb) AS w ("documentId" text, version int)
    WHERE d.id = w."documentId" AND d.face_id = ${faceId}`;
  await tx.$executeRaw`
    UPDATE documents SET compiled_version = NULL, status = 'pending', queued_version = NULL, synced_at = NULL
    WHERE face_id = ${faceId} AND compiled_version IS NOT NULL
      AND id NOT IN (SELECT "documentId" FROM jsonb_to_recordset(${wanted}::jsonb) AS w ("documentId" text))`;
  return restored === sources.length;
}

/** Writes the owner's word on a face's primitives, by their keys; those that are not named have none. */
export async function writeOverrides(
  tx: Transaction,
  faceId: string,
  overrides: Overrides,
  vectors: Record<string, Uint8Array>,
): Promise<void> {
  const rows = Object.entries(overrides).map(([key, override]) => ({
    key,
    ...override,
    vector: vectors[key] === undefined ? null : Buffer.from(vectors[key]).toString("base64"),
  }));
  await tx.$executeRaw`
    UPDATE primitives p SET
      is_pinned = coalesce(w.pinned, false), is_disabled = coalesce(w.disabled, false),
      is_accepted = coalesce(w.accepted, false), edited_text = w.text, edited_component = w.component,
      edited_predicate = w.predicate, edited_vector = decode(w.vector, 'base64')
    FROM primitives q
    LEFT JOIN jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS w (
      key text, pinned boolean, disabled boolean, accepted boolean, text text, component text, predicate text,
      vector text) ON w.key = q.key
    WHERE q.face_id = ${faceId} AND p.id = q.id
      AND (w.key IS NOT NULL OR p.is_pinned OR p.is_disabled OR p.is_accepted OR p.edited_text IS NOT NULL
           OR p.edited_component IS NOT NULL)`;
}

async function newest(ctx: Ctx, faceId: string): Promise<VersionView> {
  return transaction(ctx.db, async (tx) => {
    const face = await lockFace(tx, faceId);
    const where = { faceId_number: { faceId, number: face?.version ?? 0 } };
    const row = await tx.faceVersion.findUnique({ where });
    const [view] = face === null || row === null ? [] : await toVersionViews(tx, face, [row]);
    if (view === undefined) throw new NotFoundError("The face");
    return view;
  });
}
