import { z } from "zod";
import { usdFromMicroUsd } from "@/lib/billing/money";
import type { Db } from "@/lib/db/client";
import { SyncProgress } from "@/lib/faces/schemas";
import { components } from "./grammar";

/** What a face's last sync did. */
export type SyncResult = {
  job_id: string;
  /** from when it was asked for to its end */
  seconds: number;
  /** texts, and statements in them, that it put into the graph */
  documents: number;
  statements: number;
  primitives: {
    added: number;
    removed: number;
    /** statements that say what a primitive says already */
    merged: number;
    by_component: Record<string, { added: number; removed: number }>;
  };
  /** the version that it made and the one before, 0 when there was none; null when it made none */
  versions: { from: number; to: number } | null;
  /** things its owner should look at, such as instructions hidden in a text */
  findings: number;
  tokens_charged: number;
  tokens_from_quota: number;
  cost_usd: number;
};

type Entered = { documents: number; statements: number; findings: number; added: number; now: number };
type Charged = { tokens: number; quota: number; cost: bigint };

/** Counts what the last sync of a face did; null when there was none, or it still runs. */
export async function syncSummary(db: Db, faceId: string): Promise<SyncResult | null> {
  const job = await db.job.findFirst({ where: { name: "compile.sync", key: faceId }, orderBy: { createdAt: "desc" } });
  if (job?.finishedAt == null) return null;
  const { createdAt: from, finishedAt: to } = job;
  const [counts, charged, made] = await Promise.all([
    countEntered(db, faceId, from),
    sumCharged(db, faceId, from, to),
    readMade(db, faceId, { from, to }),
  ]);
  const before = SyncProgress.safeParse(job.progress).data?.primitives_before ?? 0;
  return {
    job_id: job.id,
    seconds: Math.round((to.getTime() - from.getTime()) / 100) / 10,
    documents: counts.documents,
    statements: counts.statements,
    primitives: {
      added: counts.added,
      removed: made.versions === null ? Math.max(0, before + counts.added - counts.now) : made.removed,
      merged: Math.max(0, counts.statements - counts.added),
      by_component: made.byComponent,
    },
    versions: made.versions,
    findings: counts.findings,
    tokens_charged: charged.tokens,
    tokens_from_quota: charged.quota,
    cost_usd: usdFromMicroUsd(charged.cost),
  };
}

/** Primitives keep their row as long as they are in the graph: those that came with it are younger than the sync. */
async function countEntered(db: Db, faceId: string, from: Date): Promise<Entered> {
  const [row] = await db.$queryRaw<Entered[]>`
    WITH entered AS (
      SELECT id, version FROM documents
      WHERE face_id = ${faceId} AND synced_at >= ${from} AND compiled_version = version
    )
    SELECT (SELECT count(*) FROM entered)::int AS documents,
      (SELECT count(*) FROM statements s JOIN entered e ON e.id = s.document_id AND e.version = s.version
        WHERE s.primitive_id IS NOT NULL)::int AS statements,
      (SELECT count(*) FROM findings f JOIN entered e ON e.id = f.document_id AND e.version = f.version)::int AS findings,
      (SELECT count(*) FROM primitives WHERE face_id = ${faceId} AND created_at >= ${from})::int AS added,
      (SELECT count(*) FROM primitives WHERE face_id = ${faceId})::int AS now`;
  return row ?? { documents: 0, statements: 0, findings: 0, added: 0, now: 0 };
}

type Made = {
  versions: SyncResult["versions"];
  byComponent: SyncResult["primitives"]["by_component"];
  /** of all components together */
  removed: number;
};

/** A sync writes its version in the transaction that ends it; what came with it is as old as that. */
async function readMade(db: Db, faceId: string, { from, to }: { from: Date; to: Date }): Promise<Made> {
  const made = await db.faceVersion.findFirst({
    where: { faceId, reason: "sync", createdAt: { gte: from, lte: to } },
    orderBy: { number: "desc" },
  });
  if (made === null) return { versions: null, byComponent: {}, removed: 0 };
  const before = await db.faceVersion.findFirst({
    where: { faceId, number: { lt: made.number } },
    orderBy: { number: "desc" },
  });
  const rows = await db.primitive.groupBy({
    by: ["component"],
    where: { faceId, createdAt: { gte: from } },
    _count: true,
  });
  const added = new Map(rows.map(({ component, _count }) => [component, _count]));
  const [was, is] = [Counts.parse(before?.counts), Counts.parse(made.counts)];
  const byComponent = Object.fromEntries(
    components.map((component) => {
      const came = added.get(component) ?? 0;
      const gone = (was[component] ?? 0) + came - (is[component] ?? 0);
      return [component, { added: came, removed: Math.max(0, gone) }];
    }),
  );
  const removed = Object.values(byComponent).reduce((sum, each) => sum + each.removed, 0);
  return { versions: { from: before?.number ?? 0, to: made.number }, byComponent, removed };
}

const Counts = z.record(z.string(), z.number()).catch({});

async function sumCharged(db: Db, faceId: string, from: Date, to: Date): Promise<Charged> {
  const [row] = await db.$queryRaw<Charged[]>`
    SELECT coalesce(sum(input_tokens), 0)::int AS tokens, coalesce(sum(quota_tokens), 0)::int AS quota,
           coalesce(sum(cost_micro_usd), 0)::bigint AS cost
    FROM usage_records
    WHERE kind = 'compile' AND face_id = ${faceId} AND created_at BETWEEN ${from} AND ${to}`;
  return row ?? { tokens: 0, quota: 0, cost: 0n };
}
