import { z } from "zod";

/** `?limit=&cursor=` of every list. A cursor is the id behind which the page starts. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(64).optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** One page of a list. */
export class Page<T> {
  constructor(
    readonly items: T[],
    readonly nextCursor: string | null,
  ) {}

  /** Cuts a list that was read with one row too many, to know whether more follow. */
  static of<Row extends { id: string }, T>(rows: Row[], limit: number, toView: (row: Row) => T): Page<T> {
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return new Page(shown.map(toView), rows.length > limit && last ? last.id : null);
  }
}
