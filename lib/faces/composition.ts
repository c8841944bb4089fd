import { runTask } from "@/lib/compute/pool";
import type { DbOrTransaction } from "@/lib/db/client";
import { type Composable, type Composite, isComposite, partIds, readParts } from "./parts";
import type { FaceRow } from "./require-face";

/** What of its parts a composite face has: the set that its formula makes of their statements. */
export type Composition = {
  /** pinned ones and the surest first */
  members: Member[];
  /** parts whose texts are the composite's as a whole, but for what rests on dropped statements alone */
  wholeParts: string[];
  /** of those that are no member and are said by none, ids of the primitives of `wholeParts` */
  dropped: string[];
  predicates: { component: string; predicate: string; n: number; confidence: number }[];
  /** tokens of the active ones */
  tokens: number;
  /** lib/compile/centroids.ts */
  centroids: Uint8Array<ArrayBuffer>;
};

/** A primitive of a part that is in the composite. */
export type Member = {
  id: string;
  faceId: string;
  component: string;
  confidence: number;
  state: "active" | "draft";
  isPinned: boolean;
  /** primitives of other parts that say the same: their sources are its own too */
  also: string[];
};

const composeTimeoutMs = 60_000;
/** About 200 bytes each: a hundred megabytes at most. */
const maxMembersHeld = 500_000;

type Held = { version: string; composition: Promise<Composition>; members: number };

const held = globalThis as { facesCompositions?: Map<string, Held> };

/** Names the state of a composite: it changes whenever its formula or one of its parts does. */
export function compositionVersion(face: Composite, parts: Map<string, Pick<FaceRow, "revision">>): string {
  const revisions = partIds(face).map((id) => parts.get(id)?.revision ?? -1);
  return JSON.stringify([face.formula, ...revisions]);
}

/**
 * What a composite is made of now. It is worked out in a compute thread, once for each state of its parts; asked
 * again it takes no query.
 *
 * @param parts from `readParts`, which may hold others too
 */
export async function readComposition(
  db: DbOrTransaction,
  face: Composite,
  parts: Map<string, Pick<FaceRow, "revision">>,
): Promise<Composition> {
  const version = compositionVersion(face, parts);
  const compositions = (held.facesCompositions ??= new Map());
  const known = compositions.get(face.id);
  if (known?.version === version) {
    // the last used stays longest
    compositions.delete(face.id);
    compositions.set(face.id, known);
    return known.composition;
  }
  const entry: Held = { version, composition: compose(db, face), members: 0 };
  compositions.set(face.id, entry);
  try {
    const composition = await entry.composition;
    entry.members = composition.members.length + composition.dropped.length;
    dropOldest(compositions);
    return composition;
  } catch (error) {
    if (compositions.get(face.id) === entry) compositions.delete(face.id);
    throw error;
  }
}

/** As many as the process has threads for it. */
const atOnce = 2;

/** The compositions of the composites among these faces, by their ids. */
export async function readCompositions(
  db: DbOrTransaction,
  faces: readonly Composable[],
  parts: Map<string, Pick<FaceRow, "revision">>,
): Promise<Map<string, Composition>> {
  const composites = faces.filter(isComposite);
  const found = new Map<string, Composition>();
  for (let at = 0; at < composites.length; at += atOnce) {
    const some = composites.slice(at, at + atOnce);
    const compositions = await Promise.all(some.map((face) => readComposition(db, face, parts)));
    for (const [place, { id }] of some.entries()) {
      const composition = compositions[place];
      if (composition !== undefined) found.set(id, composition);
    }
  }
  return found;
}

/** The composition of one face, with its parts. */
export async function compositionOf(db: DbOrTransaction, face: Composite): Promise<Composition> {
  return readComposition(db, face, await readParts(db, [face]));
}

function dropOldest(compositions: Map<string, Held>): void {
  let total = [...compositions.values()].reduce((sum, { members }) => sum + members, 0);
  for (const [id, { members }] of compositions) {
    if (total <= maxMembersHeld || compositions.size === 1) return;
    compositions.delete(id);
    total -= members;
  }
}

/** Works a formula of ids out, whether a face has it or not. */
export async function compose(db: DbOrTransaction, { formula }: Pick<Composite, "formula">): Promise<Composition> {
  const pages = await db.$queryRaw<{ faceId: string; json: string; vectors: Uint8Array<ArrayBuffer> }[]>`
    SELECT face_id AS "faceId",
           json_agg(json_build_object(
             'id', id, 'key', key, 'component', component, 'predicate', predicate, 'polarity', polarity,
             'statement', statement, 'object', object, 'condition', condition, 'confidence', confidence,
             'state', state, 'isPinned', is_pinned) ORDER BY key)::text AS json,
           string_agg(vector, ''::bytea ORDER BY key) AS vectors
    FROM (SELECT face_id, id, key, polarity, condition, confidence, is_pinned,
                 coalesce(edited_component, component) AS component,
                 coalesce(edited_predicate, predicate) AS predicate,
                 coalesce(edited_text, statement) AS statement,
                 -- an edited wording says what it says: the object that was read is not its own
                 CASE WHEN edited_text IS NULL THEN object ELSE '' END AS object,
                 coalesce(edited_vector, vector) AS vector,
                 CASE WHEN state = 'draft' AND NOT is_pinned AND NOT is_accepted AND edited_text IS NULL
                           AND edited_component IS NULL THEN 'draft' ELSE 'active' END AS state
          FROM primitives WHERE face_id = ANY(${partIds({ formula })}) AND NOT is_disabled) each
    GROUP BY face_id`;
  return runTask("composeFaces", { formula, pages }, { timeoutMs: composeTimeoutMs });
}
