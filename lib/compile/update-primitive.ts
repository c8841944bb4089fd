import type { Ctx } from "@/lib/auth/context";
import { runTask } from "@/lib/compute/pool";
import type { Prisma, Transaction } from "@/lib/db/client";
import { toJson } from "@/lib/db/json";
import { transaction } from "@/lib/db/transaction";
import { InvalidInputError, NotFoundError } from "@/lib/errors";
import { requireSourceFace } from "@/lib/faces/parts";
import { lockFace } from "@/lib/faces/require-face";
import { packVector } from "@/lib/models/vector";
import { type Component, componentOf, kinds, type Predicate } from "./grammar";
import { toOverride } from "./primitive-overrides";
import { toPrimitiveView, withSources } from "./primitive-view";
import { refreshProfile } from "./refresh-profile";
import type { PrimitiveView, UpdatePrimitiveInput } from "./schemas";

type Row = Prisma.PrimitiveGetPayload<object>;
type Changes = Prisma.PrimitiveUpdateInput;

const embedTimeoutMs = 20_000;

/**
 * Takes the owner's word on a primitive: another wording or kind, pinned, disabled, a draft accepted. It is kept when
 * the graph is linked anew, and it belongs to the face's newest version. A new wording is embedded, so that it is
 * found by its own words.
 *
 * @throws {NotFoundError}
 * @throws {InvalidInputError} component and predicate do not go together
 */
export async function updatePrimitive(
  ctx: Ctx,
  { face, primitive, ...input }: UpdatePrimitiveInput & { face: string; primitive: string },
): Promise<PrimitiveView> {
  const { id: faceId } = await requireSourceFace(ctx, face, "Primitives");
  const text = input.statement ?? null;
  const [vector] = text === null ? [] : await runTask("embed", { texts: [text] }, { timeoutMs: embedTimeoutMs });
  const view = await transaction(ctx.db, async (tx) => {
    await lockFace(tx, faceId);
    const row = await tx.primitive.findFirst({ where: { id: primitive, faceId } });
    if (row === null) throw new NotFoundError("The primitive");
    const updated = await tx.primitive.update({
      where: { id: primitive },
      data: { ...wording(row, input, vector), ...kind(row, input), ...standing(input) },
      include: withSources,
    });
    await keepInVersion(tx, faceId, updated);
    await tx.face.update({ where: { id: faceId }, data: { revision: { increment: 1 } } });
    return toPrimitiveView(updated);
  });
  await refreshProfile(ctx.db, faceId);
  return view;
}

/** The computed wording typed in again is no edit. */
function wording(row: Row, { statement }: UpdatePrimitiveInput, vector: Float32Array | undefined): Changes {
  if (statement === undefined) return {};
  if (statement === null || statement === row.statement || vector === undefined)
    return { editedText: null, editedVector: null };
  return { editedText: statement, editedVector: packVector(vector) };
}

/** A kind is a predicate with its component: never one without the other, so that none is outside the grammar. */
function kind(row: Row, { component, predicate }: UpdatePrimitiveInput): Changes {
  if (component === undefined && predicate === undefined) return {};
  const wanted = predicate ?? (component ? likeliestIn(component, row) : null);
  if (wanted !== null && component && componentOf(wanted) !== component) {
    throw new InvalidInputError(`${wanted} belongs to ${componentOf(wanted)}, not to ${component}.`, "predicate");
  }
  // back to the computed kind, by null or by name
  if (wanted === null || wanted === row.predicate) return { editedComponent: null, editedPredicate: null };
  return { editedComponent: componentOf(wanted), editedPredicate: wanted };
}

function likeliestIn(component: Component, row: Row): Predicate {
  if (component === row.component) return row.predicate as Predicate;
  const alternatives = row.alternatives as { component: string; predicate: string; p: number }[];
  const known = kinds.filter((each) => each.component === component);
  const found = alternatives
    .filter((each) => each.component === component)
    .sort((a, b) => b.p - a.p)
    .flatMap(({ predicate }) => known.find((each) => each.predicate === predicate) ?? []);
  const best = found[0] ?? known[0];
  if (best === undefined) throw new RangeError(`No predicate in ${component}.`);
  return best.predicate;
}

export function standing({ pinned, disabled, state }: Pick<UpdatePrimitiveInput, "pinned" | "disabled" | "state">) {
  return {
    ...(pinned === undefined ? {} : { isPinned: pinned ?? false }),
    ...(disabled === undefined ? {} : { isDisabled: disabled ?? false }),
    ...(state === undefined ? {} : { isAccepted: state === "active", isDisabled: state === "disabled" }),
  };
}

/** Restoring the newest version later brings back what its owner changed while it was the newest. */
export async function keepInVersion(tx: Transaction, faceId: string, row: Row): Promise<void> {
  const override = toOverride(row);
  const patch = Object.keys(override).length === 0 ? {} : { [row.key]: toJson(override) };
  await tx.$executeRaw`
    UPDATE face_versions v SET overrides = (v.overrides - ${row.key}) || ${JSON.stringify(patch)}::jsonb
    FROM faces f WHERE f.id = ${faceId} AND v.face_id = f.id AND v.number = f.version`;
}
