import { z } from "zod";
import type { Db, Prisma } from "@/lib/db/client";
import { Overrides } from "./primitive-overrides";
import { readSources, readStatementPages, type Source, type StatementPage } from "./read-statements";

const Sources = z.array(z.object({ document_id: z.string(), version: z.number() }));

export type VersionRow = Prisma.FaceVersionGetPayload<object>;

/** Which version of which text a version of a face was made of. */
export function sourcesOf(row: Pick<VersionRow, "sources">): { documentId: string; version: number }[] {
  return Sources.parse(row.sources).map(({ document_id: documentId, version }) => ({ documentId, version }));
}

/**
 * A version of a face, of what is still there: the statements of its texts and its owner's word of the time.
 *
 * @returns null when there is no such version
 */
export async function faceStateAt(
  db: Db,
  faceId: string,
  number: number,
  { vectors }: { vectors: boolean },
): Promise<{ sources: Source[]; overrides: Overrides; pages: StatementPage[] } | null> {
  const row = await db.faceVersion.findUnique({ where: { faceId_number: { faceId, number } } });
  if (row === null) return null;
  const sources = await readSources(db, faceId, sourcesOf(row));
  return { sources, overrides: Overrides.parse(row.overrides), pages: await readStatementPages(db, sources, vectors) };
}
