import { rowCache } from "@/lib/auth/memory";
import { type Db, db, type Prisma } from "@/lib/db/client";

const maxEmbedsInMemory = 2_000;
const tokenForm = /^[A-Za-z0-9_-]{22}$/u;

/** A page with whose it is and what it costs; `apiKey.spentMicroUsd` may be from before. */
export type EmbedRow = Prisma.EmbedGetPayload<{ include: { account: true; apiKey: true; face: true } }>;

/** The page at an address that is switched on; null: there is none. What this process remembers is not asked again. */
export async function readEmbed(token: string, client: Db = db()): Promise<EmbedRow | null> {
  if (!tokenForm.test(token)) return null;
  const row = await rowCache<EmbedRow | null>("embeds by token", maxEmbedsInMemory).read(
    token,
    () => client.embed.findUnique({ where: { token }, include: { account: true, apiKey: true, face: true } }),
    (found) =>
      found && [
        `embeds ${found.id}`,
        `accounts ${found.accountId}`,
        `faces ${found.accountId}`,
        `api_keys ${found.apiKeyId}`,
      ],
  );
  return row === null || !row.isEnabled || row.apiKey.revokedAt !== null ? null : row;
}
