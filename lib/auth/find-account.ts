import type { Ctx } from "./context";
import type { AccountView } from "./schemas";
import { toUserView, withWallets } from "./user-view";

/** Who the caller is, and how far they got. One query each, all at once. */
export async function findAccount({ actor, db }: Ctx): Promise<AccountView> {
  const mine = { accountId: actor.accountId };
  const keys = { ...mine, embed: null };
  const [account, face, source, synced, chat, key, called] = await Promise.all([
    db.account.findUniqueOrThrow({ where: { id: actor.accountId }, include: withWallets }),
    db.face.findFirst({ where: mine, select: { id: true } }),
    db.document.findFirst({ where: { face: mine }, select: { id: true } }),
    db.document.findFirst({ where: { face: mine, status: "synced" }, select: { id: true } }),
    db.usageRecord.findFirst({ where: { ...mine, kind: "chat" }, select: { id: true } }),
    db.apiKey.findFirst({ where: keys, select: { id: true } }),
    db.apiKey.findFirst({ where: { ...keys, lastUsedAt: { not: null } }, select: { id: true } }),
  ]);
  const onboarding = {
    has_face: face !== null,
    has_source: source !== null,
    has_synced: synced !== null,
    has_chatted: chat !== null,
    has_key: key !== null,
    has_called: called !== null,
  };
  return { ...toUserView(account), onboarding };
}
