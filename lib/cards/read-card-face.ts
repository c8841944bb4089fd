import { readCompiledSources } from "@/lib/compile/read-statements";
import { toOverride, withOverride } from "@/lib/compile/primitive-overrides";
import { Voice } from "@/lib/compile/schemas";
import type { DbOrTransaction, Prisma } from "@/lib/db/client";
import { DocumentNotes } from "@/lib/documents/schemas";
import { AppError } from "@/lib/errors";
import type { FaceRow } from "@/lib/faces/require-face";
import { type CardDocument, type CardFace, type CardPrimitive, limits } from "./card-schema";

type DocumentRow = Prisma.DocumentGetPayload<{ include: { versions: true } }>;

/**
 * A concrete face as its card holds it: every text that has been read, and every primitive with what it rests on.
 * Recordings that wait for their words are not among them.
 *
 * @throws {AppError} `too_large` more than a card may hold
 */
export async function readCardFace(db: DbOrTransaction, face: FaceRow): Promise<CardFace> {
  const count = await db.primitive.count({ where: { faceId: face.id } });
  if (count > limits.primitives) throw tooMuch(`${count} statements, and a card holds ${limits.primitives}`);
  const sizes = await textSizes(db, face.id);
  if (sizes.length > limits.documents) throw tooMuch(`${sizes.length} sources, and a card holds ${limits.documents}`);
  if (sizes.reduce((sum, bytes) => sum + bytes, 0) > limits.textBytes)
    throw tooMuch(`longer texts than ${limits.textBytes / 1_000_000} MB, the most that a card holds`);
  const rows = await readTexts(db, face.id);
  const version = await db.faceVersion.findUnique({
    where: { faceId_number: { faceId: face.id, number: face.version } },
    select: { graphHash: true },
  });
  const places = new Map(rows.map(({ id }, at) => [id, at]));
  const compiled = new Map((await readCompiledSources(db, face.id)).map((each) => [each.documentId, each.version]));
  return {
    username: face.username,
    name: face.name,
    aliases: face.aliases,
    pronouns: face.pronouns,
    basic_facts: face.basicFacts,
    default_model: face.defaultModel,
    graph_hash: version?.graphHash ?? null,
    documents: await Promise.all(rows.map((row) => toCardDocument(db, row, compiled.get(row.id)))),
    primitives: await readPrimitives(db, face.id, places),
    voice: toCardVoice(face.voice, places),
  };
}

/** Bytes of each text that the card will hold. Lengths stand beside texts: none is read for them. */
async function textSizes(db: DbOrTransaction, faceId: string): Promise<number[]> {
  const rows = await db.$queryRaw<{ bytes: number }[]>`
    SELECT sum(octet_length(v.content))::float8 AS bytes
    FROM documents d JOIN document_versions v ON v.document_id = d.id AND v.version IN (d.version, d.compiled_version)
    WHERE d.face_id = ${faceId} AND d.token_count > 0 AND d.status <> 'transcribing' GROUP BY d.id`;
  return rows.map(({ bytes }) => bytes);
}

/** Texts as they are and as they were compiled; what they were before stays where it is. */
async function readTexts(db: DbOrTransaction, faceId: string): Promise<DocumentRow[]> {
  const rows = await db.document.findMany({
    where: { faceId, tokenCount: { gt: 0 }, status: { not: "transcribing" } },
    orderBy: { id: "asc" },
  });
  const versions = await db.documentVersion.findMany({
    where: {
      OR: rows.map(({ id, version, compiledVersion }) => ({
        documentId: id,
        version: { in: compiledVersion === null ? [version] : [version, compiledVersion] },
      })),
    },
  });
  const byDocument = Map.groupBy(versions, ({ documentId }) => documentId);
  return rows.map((row) => ({ ...row, versions: byDocument.get(row.id) ?? [] }));
}

/** The voice with the places of documents in the card instead of their ids. */
function toCardVoice(stored: unknown, places: Map<string, number>): CardFace["voice"] {
  const voice = Voice.safeParse(stored).data;
  if (voice === undefined) return null;
  return {
    ...voice,
    exemplars: voice.exemplars.map(({ document_id, version: _version, ...exemplar }) => ({
      ...exemplar,
      document: places.get(document_id) ?? null,
    })),
  };
}

async function toCardDocument(
  db: DbOrTransaction,
  row: DocumentRow,
  compiledVersion: number | undefined,
): Promise<CardDocument> {
  const contentOf = (version: number) => row.versions.find((each) => each.version === version)?.content ?? "";
  const content = contentOf(row.version);
  const isSame = compiledVersion !== undefined && contentOf(compiledVersion) === content;
  return {
    type: row.type as CardDocument["type"],
    label: row.label,
    source: row.source as CardDocument["source"],
    mime_type: row.mimeType,
    format: row.format,
    source_url: row.sourceUrl,
    perspective: row.perspective as CardDocument["perspective"],
    face_speaker: row.faceSpeaker,
    notes: DocumentNotes.parse(row.notes),
    content,
    compiled:
      compiledVersion === undefined
        ? null
        : {
            content: isSame && compiledVersion === row.version ? null : contentOf(compiledVersion),
            ...(await readChunks(db, row.id, compiledVersion)),
          },
  };
}

async function readChunks(
  db: DbOrTransaction,
  documentId: string,
  version: number,
): Promise<Pick<NonNullable<CardDocument["compiled"]>, "chunks" | "findings">> {
  const chunks = await db.chunk.findMany({
    where: { documentId, version },
    orderBy: { index: "asc" },
    select: { start: true, end: true, engine: true, dropped: true },
  });
  const findings = await db.finding.findMany({
    where: { documentId, version },
    orderBy: [{ start: "asc" }, { end: "asc" }],
    select: { kind: true, start: true, end: true, quote: true },
  });
  return { chunks, findings };
}

const provenance = {
  documentId: true,
  start: true,
  end: true,
  quote: true,
  component: true,
  predicate: true,
  polarity: true,
  statement: true,
  object: true,
  condition: true,
  reason: true,
  strength: true,
  confidence: true,
  alternatives: true,
} as const;

async function readPrimitives(
  db: DbOrTransaction,
  faceId: string,
  places: Map<string, number>,
): Promise<CardPrimitive[]> {
  const rows = await db.primitive.findMany({
    where: { faceId },
    orderBy: { key: "asc" },
    omit: { vector: true, editedVector: true },
    include: { statements: { select: provenance } },
  });
  return rows.flatMap((row) => {
    const sources = row.statements.flatMap(({ documentId, ...statement }) => {
      const document = places.get(documentId);
      return document === undefined ? [] : [{ document, ...statement }];
    });
    if (sources.length === 0) return [];
    const override = toOverride(row);
    const { component, predicate, statement, state, pinned } = withOverride(row, override);
    const { polarity, confidence } = row;
    return {
      ...{ component, predicate, polarity, statement, confidence, state, pinned },
      override: Object.keys(override).length === 0 ? null : override,
      provenance: sources.sort(
        (a, b) => a.document - b.document || a.start - b.start || a.end - b.end || (a.statement < b.statement ? -1 : 1),
      ),
    };
  });
}

function tooMuch(why: string): AppError {
  return new AppError("too_large", `The face has ${why}. The export of the account holds all of it.`);
}
