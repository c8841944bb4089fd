import type { Db } from "@/lib/db/client";
import type { Composition, Member } from "@/lib/faces/composition";
import { type Composite, contributors } from "@/lib/faces/parts";
import { spansAt } from "./face-index";
import type { FaceRows, PrimitiveRow, Provenance, SpanRow } from "./face-rows";
import { loadRowsOfFaces } from "./load-face-rows";

/**
 * Everything of a composite that can be found, out of what its parts have. As many queries as for one face.
 *
 * Its statements are those that the formula keeps, each also with the quotes of the others that say the same. Of the
 * texts it has what those statements rest on, since nobody has read the rest as statements that a formula could
 * compare; only of a part that a formula takes as a whole it has all of them, but what rests on dropped statements
 * alone. The other texts stay as what was said before and after.
 */
export async function loadComposedRows(db: Db, face: Composite, composition: Composition): Promise<FaceRows> {
  const { rows, documents } = await loadRowsOfFaces(db, contributors(face));
  const byId = new Map(rows.primitives.map((row) => [row.id, row]));
  const primitives = composition.members.flatMap((member) => toRow(member, byId));
  const whole = new Set(composition.wholeParts);
  const wholeDocuments = new Set(documents.filter(({ faceId }) => whole.has(faceId)).map(({ id }) => id));
  return {
    ...rows,
    spans: shownSpans(rows.spans, {
      kept: primitives.flatMap(({ quotes }) => quotes),
      dropped: composition.dropped.flatMap((id) => byId.get(id)?.quotes ?? []),
      wholeDocuments,
    }),
    // what an owner switched off hides its sentences here too
    primitives: [...primitives, ...rows.primitives.filter(({ state }) => state === "disabled")],
  };
}

function toRow({ id, also, confidence, state }: Member, byId: Map<string, PrimitiveRow>): PrimitiveRow[] {
  const row = byId.get(id);
  if (row === undefined) return [];
  const others = also.flatMap((other) => byId.get(other)?.quotes ?? []);
  return [{ ...row, confidence, state, quotes: [...row.quotes, ...others] }];
}

type Kept = { kept: Provenance[]; dropped: Provenance[]; wholeDocuments: ReadonlySet<string> };

function shownSpans(spans: readonly SpanRow[], { kept, dropped, wholeDocuments }: Kept): SpanRow[] {
  const sorted = [...spans].sort((a, b) => order(a.documentId, b.documentId) || a.start - b.start || order(a.id, b.id));
  const hasKept = new Set(kept.flatMap((quote) => spansAt(sorted, quote)));
  const hasDropped = new Set(dropped.flatMap((quote) => spansAt(sorted, quote)));
  return sorted.map((span, at) => {
    const isShown = hasKept.has(at) || (wholeDocuments.has(span.documentId) && !hasDropped.has(at));
    return isShown ? span : asContext(span);
  });
}

/** Like somebody else's turn: it tells what was said before and after, and is never quoted by itself. */
function asContext(span: SpanRow): SpanRow {
  return { ...span, isFace: false, speaker: span.speaker ?? "" };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
