import { Prisma } from "@/lib/db/generated/client";
import type { WorkFilter } from "./schemas";

/** What a filter says for work that has no face, or no key. */
export const nothing = "none";

/** The condition that usage records, named `u` in the query, are those that a filter means. */
export function isMeant({ kind, model, face_id: face, api_key_id: key }: WorkFilter): Prisma.Sql {
  const conditions = [
    ...(kind === undefined ? [] : [Prisma.sql`u.kind = ${kind}`]),
    ...(model === undefined ? [] : [Prisma.sql`u.model = ${model}`]),
    ...(face === undefined ? [] : [face === nothing ? Prisma.sql`u.face_id IS NULL` : Prisma.sql`u.face_id = ${face}`]),
    ...(key === undefined
      ? []
      : [key === nothing ? Prisma.sql`u.api_key_id IS NULL` : Prisma.sql`u.api_key_id = ${key}`]),
  ];
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.join(conditions, " AND ");
}

/** Whether a filter leaves anything out. */
export const isFiltered = ({ kind, model, face_id, api_key_id }: WorkFilter): boolean =>
  [kind, model, face_id, api_key_id].some((each) => each !== undefined);
