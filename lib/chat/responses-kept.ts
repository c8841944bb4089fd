import type { Ctx } from "@/lib/auth/context";
import { Prisma } from "@/lib/db/generated/client";
import { AppError, InvalidInputError } from "@/lib/errors";
import { responseOfItem } from "./responses-object";
import type { InputItem, ResponsesRequest } from "./responses-schemas";

/** How long a response is kept, in days: as long as OpenAI keeps it. */
export const keptDays = 30;
export const keptMs = keptDays * 24 * 60 * 60 * 1000;

/** The most that is read of earlier responses for one request: as many bytes as a body may have, which no model reads. */
export const mostKept = { items: 5_000, bytes: 10 * 1024 * 1024 };

/** What a request names instead of holding it. */
export type Kept = {
  /** the conversation before it, oldest first */
  earlier: readonly InputItem[];
  /** items by the ids that references name; what was not found is not in it */
  named: ReadonlyMap<string, InputItem>;
  /** documents that any of it was said from */
  sources: readonly string[];
};

export const nothingKept: Kept = { earlier: [], named: new Map(), sources: [] };

/**
 * Reads what a request names: the conversation that it continues, and single items.
 *
 * @throws {AppError} `not_found` the conversation is not all there any more, or somebody else's
 * @throws {InvalidInputError} it is too long
 */
export async function readKept(ctx: Ctx, request: ResponsesRequest, most = mostKept): Promise<Kept> {
  const { previous_response_id: previous, input } = request;
  const chain = previous ? await readChain(ctx, previous, most) : [];
  const earlier = previous ? conversationOf(chain, previous) : [];
  const held = new Set(earlier.map(({ id }) => id));
  const ids = referencesIn([...earlier, ...(Array.isArray(input) ? input : [])]).filter((id) => !held.has(id));
  const { named, sources } = await findItems(ctx, ids, most);
  // each has the sources of those before it
  return { earlier, named, sources: [...(chain.at(-1)?.sources ?? []), ...sources] };
}

/** The ids that references name; those of thoughts are left out, since thoughts are never sent on. */
export function referencesIn(items: readonly InputItem[]): string[] {
  return items.flatMap(({ type, id }) =>
    type === "item_reference" && typeof id === "string" && !id.startsWith("rs_") ? [id] : [],
  );
}

/** One response of a conversation. */
export type ChainLink = {
  id: string;
  previousId: string | null;
  /** null: too large to be kept */
  input: InputItem[] | null;
  output: InputItem[];
  /** documents that it and those before it were said from */
  sources: string[];
};

/**
 * A response and those before it, oldest first, in one query; what is gone or may not be seen ends it.
 *
 * @throws {AppError} `not_found` the response itself is
 * @throws {InvalidInputError} they hold too much
 */
export async function readChain(ctx: Ctx, id: string, most = mostKept): Promise<ChainLink[]> {
  const mine = visibleTo(ctx);
  const rows = await ctx.db.$queryRaw<(ChainLink & { fits: boolean })[]>`
    WITH RECURSIVE chain AS (
      SELECT r.id, r.previous_id, 1 AS depth, r.items AS all_items, r.bytes::float8 AS all_bytes
      FROM stored_responses r WHERE r.id = ${id} AND ${mine}
      UNION ALL
      SELECT r.id, r.previous_id, c.depth + 1, c.all_items + r.items, c.all_bytes + r.bytes
      FROM chain c JOIN stored_responses r ON r.id = c.previous_id
      WHERE ${mine} AND c.all_items <= ${most.items} AND c.all_bytes <= ${most.bytes}),
    size AS (
      SELECT max(all_items) <= ${most.items} AND max(all_bytes) <= ${most.bytes} AS fits FROM chain)
    SELECT c.id, c.previous_id AS "previousId", fits, r.document_ids AS sources,
      CASE WHEN fits THEN r.input END AS input, CASE WHEN fits THEN r.response->'output' END AS output
    FROM chain c JOIN stored_responses r ON r.id = c.id CROSS JOIN size ORDER BY c.depth DESC`;
  if (rows.length === 0) throw notKept(id);
  if (rows[0]?.fits === true) return rows;
  throw new InvalidInputError(
    `The conversation before ${id} has more than ${most.items} items or ${megabytes(most.bytes)} MB, which is the most that is continued. Send what matters of it in input.`,
    "previous_response_id",
  );
}

/** @throws {AppError} `not_found` | {InvalidInputError} a part of it is gone, or was never kept */
function conversationOf(chain: ChainLink[], previous: string): InputItem[] {
  const gone = chain[0]?.previousId ?? null;
  if (gone !== null) throw notKept(gone, `${previous} continues the response ${gone}, which`);
  return chain.flatMap(({ id, input, output }) => {
    if (input === null) throw inputNotKept(id);
    return [...input, ...output];
  });
}

/**
 * Items of the outputs of responses by their ids, in one query, and what these were said from.
 *
 * @throws {InvalidInputError} they hold too much
 */
export async function findItems(
  ctx: Ctx,
  ids: readonly string[],
  most = mostKept,
): Promise<Pick<Kept, "named" | "sources">> {
  const wanted = [...new Set(ids)];
  const responses = [...new Set(wanted.flatMap((id) => responseOfItem(id) ?? []))];
  if (responses.length === 0) return nothingKept;
  const rows = await ctx.db.$queryRaw<{ id: string; item: InputItem | null; sources: string[] }[]>`
    WITH named AS (
      SELECT item->>'id' AS id, item, r.document_ids AS sources
      FROM stored_responses r CROSS JOIN LATERAL jsonb_array_elements(r.response->'output') AS item
      WHERE r.id = ANY(${responses}::text[]) AND ${visibleTo(ctx)} AND item->>'id' = ANY(${wanted}::text[]))
    SELECT id, sources, CASE WHEN count(*) OVER () <= ${most.items} AND sum(length(item::text)) OVER () <= ${most.bytes}
      THEN item END AS item FROM named`;
  const named = rows.map(({ id, item }): [string, InputItem] => {
    if (item !== null) return [id, item];
    const limit = `${most.items} items or ${megabytes(most.bytes)} MB`;
    throw new InvalidInputError(`input names more than ${limit} of earlier items. Send what matters of them.`, "input");
  });
  return { named: new Map(named), sources: rows.flatMap(({ sources }) => sources) };
}

/**
 * Which responses the caller may see, as a condition on the row `r`: those of the account that are not too old. A key
 * that is limited to some faces sees theirs, and what it asked of bare models itself.
 */
export function visibleTo({ actor }: Ctx): Prisma.Sql {
  const since = new Date(Date.now() - keptMs);
  const own = Prisma.sql`r.account_id = ${actor.accountId} AND r.created_at > ${since}::timestamptz`;
  const { credential } = actor;
  if (credential.kind !== "key" || credential.allowedFaces.length === 0) return own;
  const { allowedFaces: names, keyId } = credential;
  return Prisma.sql`${own} AND (
    EXISTS (SELECT 1 FROM faces f
      WHERE f.id = r.face_id AND (f.id = ANY(${names}::text[]) OR f.username = ANY(${names}::text[])))
    OR (r.face_id IS NULL AND r.api_key_id = ${keyId}))`;
}

/** Why something that is named is not there; whether it is somebody else's is not told. */
export const whyNotKept = `was not stored, has been deleted, or is older than ${keptDays} days`;

function notKept(id: string, what = `The response ${id}`): AppError {
  const instead = "Send the whole conversation in input instead.";
  return new AppError("not_found", `${what} was not found: it ${whyNotKept}. ${instead}`, {
    param: "previous_response_id",
  });
}

/** The error for a response whose input was too large. */
export function inputNotKept(id: string): InvalidInputError {
  return new InvalidInputError(
    `The input of ${id} was too large to be kept. Send the whole conversation in input instead.`,
    "previous_response_id",
  );
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
