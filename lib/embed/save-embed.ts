import type { Ctx } from "@/lib/auth/context";
import { forget } from "@/lib/auth/memory";
import { microUsdFromUsd } from "@/lib/billing/money";
import type { Transaction } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { NotFoundError } from "@/lib/errors";
import { lockFace, requireFace } from "@/lib/faces/require-face";
import { newId } from "@/lib/ids";
import { newSecret } from "@/lib/keys/new-secret";
import { requireKeyManager } from "@/lib/keys/require-key-manager";
import { toEmbedView } from "./embed-view";
import { newEmbedToken } from "./new-token";
import { embedDefaults, type EmbedView, type SaveEmbedInput } from "./schemas";

/**
 * Makes a face's page for visitors, or changes of it what is given. Its chats run on a key of its own that nobody
 * holds: budget, spending, usage and limits are those of every key.
 *
 * @throws {NotFoundError} the face is missing, or is not the caller's
 * @throws {ForbiddenError} the caller is a key that is limited itself: a page would let it spend more
 */
export async function saveEmbed(
  ctx: Ctx,
  { face: ref, ...input }: SaveEmbedInput & { face: string },
): Promise<EmbedView> {
  await requireKeyManager(ctx, ["chat"]);
  const face = await requireFace(ctx, ref);
  const saved = await transaction(ctx.db, async (tx) => {
    // two who make it at once make one
    if ((await lockFace(tx, face.id)) === null) throw new NotFoundError("The face");
    const before = await tx.embed.findUnique({ where: { faceId: face.id } });
    const apiKeyId = before?.apiKeyId ?? (await makeKey(tx, face));
    await tx.apiKey.update({
      where: { id: apiKeyId },
      data: {
        ...(input.budget_usd === undefined ? {} : { budgetMicroUsd: microUsdFromUsd(input.budget_usd) }),
        ...(input.reset_spent ? { spentMicroUsd: 0n } : {}),
      },
    });
    const data = toData(input);
    if (before !== null) return tx.embed.update({ where: { id: before.id }, data, include: { apiKey: true } });
    return tx.embed.create({
      data: {
        visitorMessagesPerDay: embedDefaults.visitor_messages_per_day,
        ...data,
        id: newId("embed"),
        accountId: ctx.actor.accountId,
        faceId: face.id,
        token: newEmbedToken(),
        apiKeyId,
      },
      include: { apiKey: true },
    });
  });
  forget({ table: "embeds", value: saved.id });
  return toEmbedView(ctx.db, saved);
}

type Owned = { id: string; username: string; accountId: string | null };

/** A key whose secret was never told to anybody. */
async function makeKey(tx: Transaction, { id: faceId, username, accountId }: Owned): Promise<string> {
  const { hash, prefix } = newSecret();
  const id = newId("key");
  await tx.apiKey.create({
    data: {
      id,
      accountId: accountId ?? "",
      name: `Page of ${username}`,
      hash,
      prefix,
      scopes: ["chat"],
      allowedFaces: [faceId],
      budgetMicroUsd: microUsdFromUsd(embedDefaults.budget_usd),
    },
  });
  return id;
}

function toData(input: SaveEmbedInput) {
  const { is_enabled, is_public, origins, visitor_messages_per_day, theme, greeting, disclosure, suggestions } = input;
  return {
    ...(is_enabled === undefined ? {} : { isEnabled: is_enabled }),
    ...(is_public === undefined ? {} : { isPublic: is_public }),
    ...(origins === undefined ? {} : { origins: [...new Set(origins)] }),
    ...(visitor_messages_per_day === undefined ? {} : { visitorMessagesPerDay: visitor_messages_per_day }),
    ...(theme === undefined ? {} : { theme }),
    ...(greeting === undefined ? {} : { greeting }),
    ...(disclosure === undefined ? {} : { disclosure }),
    ...(suggestions === undefined ? {} : { suggestions }),
  };
}
