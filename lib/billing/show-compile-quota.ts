import type { Ctx } from "@/lib/auth/context";
import { readCompileQuota } from "./compile-quota";
import type { CompileQuotaView } from "./schemas";

type FaceRow = CompileQuotaView["faces"][number];

/** The quota with what each face takes of it. Three queries, each reading a row once. */
export async function showCompileQuota({ actor, db }: Ctx): Promise<CompileQuotaView> {
  const quota = await readCompileQuota(db, actor.accountId);
  const faces = await db.$queryRaw<FaceRow[]>`
    WITH compiled AS (
      SELECT d.face_id, sum(c.tokens) AS tokens
      FROM faces f JOIN documents d ON d.face_id = f.id
      JOIN chunks c ON c.document_id = d.id AND c.version = d.compiled_version
      WHERE f.account_id = ${actor.accountId} GROUP BY 1
    ),
    charged AS (
      SELECT face_id, sum(input_tokens) AS ever,
             sum(input_tokens) FILTER (WHERE created_at >= ${quota.startsAt} AND released_at IS NULL) AS now
      FROM usage_records WHERE account_id = ${actor.accountId} AND kind = 'compile' GROUP BY 1
    )
    SELECT f.id AS face_id, f.username, coalesce(compiled.tokens, 0)::float8 AS tokens_in_graph,
           coalesce(charged.now, 0)::float8 AS tokens_charged_period,
           coalesce(charged.ever, 0)::float8 AS tokens_charged_alltime
    FROM faces f LEFT JOIN compiled ON compiled.face_id = f.id LEFT JOIN charged ON charged.face_id = f.id
    WHERE f.account_id = ${actor.accountId} ORDER BY f.created_at`;
  return {
    plan: quota.plan,
    tokens_used: quota.tokensUsed,
    tokens_limit: quota.tokensLimit,
    resets_at: quota.resetsAt?.toISOString() ?? null,
    faces,
    tokens_remaining: quota.tokensRemaining,
    overflow_enabled: quota.isOverflowEnabled,
  };
}
