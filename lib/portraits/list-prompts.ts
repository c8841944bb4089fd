import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { NotFoundError } from "@/lib/errors";
import { transaction } from "@/lib/db/transaction";
import { release } from "@/lib/billing/reservations";
import { cancelJobs } from "@/lib/jobs/queue";
import { requireShallow } from "./list-tunes";
import { makePortraitsName } from "./make-progress";
import { tidyLater } from "./make-tidy.job";
import { visiblePrompts } from "./portrait-view";
import type { PromptView } from "./prompt-schemas";
import { toPromptViews } from "./prompt-view";
import { tuneNumber } from "./tune-access";

/** `GET /prompts`, `GET /tunes/{id}/prompts`. */
export const ListPromptsQuery = z.object({
  limit: z.coerce.number("must be a number").int().min(1).max(120).default(20),
  before_id: z.coerce
    .number("must be a number")
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .optional()
    .describe("Only those that are older."),
  offset: z.coerce
    .number("must be a number")
    .int()
    .min(0)
    .default(0)
    .describe("How many to pass over, at most 1000: use before_id."),
});
export type ListPromptsQuery = z.infer<typeof ListPromptsQuery>;

/**
 * Orders of the caller, newest first.
 *
 * @param tune only those that were placed under this number, or that name this tune
 * @throws {AppError} `offset_too_deep`
 */
export async function listPrompts(ctx: Ctx, query: ListPromptsQuery, tune?: string): Promise<PromptView[]> {
  const { limit, before_id: beforeId, offset } = query;
  requireShallow(offset);
  const tuneId = tune === undefined ? undefined : tuneNumber(tune);
  if (tuneId === null) return [];
  const rows = await ctx.db.prompt.findMany({
    where: {
      AND: [
        visiblePrompts(ctx),
        tuneId === undefined ? {} : { OR: [{ tuneId }, { references: { some: { tuneId } } }] },
        beforeId === undefined ? {} : { id: { lt: beforeId } },
      ],
    },
    orderBy: { id: "desc" },
    take: limit,
    skip: offset,
  });
  return toPromptViews(ctx.db, rows);
}

type Ref = { prompt: string; tune?: string };

/**
 * An order of the caller's.
 *
 * @param ref its number as the path says it, and that of the tune it stands under, where the path names one
 * @throws {NotFoundError} missing, somebody else's, or not under this tune: the answer is the same
 */
export async function requirePrompt(ctx: Ctx, { prompt, tune }: Ref) {
  const id = tuneNumber(prompt);
  const tuneId = tune === undefined ? undefined : tuneNumber(tune);
  if (id === null || tuneId === null) throw new NotFoundError("The prompt");
  const under = tuneId === undefined ? {} : { OR: [{ tuneId }, { references: { some: { tuneId } } }] };
  const row = await ctx.db.prompt.findFirst({ where: { AND: [visiblePrompts(ctx), { id }, under] } });
  if (row === null) throw new NotFoundError("The prompt");
  return row;
}

/** @throws {NotFoundError} as `requirePrompt` */
export async function readPrompt(ctx: Ctx, ref: Ref): Promise<PromptView> {
  const [view] = await toPromptViews(ctx.db, [await requirePrompt(ctx, ref)]);
  if (view === undefined) throw new NotFoundError("The prompt");
  return view;
}

/**
 * Deletes an order with its portraits and files; one that is being made is stopped and costs nothing.
 *
 * @throws {NotFoundError} as `requirePrompt`
 */
export async function deletePrompt(ctx: Ctx, ref: Ref): Promise<{ id: number; deleted: true }> {
  const { id } = await requirePrompt(ctx, ref);
  await transaction(ctx.db, async (tx) => {
    await tx.$queryRaw`SELECT id FROM prompts WHERE id = ${id} FOR UPDATE`;
    const row = await tx.prompt.findUnique({ where: { id } });
    if (row === null) return;
    if (row.reservationId !== null) await release(tx, row.reservationId);
    await tidyLater(tx, { promptId: id, engine: row.engine, memory: row.engineMemory });
    await tx.prompt.delete({ where: { id } });
    await cancelJobs(tx, { name: makePortraitsName, key: String(id) });
  });
  return { id, deleted: true };
}
