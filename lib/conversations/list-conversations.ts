import type { Ctx } from "@/lib/auth/context";
import type { Prisma } from "@/lib/db/client";
import { requireReadableFace } from "@/lib/faces/require-face";
import { Page } from "@/lib/http/page";
import { shown, toConversationView } from "./conversation-view";
import { visibleTo } from "./require-conversation";
import type { ConversationsQuery, ConversationView } from "./schemas";

/** Of a found message: this many characters before the words, and behind them. */
const around = { before: 40, after: 80 };

/**
 * The account's conversations, the one that was last spoken in first.
 *
 * @param query.q words of a title or of any message: then each has a snippet where a message holds them
 * @throws {NotFoundError} the face
 */
export async function listConversations(ctx: Ctx, query: ConversationsQuery): Promise<Page<ConversationView>> {
  const { limit, cursor, q = "" } = query;
  const face = query.face === undefined ? null : await requireReadableFace(ctx, query.face);
  const rows = await ctx.db.conversation.findMany({
    where: {
      AND: [
        visibleTo(ctx),
        face === null ? {} : { faceId: face.id },
        cursor === undefined ? {} : behind(cursor),
        q === "" ? {} : holding(q),
      ],
    },
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    take: limit + 1,
    include: shown,
  });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const snippets = q === "" ? new Map<string, string>() : await findSnippets(ctx, q, items);
  const views = items.map((row) => toConversationView(row, snippets.get(row.id) ?? null));
  return new Page(views, rows.length > limit && last ? `${last.updatedAt.getTime()}_${last.id}` : null);
}

function behind(cursor: string): Prisma.ConversationWhereInput {
  const split = cursor.indexOf("_");
  const updatedAt = new Date(Number(cursor.slice(0, split)));
  const id = cursor.slice(split + 1);
  return { OR: [{ updatedAt: { lt: updatedAt } }, { updatedAt, id: { lt: id } }] };
}

function holding(words: string): Prisma.ConversationWhereInput {
  const contains = { contains: words.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" } as const;
  return { OR: [{ title: contains }, { messages: { some: { content: contains } } }] };
}

/** Where the words stand in the first message of each that holds them. */
async function findSnippets(
  { db }: Ctx,
  words: string,
  conversations: readonly { id: string }[],
): Promise<Map<string, string>> {
  const ids = conversations.map(({ id }) => id);
  const pattern = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  const width = around.before + words.length + around.after;
  const rows = await db.$queryRaw<{ id: string; text: string; at: number; length: number }[]>`
    SELECT DISTINCT ON (conversation_id) conversation_id AS id,
      substr(content, greatest(strpos(lower(content), lower(${words})) - ${around.before}, 1), ${width}) AS text,
      strpos(lower(content), lower(${words})) AS at, length(content) AS length
    FROM conversation_messages
    WHERE conversation_id = ANY(${ids}::text[]) AND content ILIKE ${pattern}
    ORDER BY conversation_id, created_at`;
  return new Map(
    rows.map(({ id, text, at, length }) => {
      const lead = at > around.before + 1 ? "…" : "";
      const tail = Math.max(at - around.before, 1) + width <= length ? "…" : "";
      return [id, `${lead}${text.replace(/\s+/gu, " ").trim()}${tail}`];
    }),
  );
}
