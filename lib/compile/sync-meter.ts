import type { CompileSplit } from "@/lib/billing/charge-compile";
import { usdFromMicroUsd } from "@/lib/billing/money";
import type { SyncProgress } from "@/lib/faces/schemas";
import type { JobContext } from "@/lib/jobs/define-job";
import type { Chunk, Statement } from "./grammar";

/** Counts what a sync has done, and tells it as the job's progress. */
export class SyncMeter {
  private readonly startedAt = performance.now();
  private tokensDoneNow = 0;

  private constructor(
    private readonly job: JobContext,
    private readonly state: SyncProgress,
    private costMicroUsd: bigint,
  ) {}

  /** Takes stock of what waits and of what an earlier run of the same job has stored. */
  static async start(job: JobContext, faceId: string): Promise<SyncMeter> {
    // of the first attempt: a later one may find its own primitives there
    const before = await job.step("count primitives", () => job.db.primitive.count({ where: { faceId } }));
    const { progress, costMicroUsd } = await stock(job, faceId);
    const meter = new SyncMeter(job, { ...progress, primitives_before: before }, costMicroUsd);
    job.progress(meter.state);
    return meter;
  }

  /** Tells that a piece is stored. @param charged what it took; null when nobody pays, or it was paid before */
  add(chunk: Chunk, statements: { statement: Statement }[], charged: CompileSplit | null): void {
    const { state } = this;
    this.tokensDoneNow += chunk.tokens;
    state.stage = "extracting";
    state.chunks_completed += 1;
    state.tokens_charged += chunk.tokens;
    state.tokens_from_quota = (state.tokens_from_quota ?? 0) + (charged?.quotaTokens ?? 0);
    this.costMicroUsd += charged?.costMicroUsd ?? 0n;
    state.cost_usd = usdFromMicroUsd(this.costMicroUsd);
    state.statements += statements.length;
    for (const { statement } of statements) {
      state.component_counts[statement.component] = (state.component_counts[statement.component] ?? 0) + 1;
    }
    const tokensLeft = Math.max(0, state.tokens_total - state.tokens_charged);
    const msPerToken = (performance.now() - this.startedAt) / Math.max(1, this.tokensDoneNow);
    state.eta_seconds = Math.ceil((tokensLeft * msPerToken) / 1000);
    this.job.progress(state);
  }

  /** Tells that the last step has begun. */
  link(): void {
    this.state.stage = "linking";
    this.state.eta_seconds = 0;
    this.job.progress(this.state);
  }
}

type Stock = {
  documents: number;
  statements: number;
  chunks: number;
  tokens: number;
  chunks_done: number;
  tokens_done: number;
  quota: number;
  cost: bigint;
};

async function stock(job: JobContext, faceId: string): Promise<{ progress: SyncProgress; costMicroUsd: bigint }> {
  const [row] = await job.db.$queryRaw<Stock[]>`
    SELECT count(*)::int AS documents, coalesce(sum(c.statements), 0)::int AS statements, coalesce(sum(d.chunks_total), 0)::int AS chunks,
           coalesce(sum(d.token_count), 0)::int AS tokens, coalesce(sum(c.n), 0)::int AS chunks_done,
           coalesce(sum(c.tokens), 0)::int AS tokens_done, coalesce(sum(u.quota), 0)::int AS quota,
           coalesce(sum(u.cost), 0)::bigint AS cost
    FROM documents d
    LEFT JOIN LATERAL (
      SELECT sum(quota_tokens) AS quota, sum(cost_micro_usd) AS cost FROM usage_records
      WHERE kind = 'compile' AND document_id = d.id AND starts_with(reference, d.id || ':' || d.version || ':')) u ON true
    LEFT JOIN LATERAL (
      SELECT count(*) AS n, sum(tokens) AS tokens,
             (SELECT count(*) FROM statements WHERE document_id = d.id AND version = d.version) AS statements
      FROM chunks WHERE document_id = d.id AND version = d.version) c ON true
    WHERE d.face_id = ${faceId} AND d.status = 'pending' AND d.queued_version = d.version`;
  const progress: SyncProgress = {
    stage: "reading",
    documents: row?.documents ?? 0,
    chunks_total: row?.chunks ?? 0,
    chunks_completed: row?.chunks_done ?? 0,
    tokens_total: row?.tokens ?? 0,
    tokens_charged: row?.tokens_done ?? 0,
    statements: row?.statements ?? 0,
    tokens_from_quota: row?.quota ?? 0,
    cost_usd: usdFromMicroUsd(row?.cost ?? 0n),
    eta_seconds: null,
    component_counts: {},
  };
  return { progress, costMicroUsd: row?.cost ?? 0n };
}
