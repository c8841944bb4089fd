import { z } from "zod";
import type { Prisma } from "@/lib/db/client";
import type { Component } from "./grammar";
import type { PrimitiveView } from "./schemas";

const neighbour = { select: { id: true, statement: true, editedText: true, component: true } } as const;

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
  const others = [...row.edgesOut.map(({ to }) => to), ...row.edgesIn.map(({ from }) => from)];
  return {
    id: row.id,
    component: (row.editedComponent ?? row.component) as Component,
    predicate: row.predicate,
    polarity: row.polarity as PrimitiveView["polarity"],
    statement: row.editedText ?? row.statement,
    object: row.object,
    condition: row.condition,
    reason: row.reason,
    strength: row.strength,
    confidence: row.confidence,
    state: primitiveState(row),
    pinned: row.isPinned,
    edited: row.editedText !== null || row.editedComponent !== null,
    alternatives: Alternatives.parse(row.alternatives),
    provenance: row.statements.map(({ documentId, version, start, end, quote, chunk }) => ({
      document_id: documentId,
      version,
      start,
      end,
      quote,
      engine: chunk.engine,
    })),
    tensions: others.map(({ id, statement, editedText, component }) => ({
      id,
      statement: editedText ?? statement,
      component,
    })),
  };
}

/** What an owner pinned or edited they have reviewed: it is no draft any more. */
export function primitiveState(row: {
  isDisabled: boolean;
  isPinned: boolean;
  editedText: string | null;
  editedComponent: string | null;
  state: string;
}): PrimitiveView["state"] {
  if (row.isDisabled) return "disabled";
  const isReviewed = row.isPinned || row.editedText !== null || row.editedComponent !== null;
  return row.state === "draft" && !isReviewed ? "draft" : "active";
}
