import { z } from "zod";
import { type IdKind, idPrefixes } from "@/lib/ids";

/** Where a page starts: behind the thing with this id, or with this number where things are numbered. */
export const Cursor = z
  .string()
  .regex(
    /^(?:[a-z]{2,8}_[0-9a-z]{26}|\d{1,9})$/,
    "is none that a list has given: leave it out to start at the beginning",
  );

/** `?limit=&cursor=` of every list. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: Cursor.optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** The cursor of a list of things of one kind: an id of theirs. What cannot be one is refused rather than ignored. */
export function cursorOf(kind: IdKind) {
  const form = new RegExp(`^${idPrefixes[kind]}_[0-9a-z]{26}$`, "u");
  return z.string().regex(form, "is no cursor of this list: send next_cursor as it came").optional();
}

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
