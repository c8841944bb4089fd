import type { Ctx } from "@/lib/auth/context";
import { planOf } from "@/lib/billing/plans";
import { transaction } from "@/lib/db/transaction";
import { compose, type Composition, type Member } from "./composition";
import { countByComponent, fingerprint } from "./face-views";
import { partIds, readParts, requireFormula, shownFormula } from "./parts";
import { requireFace } from "./require-face";
import type { FacePreview } from "./schemas";

const shownEach = 2;

type Asked = { username?: string | undefined; formula?: string | null | undefined };

/**
 * What a new face would hold, without making it.
 *
 * @throws {InvalidInputError} the formula cannot be read, or names what is no concrete face of the caller
 */
export function previewNewFace(ctx: Ctx, asked: Asked): Promise<FacePreview> {
  return preview(ctx, asked, null);
}

/** What a face would hold with another formula. @throws {NotFoundError}; {InvalidInputError} as `previewNewFace` */
export async function previewFace(ctx: Ctx, { face, ...asked }: Asked & { face: string }): Promise<FacePreview> {
  const { id } = await requireFace(ctx, face);
  return preview(ctx, asked, id);
}

async function preview(ctx: Ctx, { username, formula: text }: Asked, self: string | null): Promise<FacePreview> {
  const { accountId } = ctx.actor;
  const [{ plan, _count }, namesake] = await Promise.all([
    ctx.db.account.findUniqueOrThrow({
      where: { id: accountId },
      select: { plan: true, _count: { select: { faces: true } } },
    }),
    username === undefined ? null : ctx.db.face.findFirst({ where: { accountId, username }, select: { id: true } }),
  ]);
  const beside = {
    is_username_taken: namesake !== null && namesake.id !== self,
    faces_left: Math.max(0, planOf(plan).maxFaces - _count.faces),
  };
  if (text == null) return { ...nothing, ...beside };
  // the parts are locked while they are looked at, as when the face is made
  const formula = await transaction(ctx.db, (tx) => requireFormula(ctx, tx, text, self));
  const composition = await compose(ctx.db, { formula });
  const parts = await readParts(ctx.db, [{ id: self ?? "", formula }]);
  const owners = await readOwners(ctx, composition);
  const counts = await ctx.db.primitive.groupBy({
    by: ["faceId"],
    where: { faceId: { in: [...parts.keys()] }, isDisabled: false },
    _count: true,
  });
  return {
    formula: shownFormula(formula, parts),
    parts: partIds({ formula }).flatMap((id) => {
      const part = parts.get(id);
      if (part === undefined) return [];
      return {
        ...{ id, username: part.username, name: part.name },
        statements: counts.find(({ faceId }) => faceId === id)?._count ?? 0,
        kept: composition.members.filter((member) => owners(member).includes(id)).length,
      };
    }),
    component_counts: countByComponent(composition.predicates),
    fingerprint: fingerprint(composition.predicates),
    profile_token_count: composition.tokens,
    statements: await readSome(ctx, composition, (member) =>
      owners(member).flatMap((id) => parts.get(id)?.username ?? []),
    ),
    ...beside,
  };
}

const nothing: Omit<FacePreview, "is_username_taken" | "faces_left"> = {
  formula: null,
  parts: [],
  component_counts: { alpha: 0, beta: 0, delta: 0, epsilon: 0 },
  fingerprint: { alpha: [], beta: [], delta: [], epsilon: [] },
  profile_token_count: 0,
  statements: [],
};

/** Ids of the faces that say what a member says. */
async function readOwners(ctx: Ctx, { members }: Composition): Promise<(member: Member) => string[]> {
  const rows = await ctx.db.primitive.findMany({
    where: { id: { in: members.flatMap(({ also }) => also) } },
    select: { id: true, faceId: true },
  });
  const faceOf = new Map(rows.map(({ id, faceId }) => [id, faceId]));
  return ({ faceId, also }) => [...new Set([faceId, ...also.flatMap((id) => faceOf.get(id) ?? [])])];
}

/** The surest few of each component. */
async function readSome(
  ctx: Ctx,
  { members }: Composition,
  saidBy: (member: Member) => string[],
): Promise<FacePreview["statements"]> {
  const active = members.filter(({ state }) => state === "active");
  const chosen = [...Map.groupBy(active, ({ component }) => component)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, all]) => all.slice(0, shownEach));
  const rows = await ctx.db.primitive.findMany({
    where: { id: { in: chosen.map(({ id }) => id) } },
    select: { id: true, statement: true, editedText: true },
  });
  return chosen.flatMap((member) => {
    const row = rows.find(({ id }) => id === member.id);
    if (row === undefined) return [];
    const { id, component } = member;
    return { id, component, statement: row.editedText ?? row.statement, said_by: saidBy(member) };
  });
}
