import type { Ctx } from "@/lib/auth/context";
import type { CompileQuotaView, CompileQuotaInput } from "./schemas";
import { showCompileQuota } from "./show-compile-quota";

/** Switches compiling on credit past the quota on or off. A sync that is under way heeds it at its next piece. */
export async function setOverflow(ctx: Ctx, input: CompileQuotaInput): Promise<CompileQuotaView> {
  const { accountId } = ctx.actor;
  await ctx.db.account.update({ where: { id: accountId }, data: { overflowEnabled: input.overflow_enabled } });
  return showCompileQuota(ctx);
}
