import type { Ctx } from "@/lib/auth/context";
import { readCompileQuota } from "./compile-quota";
import type { CompileQuotaView } from "./schemas";

type FaceRow = CompileQuotaView["faces"][number];

/** The quota with what each face takes of it. Three queries. */
export async function showCompileQuota({ actor, db }: Ctx): Promise<CompileQuotaView> {
  const quota = await readCompileQuota(db, actor.accountId);
  const faces = await db.$queryRaw<FaceRow[]>`
    SELECT f.id AS face_id, f.username,
      coalesce((SELECT sum(c.tokens) FROM documents d JOIN chunks c ON c.document_id = d.id AND c.version = d.compiled_version
                WHERE d.face_id = f.id), 0)::int AS tokens_in_graph,
      coalesce((SELECT sum(u.input_tokens) FROM usage_records u WHERE u.account_id = f.account_id AND u.kind = 'compile'
                AND u.face_id = f.id AND u.created_at >= ${quota.startsAt} AND u.released_at IS NULL), 0)::int AS tokens_charged_period,
      coalesce((SELECT sum(u.input_tokens) FROM usage_records u WHERE u.account_id = f.account_id AND u.kind = 'compile'
                AND u.face_id = f.id), 0)::int AS tokens_charged_alltime
    FROM faces f WHERE f.account_id = ${actor.accountId} ORDER BY f.created_at`;
  return {
    plan: quota.plan,
    tokens_used: quota.tokensUsed,
    tokens_limit: quota.tokensLimit,
    tokens_remaining: quota.tokensRemaining,
    resets_at: quota.resetsAt?.toISOString() ?? null,
    overflow_enabled: quota.isOverflowEnabled,
    faces,
  };
}
