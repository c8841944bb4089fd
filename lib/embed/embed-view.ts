import { usdFromMicroUsd } from "@/lib/billing/money";
import type { DbOrTransaction } from "@/lib/db/client";
import { publicUrl } from "@/lib/env";
import type { EmbedRow } from "./read-embed";
import { EmbedTheme, type EmbedView } from "./schemas";

/** A stored page as its owner sees it. */
export async function toEmbedView(db: DbOrTransaction, embed: Omit<EmbedRow, "account" | "face">): Promise<EmbedView> {
  const { apiKey, accountId } = embed;
  const answers = await db.usageRecord.count({ where: { accountId, apiKeyId: apiKey.id, kind: "chat" } });
  return {
    id: embed.id,
    face_id: embed.faceId,
    is_enabled: embed.isEnabled,
    is_public: embed.isPublic,
    public_url: `${publicUrl().origin}/c/${embed.token}`,
    embed_url: `${publicUrl().origin}/embed/${embed.token}`,
    origins: embed.origins,
    theme: EmbedTheme.catch("system").parse(embed.theme),
    greeting: embed.greeting,
    disclosure: embed.disclosure,
    suggestions: embed.suggestions,
    visitor_messages_per_day: embed.visitorMessagesPerDay,
    budget_usd: usdFromMicroUsd(apiKey.budgetMicroUsd ?? 0n),
    spent_usd: usdFromMicroUsd(apiKey.spentMicroUsd),
    answers,
    api_key_id: apiKey.id,
    created_at: embed.createdAt.toISOString(),
    updated_at: embed.updatedAt.toISOString(),
  };
}
