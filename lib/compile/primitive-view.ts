import { z } from "zod";
import type { Prisma } from "@/lib/db/client";
import type { Component } from "./grammar";
import { toOverride, withOverride } from "./primitive-overrides";
import type { PrimitiveView } from "./schemas";

const neighbour = {
  select: { id: true, statement: true, editedText: true, component: true, editedComponent: true },
} as const;

/** What `toPrimitiveView` needs to know of a primitive. */
export const withSources = {
  statements: {
    orderBy: [{ confidence: "desc" }, { id: "asc" }],
    include: { chunk: { select: { engine: true } } },
  },
  edgesOut: { where: { kind: "tension" }, include: { to: neighbour } },
  edgesIn: { where: { kind: "tension" }, include: { from: neighbour } },
} satisfies Prisma.PrimitiveInclude;

type PrimitiveRow = Prisma.PrimitiveGetPayload<{ include: typeof withSources }>;

const Alternatives = z.array(z.object({ component: z.string(), predicate: z.string(), p: z.number() }));

/** A primitive with the owner's word over the computed one. */
export function toPrimitiveView(row: PrimitiveRow): PrimitiveView {
  const shown = withOverride(row, toOverride(row));
  const others = [...row.edgesOut.map(({ to }) => to), ...row.edgesIn.map(({ from }) => from)];
  return {
    id: row.id,
    component: shown.component as Component,
    predicate: shown.predicate,
    polarity: row.polarity as PrimitiveView["polarity"],
    statement: shown.statement,
    object: row.object,
    condition: row.condition,
    reason: row.reason,
    strength: row.strength,
    confidence: row.confidence,
    state: shown.state,
    pinned: shown.pinned,
    edited: shown.edited,
    alternatives: Alternatives.parse(row.alternatives),
    provenance: row.statements.map(({ documentId, version, start, end, quote, chunk }) => ({
      document_id: documentId,
      version,
      start,
      end,
      quote,
      engine: chunk.engine,
    })),
    tensions: others.map(({ id, statement, editedText, component, editedComponent }) => ({
      id,
      statement: editedText ?? statement,
      component: editedComponent ?? component,
    })),
  };
}
