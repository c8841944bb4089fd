import { type Component, kinds } from "./grammar";
import { draftThreshold, groupStatements } from "./graph";
import { linkTensions } from "./graph-edges";
import { type Overrides, withOverride } from "./primitive-overrides";
import { parseStatements, type Source, type StatementPage } from "./read-statements";
import type { PrimitiveDiff, PrimitiveView } from "./schemas";

/** A state of a face: the statements of its texts and the owner's word of the time. */
export type StateInput = { pages: StatementPage[]; sources: Source[]; overrides: Overrides };

/** A primitive as search wants it; what its owner changed has been applied. */
export type SearchedPrimitive = {
  id: string;
  component: string;
  predicate: string;
  polarity: string;
  statement: string;
  confidence: number;
  state: "active" | "draft" | "disabled";
  isPinned: boolean;
  /** 516 bytes */
  vector: Uint8Array;
  quotes: { documentId: string; version: number; start: number; end: number; quote: string }[];
};

/** The primitives of a version of a face, as they are searched. Runs in a compute thread. */
export function primitivesAt(input: StateInput & { edited: Record<string, Uint8Array> }): SearchedPrimitive[] {
  const statements = parseStatements(input.pages, input.sources);
  return groupStatements(statements, draftThreshold).map(({ primitive }) => {
    const { key, component, predicate, polarity, statement, confidence, state, pinned, vector } = withOverride(
      primitive,
      input.overrides[primitive.key],
    );
    return {
      id: key,
      component,
      predicate,
      polarity,
      statement,
      confidence,
      state,
      isPinned: pinned,
      // a copy: a view would send its whole page with it
      vector: new Uint8Array(input.edited[key] ?? vector),
      quotes: primitive.members.flatMap((member) => {
        const entry = statements[member];
        if (entry === undefined) return [];
        const { start, end, quote } = entry.statement;
        return [{ documentId: entry.documentId, version: entry.version, start, end, quote }];
      }),
    };
  });
}

export type DiffInput = { from: StateInput; to: StateInput; ids: Record<string, string>; limit: number };

/**
 * What two states of a face have not in common. A primitive is the same when it says the same; it has changed when
 * its owner's word, its wording or its sources have.
 *
 * @param ids of primitives that are in the graph now, by key: an older one is named by its key
 */
export function diffVersions({ from, to, ids, limit }: DiffInput): PrimitiveDiff {
  const before = viewsOf(from, ids);
  const after = viewsOf(to, ids);
  const added = [...after].filter(([key]) => !before.has(key)).map(([, view]) => view);
  const removed = [...before].filter(([key]) => !after.has(key)).map(([, view]) => view);
  const changed = [...after].flatMap(([key, view]) => {
    const old = before.get(key);
    return old === undefined || meaning(old) === meaning(view) ? [] : [{ before: old, after: view }];
  });
  return {
    added: added.slice(0, limit),
    removed: removed.slice(0, limit),
    changed: changed.slice(0, limit),
    counts: { added: added.length, removed: removed.length, changed: changed.length },
    kinds: kindsOf(before, after),
  };
}

/** By kind: how many of both states are the same, came and went. */
function kindsOf(
  before: ReadonlyMap<string, PrimitiveView>,
  after: ReadonlyMap<string, PrimitiveView>,
): PrimitiveDiff["kinds"] {
  const inUse = (views: ReadonlyMap<string, PrimitiveView>) =>
    [...views].filter(([, view]) => view.state !== "disabled");
  return kinds.flatMap(({ component, predicate }) => {
    const of = (views: ReadonlyMap<string, PrimitiveView>) =>
      inUse(views).filter(([, view]) => view.predicate === predicate);
    const [was, is] = [of(before), of(after)];
    if (was.length + is.length === 0) return [];
    const isNow = new Set(is.map(([key]) => key));
    const removed = was.filter(([key]) => !isNow.has(key)).length;
    const confidence = is.reduce((sum, [, view]) => sum + view.confidence, 0) / Math.max(1, is.length);
    const kept = was.length - removed;
    return { component, predicate, kept, added: is.length - kept, removed, confidence };
  });
}

/**
 * What is compared: everything but the tensions, which are others' doing, and where in which version a quote stands:
 * a sentence that an edit has only moved is the same.
 */
function meaning({ tensions: _tensions, provenance, ...view }: PrimitiveView): string {
  return JSON.stringify({ ...view, sources: provenance.map(({ document_id, quote }) => [document_id, quote]) });
}

/** Primitives by key, the surest first. */
function viewsOf({ pages, sources, overrides }: StateInput, ids: Record<string, string>): Map<string, PrimitiveView> {
  const statements = parseStatements(pages, sources);
  const nodes = groupStatements(statements, draftThreshold);
  const views = nodes.map(({ primitive }): [string, PrimitiveView] => {
    const { key, members, vector: _vector, ...shown } = withOverride(primitive, overrides[primitive.key]);
    return [
      key,
      {
        ...shown,
        id: ids[key] ?? key,
        component: shown.component as Component,
        provenance: members.flatMap((member) => {
          const entry = statements[member];
          if (entry === undefined) return [];
          const { start, end, quote } = entry.statement;
          return [{ document_id: entry.documentId, version: entry.version, start, end, quote, engine: entry.engine }];
        }),
        tensions: [],
      },
    ];
  });
  const byKey = new Map(views.sort(([, a], [, b]) => b.confidence - a.confidence || (a.id < b.id ? -1 : 1)));
  addTensions(byKey, nodes);
  return byKey;
}

function addTensions(views: Map<string, PrimitiveView>, nodes: ReturnType<typeof groupStatements>): void {
  const links = nodes.map(({ primitive: { key, predicate, vector }, form }) => ({ key, predicate, vector, form }));
  for (const { from, to } of linkTensions(links)) {
    const [a, b] = [views.get(from), views.get(to)];
    if (a === undefined || b === undefined) continue;
    a.tensions.push({ id: b.id, statement: b.statement, component: b.component });
    b.tensions.push({ id: a.id, statement: a.statement, component: a.component });
  }
}
