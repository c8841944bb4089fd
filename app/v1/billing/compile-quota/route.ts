import { CompileQuotaInput, CompileQuotaView } from "@/lib/billing/schemas";
import { setOverflow } from "@/lib/billing/set-overflow";
import { showCompileQuota } from "@/lib/billing/show-compile-quota";
import { resumeSyncs } from "@/lib/compile/resume-syncs";
import { route } from "@/lib/http/route";

export const GET = route(
  { summary: "Show the compile quota", reply: CompileQuotaView, scope: "billing:read" },
  ({ ctx }) => showCompileQuota(ctx),
);

export const PATCH = route(
  {
    summary: "Allow or forbid compiling past the quota",
    reply: CompileQuotaView,
    scope: "billing:write",
    body: CompileQuotaInput,
  },
  async ({ ctx, body }) => {
    const quota = await setOverflow(ctx, body);
    await resumeSyncs(ctx.db, ctx.actor.accountId);
    return quota;
  },
);
