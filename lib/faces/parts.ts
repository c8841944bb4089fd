import type { Ctx } from "@/lib/auth/context";
import { rowCache } from "@/lib/auth/memory";
import type { DbOrTransaction, Transaction } from "@/lib/db/client";
import { AppError, ForbiddenError } from "@/lib/errors";
import { type Formula, FormulaError, operandsOf, parseFormula, withNames } from "./formula";
import { type FaceRow, requireFace, requireKeyAllows } from "./require-face";

/** A sentence names no more faces than this. */
const maxListed = 5;

/** A face as far as being composite goes. */
export type Composable = Pick<FaceRow, "id" | "formula">;
export type Composite = Composable & { formula: string };

export function isComposite<F extends Composable>(face: F): face is F & { formula: string } {
  return face.formula !== null;
}

/** Ids of the faces that a composite is made of, each once, from left to right. */
export function partIds({ formula }: Pick<Composite, "formula">): string[] {
  return [...new Set(operandsOf(parseFormula(formula)).map(({ ref }) => ref))];
}

/** The parts of these faces by id, in one query; concrete faces have none. */
export async function readParts(db: DbOrTransaction, faces: readonly Composable[]): Promise<Map<string, FaceRow>> {
  const ids = [...new Set(faces.filter(isComposite).flatMap(partIds))];
  if (ids.length === 0) return new Map();
  const rows = await db.face.findMany({ where: { id: { in: ids } } });
  return new Map(rows.map((row) => [row.id, row]));
}

const maxRememberedFormulas = 1_000;

/** The parts of one composite, without asking the database again for what this process remembers: for answers. */
export function rememberedParts(db: DbOrTransaction, face: Composite): Promise<Map<string, FaceRow>> {
  return rowCache<Map<string, FaceRow>>("parts of composites", maxRememberedFormulas).read(
    face.formula,
    () => readParts(db, [face]),
    (parts) => [...new Set([...parts.values()].map(({ accountId }) => `faces ${accountId ?? "*"}`))],
  );
}

/** A stored formula as people write it: with the usernames that its parts have now. */
export function shownFormula(formula: string, parts: Map<string, Pick<FaceRow, "username">>): string {
  return withNames(formula, (id) => parts.get(id)?.username ?? id);
}

/**
 * Checks a formula and turns it into what is stored: ids instead of usernames, so that a renamed part stays a part.
 * The parts are locked until the transaction ends: none is deleted or made composite meanwhile.
 *
 * @param self id of the face that gets the formula, when it is there already
 * @throws {InvalidInputError} it cannot be read, or an operand is not an own, concrete face
 * @throws {ForbiddenError} the API key is limited to other faces
 */
export async function requireFormula(ctx: Ctx, tx: Transaction, text: string, self: string | null): Promise<string> {
  const formula = parseFormula(text);
  const refs = [...new Set(operandsOf(formula).map(({ ref }) => ref))];
  const { accountId } = ctx.actor;
  await tx.$queryRaw`
    SELECT id FROM faces WHERE account_id = ${accountId} AND (id = ANY(${refs}) OR username = ANY(${refs}))
    ORDER BY id FOR SHARE`;
  const rows = await tx.face.findMany({ where: { accountId, OR: [{ id: { in: refs } }, { username: { in: refs } }] } });
  const found = (ref: string) => rows.find(({ id }) => id === ref) ?? rows.find(({ username }) => username === ref);
  for (const { ref, at } of operandsOf(formula)) requireOperand(ctx, found(ref), { ref, at, self });
  return withNames(text, (ref) => found(ref)?.id ?? ref);
}

type Place = { ref: string; at: number; self: string | null };

function requireOperand(ctx: Ctx, face: FaceRow | undefined, { ref, at, self }: Place): void {
  const place = `The formula names ${ref} at character ${at + 1}`;
  const wrong = (why: string) => new FormulaError(`${place}, ${why}`, at, ref.length);
  if (face === undefined) throw wrong("which is no face of yours.");
  try {
    requireKeyAllows(ctx, face);
  } catch {
    throw new ForbiddenError(`${place}, which this API key may not use.`);
  }
  if (face.id === self) throw wrong("which is the face itself.");
  if (face.formula !== null) {
    throw wrong("which is made by a formula itself. Name the faces that it is made of instead.");
  }
}

/**
 * Refuses to take a face away from the composites that it is a part of. The caller holds the face's lock.
 *
 * @param change what cannot be done: "deleted"
 * @throws {AppError} `conflict` naming them
 */
export async function requireNoPart(
  tx: Transaction,
  face: { id: string; accountId: string },
  change: string,
): Promise<void> {
  const composites = await tx.face.findMany({
    // ids are of one length, so none is found within another
    where: { accountId: face.accountId, formula: { contains: face.id } },
    select: { username: true },
    orderBy: { username: "asc" },
  });
  if (composites.length === 0) return;
  const names = composites.slice(0, maxListed).map(({ username }) => username);
  const more = composites.length - names.length;
  const all = listed(more === 0 ? names : [...names, `${more} more`]);
  const [are, their] = composites.length === 1 ? ["is", "its formula"] : ["are", "their formulas"];
  const text = `The face cannot be ${change}: ${all} ${are} made of it. Change ${their}, or delete ${composites.length === 1 ? "it" : "them"}, first.`;
  throw new AppError("conflict", text);
}

/**
 * The caller's own face, to be given sources or to be changed in its graph: a composite has none of its own.
 *
 * @param what what it is about, as the subject of a sentence: "Sources"
 * @throws {NotFoundError} | {ForbiddenError} as `requireFace`
 * @throws {AppError} `conflict` it is made of other faces
 */
export async function requireSourceFace(ctx: Ctx, ref: string, what = "Sources"): Promise<FaceRow> {
  const face = await requireFace(ctx, ref);
  await requireConcrete(ctx.db, face, what);
  return face;
}

/** @throws {AppError} `conflict` naming the parts */
export async function requireConcrete(db: DbOrTransaction, face: FaceRow, what = "Sources"): Promise<void> {
  if (!isComposite(face)) return;
  const parts = await readParts(db, [face]);
  const names = partIds(face).flatMap((id) => parts.get(id)?.username ?? []);
  const made = `${face.username} is made of other faces (${shownFormula(face.formula, parts)})`;
  throw new AppError("conflict", `${made}. ${what} belong to ${listed(names)}.`);
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** Ids of the parts whose statements a composite keeps, from left to right: none that only stands behind a `-`. */
export function contributors({ formula }: Pick<Composite, "formula">): string[] {
  const kept = (each: Formula): string[] => {
    if (each.kind === "face") return [each.ref];
    return each.operator === "-" ? kept(each.left) : [...kept(each.left), ...kept(each.right)];
  };
  return [...new Set(kept(parseFormula(formula)))];
}

/** Ids of the faces whose sources are a face's own: its own, or those of the parts that it keeps something of. */
export function sourceFaceIds(face: Composable): string[] {
  return isComposite(face) ? contributors(face) : [face.id];
}

/** How a face speaks: a composite like the leftmost part that it keeps something of and that has a voice. */
export async function voiceOf(db: DbOrTransaction, face: FaceRow): Promise<FaceRow["voice"]> {
  if (!isComposite(face)) return face.voice;
  const parts = await rememberedParts(db, face);
  return contributors(face).flatMap((id) => parts.get(id)?.voice ?? [])[0] ?? null;
}
