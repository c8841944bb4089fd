import type { Ctx } from "@/lib/auth/context";
import type { FaceRow } from "./require-face";

/**
 * The faces among these that the caller may read, by the name they were asked for: own ones, else the installation's
 * sample, as `requireReadableFace` has it. One query; what the key is limited to is for the caller to check.
 *
 * @param refs ids or usernames
 */
export async function findReadableFaces(ctx: Ctx, refs: readonly string[]): Promise<Map<string, FaceRow>> {
  const wanted = [...new Set(refs)];
  if (wanted.length === 0) return new Map();
  const rows = await ctx.db.face.findMany({
    where: {
      OR: [{ accountId: ctx.actor.accountId }, { accountId: null }],
      AND: { OR: [{ id: { in: wanted } }, { username: { in: wanted } }] },
    },
    orderBy: { accountId: { sort: "asc", nulls: "last" } },
  });
  const found = new Map<string, FaceRow>();
  for (const ref of wanted) {
    const face = rows.find(({ id }) => id === ref) ?? rows.find(({ username }) => username === ref);
    if (face !== undefined) found.set(ref, face);
  }
  return found;
}
