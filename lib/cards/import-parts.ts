import type { Ctx } from "@/lib/auth/context";
import { deleteFace } from "@/lib/faces/delete-face";
import { InvalidInputError } from "@/lib/errors";
import { operandsOf, parseFormula, withNames } from "@/lib/faces/formula";
import type { MadeFace } from "./import-card";
import type { CardFace, FacesExtension } from "./card-schema";
import type { GraphOutcome, ImportReport } from "./schemas";

export type ImportedParts = {
  /** over the usernames that the parts have here; null: the face is no composite */
  formula: string | null;
  /** of those that were made now */
  usernames: string[];
  ids: string[];
  tokens: number;
  /** the least that was reached; null without parts */
  graph: GraphOutcome | null;
  leftOut: ImportReport["left_out"];
};

/** The later one tells of a whole: a part without a graph takes nothing from it. */
const outcomes: readonly GraphOutcome[] = ["none", "exact", "differs", "staged"];

/**
 * The faces that a composite of a card is made of. One that the account has already, by the same name and with the
 * same graph, is taken as it is; the others are made.
 *
 * @throws {InvalidInputError} the formula names a face that is not in the card
 */
export async function importParts(
  ctx: Ctx,
  { formula, parts }: FacesExtension,
  make: (card: CardFace) => Promise<MadeFace>,
): Promise<ImportedParts> {
  const none: ImportedParts = { formula: null, usernames: [], ids: [], tokens: 0, graph: null, leftOut: [] };
  if (formula === null) return none;
  const wanted = [...new Set(operandsOf(parseFormula(formula)).map(({ ref }) => ref))];
  const missing = wanted.find((ref) => !parts.some(({ username }) => username === ref));
  if (missing !== undefined) {
    throw new InvalidInputError(`The card is made of ${missing}, which is not in it.`, "extensions.faces.parts");
  }
  const names = new Map<string, string>();
  const made: MadeFace[] = [];
  try {
    for (const card of parts.filter(({ username }) => wanted.includes(username))) {
      const known = await isHere(ctx, card);
      if (!known) made.push(await make(card));
      names.set(card.username, known ? card.username : (made.at(-1)?.username ?? ""));
    }
  } catch (error) {
    await removeParts(
      ctx,
      made.map(({ id }) => id),
    );
    throw error;
  }
  const reached = made.map(({ graph }) => outcomes.indexOf(graph));
  return {
    formula: withNames(formula, (ref) => names.get(ref) ?? ref),
    usernames: made.map(({ username }) => username),
    ids: made.map(({ id }) => id),
    tokens: made.reduce((sum, { tokens }) => sum + tokens, 0),
    graph: outcomes[Math.max(...reached)] ?? "exact",
    leftOut: made.flatMap(({ leftOut }) => leftOut),
  };
}

/** Takes parts back that were made for a whole that could not be. */
export async function removeParts(ctx: Ctx, ids: readonly string[]): Promise<void> {
  for (const id of ids) await deleteFace(ctx, id);
}

async function isHere(ctx: Ctx, { username, graph_hash }: CardFace): Promise<boolean> {
  const face = await ctx.db.face.findFirst({
    where: { accountId: ctx.actor.accountId, username, formula: null },
    select: { compiled: { orderBy: { number: "desc" }, take: 1, select: { graphHash: true } } },
  });
  return face !== null && (face.compiled[0]?.graphHash ?? null) === graph_hash;
}
