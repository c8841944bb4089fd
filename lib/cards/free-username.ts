import type { Ctx } from "@/lib/auth/context";
import { NewUsername } from "@/lib/faces/schemas";

const maxLength = 32;

/**
 * A username that the account has not used yet, as near to what is wanted as can be: `alice`, else `alice-2`.
 *
 * @param wanted whatever somebody is called
 */
export async function freeUsername(ctx: Ctx, wanted: string): Promise<string> {
  const plain = NewUsername.safeParse(wanted).success ? wanted : toPlain(wanted);
  const base = plain === "" ? "imported" : plain;
  const stem = base.slice(0, maxLength - 5);
  const rows = await ctx.db.face.findMany({
    where: { accountId: ctx.actor.accountId, username: { startsWith: stem } },
    select: { username: true },
  });
  const taken = new Set(rows.map(({ username }) => username));
  const isFree = (name: string) => !taken.has(name) && NewUsername.safeParse(name).success;
  if (isFree(base)) return base;
  for (let number = 2; ; number++) {
    const name = `${stem}-${number}`;
    if (isFree(name)) return name;
  }
}

function toPlain(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-+|-+$/gu, "")
    .slice(0, maxLength)
    .replace(/-+$/u, "");
}
