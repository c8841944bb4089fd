import type { Polarity, Predicate, Component } from "@/lib/compile/grammar";
import { contentStems } from "@/lib/compile/content-stems";
import { type GraphForm, graphForm } from "@/lib/compile/graph-form";
import { createVectorMatrix, rowCosine } from "@/lib/models/vector-matrix";
import { eachOverlap } from "./compose-overlap";

/** A primitive of a part, as its owner has it. */
export type ComposedPrimitive = {
  faceId: string;
  id: string;
  /** of what was compiled, also where its owner changed it */
  key: string;
  component: string;
  predicate: string;
  polarity: string;
  statement: string;
  /** empty where its owner put it in other words */
  object: string;
  condition: string | null;
  confidence: number;
  state: "active" | "draft";
  isPinned: boolean;
  /** 516 bytes */
  vector: Uint8Array;
};

/**
 * When two sentences of different people say the same. Cosine alone cannot tell ("I prefer tea to coffee" is at .99
 * with its reverse, "I was the youngest son" at .93 with the eldest), shared words alone cannot either. Both together,
 * beside the canonical form, find 27 of the 36 paraphrases of lib/retrieve/compose-pairs.json and fall into 2 of its 40
 * traps, also where the built-in engine has read the sentences. Among the 113,000 pairs of Darwin, Franklin and the
 * sample face, who share no view, the nearest is at .76.
 */
export const sameSaid = { cosine: 0.86, overlap: 0.5 };
/** As in the graph of a face (lib/compile/graph-edges.ts). */
const minDenialOverlap = 0.6;

type Placed = { at: number; faceId: string; form: GraphForm; predicate: string; stems: string[] };

/** What is worked out of the primitives of all parts, by their places. */
export type Meanings = {
  /** a number for each meaning */
  meaning: number[];
  /** primitives of other parts that each one denies */
  denies: Set<number>[];
};

/** @param primitives of all parts of a composite */
export function readMeanings(primitives: readonly ComposedPrimitive[]): Meanings {
  const placed = primitives.map(toPlaced);
  return { meaning: meanings(placed, primitives), denies: denials(placed) };
}

/**
 * Which primitives say the same: those of one canonical form, and those of different parts whose sentences `sameSaid`
 * takes for the same, with one polarity and under conditions that may hold together. What two say as a third does is
 * the same too, so that it is an equivalence.
 */
function meanings(placed: readonly Placed[], primitives: readonly ComposedPrimitive[]): number[] {
  const matrix = createVectorMatrix(primitives.map(({ vector }) => vector));
  const joined = new Joined(placed.length);
  const byKey = new Map<string, number>();
  for (const { at, form } of placed) {
    const first = byKey.get(form.key);
    if (first === undefined) byKey.set(form.key, at);
    else joined.join(first, at);
  }
  const sets = placed.map(({ stems }) => stems);
  eachOverlap(sets, sameSaid.overlap, (one, other) => {
    const [a, b] = [placed[one], placed[other]];
    if (a === undefined || b === undefined || a.faceId === b.faceId || a.form.polarity !== b.form.polarity) return;
    if (joined.of(one) === joined.of(other) || !mayHoldTogether(a.form.condition, b.form.condition)) return;
    if (rowCosine(matrix, one, other) >= sameSaid.cosine) joined.join(one, other);
  });
  return placed.map(({ at }) => joined.of(at));
}

/**
 * Which primitives of other parts each one denies: the same predicate with the opposite polarity, mostly the same
 * words, and conditions that may hold together. No cosine: it ranks opposites above paraphrases. Of twenty plain
 * contradictions read by the built-in engine it finds thirteen; the others it reads as different predicates, or as
 * opposites that only the world knows ("a morning person", "a night person").
 */
function denials(placed: readonly Placed[]): Set<number>[] {
  const found = placed.map(() => new Set<number>());
  const sets = placed.map(({ form }) => form.stems);
  eachOverlap(sets, minDenialOverlap, (one, other) => {
    const [a, b] = [placed[one], placed[other]];
    if (a === undefined || b === undefined || a.faceId === b.faceId || a.predicate !== b.predicate) return;
    if (a.form.polarity === b.form.polarity || !mayHoldTogether(a.form.condition, b.form.condition)) return;
    found[one]?.add(other);
    found[other]?.add(one);
  });
  return found;
}

function toPlaced(primitive: ComposedPrimitive, at: number): Placed {
  const { faceId, predicate, statement } = primitive;
  return { at, faceId, predicate, form: graphForm(primitive as StatedPrimitive), stems: contentStems(statement) };
}

/** Its kind and polarity come from the grammar, whoever compiled it. */
type StatedPrimitive = ComposedPrimitive & { component: Component; predicate: Predicate; polarity: Polarity };

/** Sets that can be joined; `of` names the set of a member. */
class Joined {
  readonly #parents: Int32Array;

  constructor(size: number) {
    this.#parents = Int32Array.from({ length: size }, (_each, at) => at);
  }

  of(at: number): number {
    let root = at;
    for (let up = this.#up(root); up !== root; up = this.#up(root)) root = up;
    // shorter ways for the next who ask
    for (let each = at; each !== root;) {
      const up = this.#up(each);
      this.#parents[each] = root;
      each = up;
    }
    return root;
  }

  /** The smaller name stays, so that the order of joining does not matter. */
  join(a: number, b: number): void {
    const [one, other] = [this.of(a), this.of(b)];
    this.#parents[Math.max(one, other)] = Math.min(one, other);
  }

  #up(at: number): number {
    return this.#parents[at] ?? at;
  }
}

/** Two different conditions are no contradiction: people do one thing in one case and another in another. */
function mayHoldTogether(a: readonly string[], b: readonly string[]): boolean {
  const [fewer, more] = a.length <= b.length ? [a, b] : [b, a];
  return fewer.every((stem) => more.includes(stem));
}
