import { measureProfile } from "@/lib/compile/graph.task";
import type { Composition, Member } from "@/lib/faces/composition";
import { parseFormula } from "@/lib/faces/formula";
import { packedVectorBytes } from "@/lib/models/vector";
import { byCodeUnits } from "@/lib/text-order";
import { composed, type Kept, wholeOperands } from "./compose";
import { type ComposedPrimitive, readMeanings } from "./compose-meanings";

/** A part's primitives as the database tells them: JSON, and their vectors behind each other. */
export type PartPage = { faceId: string; json: string; vectors: Uint8Array };

/**
 * Works out what a composite face is made of. Runs in a compute thread.
 *
 * @param pages of the parts that have primitives; what is switched off is not among them
 */
export function composeFaces({ formula: text, pages }: { formula: string; pages: PartPage[] }): Composition {
  const formula = parseFormula(text);
  const primitives = pages.flatMap(readPage);
  const { meaning, denies } = readMeanings(primitives);
  const elements = primitives.map(({ confidence, state }, at) => ({
    meaning: meaning[at] ?? at,
    denies: denies[at] ?? new Set<number>(),
    confidence,
    isDraft: state === "draft",
  }));
  const kept = composed(formula, elements, placesOf(primitives));
  const wholeParts = wholeOperands(formula);
  const said = new Set(kept.flatMap(({ at, also }) => [at, ...also]));
  const left = primitives.filter(({ faceId }, at) => !said.has(at) && wholeParts.includes(faceId));
  const shown = kept.flatMap((each) => toShown(each, primitives));
  return {
    members: shown.map(({ member }) => member).sort(inOrder),
    wholeParts,
    dropped: left.map(({ id }) => id),
    ...profileOf(shown),
  };
}

function readPage({ faceId, json, vectors }: PartPage): ComposedPrimitive[] {
  const rows = JSON.parse(json) as Omit<ComposedPrimitive, "faceId" | "vector">[];
  return rows.map((row, at) => ({
    ...row,
    faceId,
    vector: vectors.subarray(at * packedVectorBytes, (at + 1) * packedVectorBytes),
  }));
}

function placesOf(primitives: readonly ComposedPrimitive[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [at, { faceId }] of primitives.entries()) {
    const own = places.get(faceId);
    if (own === undefined) places.set(faceId, [at]);
    else own.push(at);
  }
  return places;
}

type Shown = { primitive: ComposedPrimitive; member: Member };

function toShown({ at, also, confidence, isDraft }: Kept, primitives: readonly ComposedPrimitive[]): Shown[] {
  const primitive = primitives[at];
  if (primitive === undefined) return [];
  const { id, faceId, component, isPinned } = primitive;
  const state = isDraft ? "draft" : "active";
  const others = also.flatMap((each) => primitives[each]?.id ?? []);
  return [{ primitive, member: { id, faceId, component, confidence, state, isPinned, also: others } }];
}

/** As primitives are listed and drawn: pinned first, then by confidence. */
function inOrder(a: Member, b: Member): number {
  return Number(b.isPinned) - Number(a.isPinned) || b.confidence - a.confidence || byCodeUnits(a.id, b.id);
}

function profileOf(shown: readonly Shown[]): Pick<Composition, "predicates" | "tokens" | "centroids"> {
  // a sum of floats depends on its order, and a formula of one face has that face's own
  const sorted = [...shown].sort(
    (a, b) => byCodeUnits(a.primitive.key, b.primitive.key) || byCodeUnits(a.primitive.id, b.primitive.id),
  );
  const { tokens, centroids } = measureProfile(
    sorted.map(({ primitive, member }) => ({ ...primitive, state: member.state })),
  );
  const byPredicate = Map.groupBy(shown, ({ primitive }) => `${primitive.component} ${primitive.predicate}`);
  const predicates = [...byPredicate].map(([kind, all]) => {
    const [component = "", predicate = ""] = kind.split(" ");
    const confidence = all.reduce((sum, { member }) => sum + member.confidence, 0) / all.length;
    return { component, predicate, n: all.length, confidence };
  });
  return { tokens, centroids, predicates };
}
