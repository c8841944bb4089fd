import type { Ctx } from "@/lib/auth/context";
import { rowCache } from "@/lib/auth/memory";
import type { DbOrTransaction, Prisma, Transaction } from "@/lib/db/client";
import { ForbiddenError, NotFoundError } from "@/lib/errors";

export type FaceRow = Prisma.FaceGetPayload<object>;

const maxFacesInMemory = 2_000;

const faceIdForm = /^face_[0-9a-z]{26}$/;

/** A face is named by its id or by its username. */
function named(ref: string): Prisma.FaceWhereInput {
  return faceIdForm.test(ref) ? { id: ref } : { username: ref };
}

/**
 * The caller's own face, to be changed.
 *
 * @param ref id or username
 * @throws {NotFoundError} missing, or somebody else's
 * @throws {ForbiddenError} the API key is limited to other faces
 */
export async function requireFace(ctx: Ctx, ref: string, db: DbOrTransaction = ctx.db): Promise<FaceRow> {
  const face = await db.face.findFirst({ where: { ...named(ref), accountId: ctx.actor.accountId } });
  if (face === null) throw new NotFoundError("The face");
  requireKeyAllows(ctx, face);
  return face;
}

/**
 * A face that the caller may read and talk to: one of their own, else the installation's sample.
 *
 * @throws {NotFoundError} | {ForbiddenError} as `requireFace`
 */
export async function requireReadableFace(ctx: Ctx, ref: string): Promise<FaceRow> {
  const face = await readReadable(ctx, ref);
  if (face === null) throw new NotFoundError("The face");
  requireKeyAllows(ctx, face);
  return face;
}

/**
 * The same without asking the database again for what this process remembers: for answers, which are many.
 *
 * @returns null when there is none
 * @throws {ForbiddenError} the API key is limited to other faces
 */
export async function findRememberedFace(ctx: Ctx, ref: string): Promise<FaceRow | null> {
  const { accountId } = ctx.actor;
  const face = await rowCache<FaceRow | null>("faces by account and name", maxFacesInMemory).read(
    `${accountId} ${ref}`,
    () => readReadable(ctx, ref),
    // what is not there is remembered too: every model's name is asked for as a face first
    () => [`faces ${accountId}`],
  );
  if (face !== null) requireKeyAllows(ctx, face);
  return face;
}

function readReadable(ctx: Ctx, ref: string): Promise<FaceRow | null> {
  const where = { ...named(ref), OR: [{ accountId: ctx.actor.accountId }, { accountId: null }] };
  // NULLS LAST: a face of one's own that is called like the sample comes first
  return ctx.db.face.findFirst({ where, orderBy: { accountId: { sort: "asc", nulls: "last" } } });
}

/**
 * Locks a face for the rest of the transaction; whatever changes its graph takes this lock first, before any row of its
 * documents, its account or its jobs. NO KEY: an upload, which only refers to the face, need not wait.
 */
export async function lockFace(tx: Transaction, faceId: string): Promise<FaceRow | null> {
  await tx.$queryRaw`SELECT id FROM faces WHERE id = ${faceId} FOR NO KEY UPDATE`;
  return tx.face.findUnique({ where: { id: faceId } });
}

/** The faces that the caller's key is limited to, by id or username; null: it is not limited. */
export function limitedFaces({ actor }: Ctx): Prisma.FaceWhereInput | null {
  if (actor.credential.kind !== "key" || actor.credential.allowedFaces.length === 0) return null;
  const { allowedFaces } = actor.credential;
  return { OR: [{ id: { in: allowedFaces } }, { username: { in: allowedFaces } }] };
}

/** @throws {ForbiddenError} the API key is limited to other faces */
export function requireKeyAllows({ actor }: Ctx, face: { id: string; username: string }): void {
  if (actor.credential.kind !== "key") return;
  const { allowedFaces } = actor.credential;
  if (allowedFaces.length === 0 || allowedFaces.includes(face.id) || allowedFaces.includes(face.username)) return;
  throw new ForbiddenError("This API key may not use this face.");
}
