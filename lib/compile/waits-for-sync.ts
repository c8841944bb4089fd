import type { DbOrTransaction, Prisma } from "@/lib/db/client";

/** The documents of a face that a sync was asked for and has not compiled yet; an edit since then waits for the next. */
export function waitsForSync(db: DbOrTransaction, faceId: string): Prisma.DocumentWhereInput {
  return { faceId, status: "pending", queuedVersion: { equals: db.document.fields.version } };
}
