import type { Polarity, Predicate, Component } from "@/lib/compile/grammar";
import { type GraphForm, graphForm } from "@/lib/compile/graph-form";
import { createVectorMatrix, rowCosine } from "@/lib/models/vector-matrix";

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

/** Two sentences of one predicate and polarity, and at least this near, say the same. */
export const sameCosine = 0.8;
/** A word in more primitives of a predicate than this does not tell which belong together; it also bounds the work. */
const maxPostings = 400;
/** As in the graph of a face (lib/compile/graph-edges.ts). */
const minDenialOverlap = 0.6;

type Placed = { at: number; faceId: string; form: GraphForm; predicate: string };

/**
 * Which primitives say the same: those of one canonical form, and those of different parts whose sentences are as
 * near as `sameCosine`, of one predicate and polarity and with a telling word in common. What two say as a third does
 * is the same too, so that it is an equivalence.
 *
 * @returns for each primitive the number of its meaning
 */
export function meanings(primitives: readonly ComposedPrimitive[]): number[] {
  const placed = primitives.map(toPlaced);
  const matrix = createVectorMatrix(primitives.map(({ vector }) => vector));
  const joined = new Joined(primitives.length);
  const byKey = new Map<string, number>();
  for (const { at, form } of placed) {
    const first = byKey.get(form.key);
    if (first === undefined) byKey.set(form.key, at);
    else joined.join(first, at);
  }
  eachPair(placed, (a, b) => {
    if (a.form.polarity !== b.form.polarity || joined.of(a.at) === joined.of(b.at)) return;
    if (rowCosine(matrix, a.at, b.at) >= sameCosine) joined.join(a.at, b.at);
  });
  return primitives.map((_each, at) => joined.of(at));
}

/**
 * Which primitives of other parts each one denies: the same predicate with the opposite polarity, mostly the same
 * words, and conditions that may hold together. No cosine: it ranks opposites above paraphrases.
 */
export function denials(primitives: readonly ComposedPrimitive[]): Set<number>[] {
  const found = primitives.map(() => new Set<number>());
  eachPair(primitives.map(toPlaced), (a, b) => {
    if (a.form.polarity === b.form.polarity || overlap(a.form.stems, b.form.stems) < minDenialOverlap) return;
    if (!mayHoldTogether(a.form.condition, b.form.condition)) return;
    found[a.at]?.add(b.at);
    found[b.at]?.add(a.at);
  });
  return found;
}

function toPlaced(primitive: ComposedPrimitive, at: number): Placed {
  const { faceId, predicate } = primitive;
  return { at, faceId, predicate, form: graphForm(primitive as StatedPrimitive) };
}

/** Its kind and polarity come from the grammar, whoever compiled it. */
type StatedPrimitive = ComposedPrimitive & { component: Component; predicate: Predicate; polarity: Polarity };

/** Visits the pairs of different parts that share a predicate and a telling word, each once. */
function eachPair(placed: readonly Placed[], visit: (a: Placed, b: Placed) => void): void {
  const postings = new Map<string, Placed[]>();
  const keysOf = ({ predicate, form }: Placed) => form.stems.map((stem) => `${predicate} ${stem}`);
  for (const each of placed) {
    for (const key of keysOf(each)) {
      const holders = postings.get(key);
      if (holders === undefined) postings.set(key, [each]);
      else holders.push(each);
    }
  }
  for (const each of placed) {
    const seen = new Set<number>();
    for (const key of keysOf(each)) {
      const holders = postings.get(key) ?? [];
      if (holders.length > maxPostings) continue;
      for (const other of holders) {
        if (other.at <= each.at || other.faceId === each.faceId || seen.has(other.at)) continue;
        seen.add(other.at);
        visit(each, other);
      }
    }
  }
}

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

function overlap(a: readonly string[], b: readonly string[]): number {
  const both = a.filter((stem) => b.includes(stem)).length;
  return both === 0 ? 0 : both / (a.length + b.length - both);
}

/** Two different conditions are no contradiction: people do one thing in one case and another in another. */
function mayHoldTogether(a: readonly string[], b: readonly string[]): boolean {
  const [fewer, more] = a.length <= b.length ? [a, b] : [b, a];
  return fewer.every((stem) => more.includes(stem));
}
