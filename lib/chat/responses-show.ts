import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { InvalidInputError, NotFoundError } from "@/lib/errors";
import { findItems, inputNotKept, readChain, referencesIn, visibleTo } from "./responses-kept";
import type { InputItem } from "./responses-schemas";

/** `?limit=&after=&order=` of OpenAI's list of the items that went into a response. */
export const InputItemsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: z.string().optional(),
  order: z.enum(["asc", "desc"]).default("desc"),
});
export type InputItemsQuery = z.infer<typeof InputItemsQuery>;

/** A list as OpenAI writes it. */
export type ItemList = {
  object: "list";
  data: InputItem[];
  first_id: string | null;
  last_id: string | null;
  has_more: boolean;
};

/** A response as its client got it. @throws {NotFoundError} missing, too old, or somebody else's */
export async function showResponse(ctx: Ctx, id: string): Promise<unknown> {
  const [row] = await ctx.db.$queryRaw<{ response: unknown }[]>`
    SELECT r.response FROM stored_responses r WHERE r.id = ${id} AND ${visibleTo(ctx)}`;
  if (row === undefined) throw new NotFoundError(`The response ${id}`);
  return row.response;
}

/** Deletes a response; what continues it can be read on, but not be continued. @throws {NotFoundError} as above */
export async function deleteResponse(ctx: Ctx, id: string): Promise<{ id: string; object: "response"; deleted: true }> {
  const deleted = await ctx.db.$executeRaw`
    DELETE FROM stored_responses r WHERE r.id = ${id} AND ${visibleTo(ctx)}`;
  if (deleted === 0) throw new NotFoundError(`The response ${id}`);
  return { id, object: "response", deleted: true };
}

/**
 * A page of all items that went into a response: those of the conversation that it continues, as far as that is kept,
 * then its own.
 *
 * @throws {AppError} `not_found` | {InvalidInputError} the input was too large to be kept, or `after` is not in the list
 */
export async function listInputItems(ctx: Ctx, id: string, query: InputItemsQuery): Promise<ItemList> {
  const chain = await readChain(ctx, id);
  const items = chain.flatMap(({ id: linkId, input, output }) => {
    if (input === null) throw inputNotKept(linkId);
    return linkId === id ? input : [...input, ...output];
  });
  const { named } = await findItems(ctx, referencesIn(items));
  const whole = items.map((item) => named.get(idOf(item)) ?? item);
  if (query.order === "desc") whole.reverse();
  const start = query.after === undefined ? 0 : behind(whole, query.after);
  const data = whole.slice(start, start + query.limit);
  return {
    object: "list",
    data,
    first_id: data[0] === undefined ? null : idOf(data[0]),
    last_id: data.length === 0 ? null : idOf(data[data.length - 1] ?? {}),
    has_more: start + data.length < whole.length,
  };
}

function behind(items: readonly InputItem[], after: string): number {
  const at = items.findIndex((item) => idOf(item) === after);
  if (at === -1) throw new InvalidInputError(`after names ${after}, which is not an item of this list.`, "after");
  return at + 1;
}

function idOf({ id }: InputItem): string {
  return typeof id === "string" ? id : "";
}
