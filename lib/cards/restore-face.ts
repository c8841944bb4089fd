import type { Ctx } from "@/lib/auth/context";
import { chargeCompile } from "@/lib/billing/charge-compile";
import { readCompileQuota } from "@/lib/billing/compile-quota";
import { accountFrozen } from "@/lib/billing/ledger";
import { embedOverrides } from "@/lib/compile/embed-overrides";
import { measureFace } from "@/lib/compile/fidelity.job";
import { graphForm } from "@/lib/compile/graph-form";
import { Statement } from "@/lib/compile/grammar";
import { changeGraph } from "@/lib/compile/link-graph";
import { isPlainText } from "@/lib/compile/plain-text";
import type { Overrides } from "@/lib/compile/primitive-overrides";
import { readSources, type SourceVersion } from "@/lib/compile/read-statements";
import { refreshProfile } from "@/lib/compile/refresh-profile";
import { refreshVoice } from "@/lib/compile/refresh-voice";
import { writeOverrides } from "@/lib/compile/restore-version";
import { storeChunk } from "@/lib/compile/store-chunk";
import type { Transaction } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { NotFoundError } from "@/lib/errors";
import { type FaceRow, lockFace } from "@/lib/faces/require-face";
import { newId } from "@/lib/ids";
import { type CheckedChunk, type CheckedDocument, checkChunks, measureDocuments } from "./check-face";
import type { CardFace, CardPrimitive } from "./card-schema";
import type { GraphOutcome } from "./schemas";

/** Nothing is read by an engine, so nothing but the quota is taken. */
const importRate = { model: "card", price: { input: 0, output: 0 } };

/** More is not checked within a request: it would take minutes. */
const maxTokensAtOnce = 150_000;

export type Restored = {
  graph: GraphOutcome;
  documents: number;
  threads: number;
  primitives: number;
  edits: number;
  tokens: number;
  isTooLong: boolean;
  refusedDocuments: number;
  refusedStatements: number;
  refusedEdits: number;
};

type Stored = CheckedDocument & { id: string; pieces: CheckedChunk[] };

/**
 * Puts what a card holds of a face into a face that is empty. Its texts come in as they are; its graph is built anew
 * from the statements that could be verified, without an engine and without a charge. The texts count against the
 * compile quota as if they had been compiled here: otherwise a graph could be carried past the quota in a card. Where
 * the quota has no room for all of them, or there are too many to be checked at once, they wait for a sync.
 *
 * @returns `exact` when the graph is the one that was exported
 */
export async function restoreFace(ctx: Ctx, face: FaceRow, card: CardFace): Promise<Restored> {
  const measured = await measureDocuments(card, ctx.signal);
  const documents = measured.filter((one) => one !== null);
  const compiled = documents.filter((one) => one.compiled !== null);
  const tokens = compiled
    .flatMap(({ compiled }) => compiled?.pieces ?? [])
    .reduce((sum, piece) => sum + piece.tokens, 0);
  const isTooLong = tokens > maxTokensAtOnce;
  const hasRoom = !isTooLong && (await readCompileQuota(ctx.db, ctx.actor.accountId)).tokensRemaining >= tokens;
  // it would be refused after all the work
  if (hasRoom && tokens > 0 && ctx.actor.isFrozen) throw accountFrozen();
  const stored = await check(ctx, face, { card, measured: hasRoom ? measured : measured.map(withoutGraph) });
  const overrides = overridesOf(card.primitives, stored);
  const isCompiled = await store(ctx, face, stored);
  if (isCompiled) await link(ctx, face, stored, overrides);
  const hash = isCompiled ? await graphOf(ctx, face) : null;
  const found = stored
    .flatMap(({ pieces }) => pieces)
    .reduce((sum, { extraction }) => sum + extraction.statements.length, 0);
  const told = card.primitives.reduce((sum, { provenance }) => sum + provenance.length, 0);
  const edited = card.primitives.filter(({ override }) => override !== null).length;
  const wasCompiled = card.documents.some((one) => one.compiled !== null);
  const threads = documents.filter((one) => one.card.type === "thread").length;
  return {
    graph: !wasCompiled ? "none" : hash === null ? "staged" : hash === card.graph_hash ? "exact" : "differs",
    documents: documents.length - threads,
    threads,
    primitives: isCompiled ? await ctx.db.primitive.count({ where: { faceId: face.id } }) : 0,
    edits: isCompiled ? Object.keys(overrides).length : 0,
    tokens: isCompiled ? tokens : 0,
    isTooLong,
    refusedDocuments: card.documents.length - documents.length,
    refusedStatements: isCompiled ? told - found : 0,
    refusedEdits: isCompiled ? edited - Object.keys(overrides).length : 0,
  };
}

const withoutGraph = (one: CheckedDocument | null) => (one === null ? null : { ...one, compiled: null });

/** What the owner changed of primitives that are there, by the keys that these have by what they say. */
function overridesOf(primitives: readonly CardPrimitive[], stored: readonly Stored[]): Overrides {
  const verified = new Set(
    stored
      .flatMap(({ pieces }) => pieces)
      .flatMap(({ extraction }) => extraction.statements.map(({ statement }) => graphForm(statement).key)),
  );
  const overrides: Overrides = {};
  for (const { override, provenance } of primitives) {
    const statement = Statement.safeParse(provenance[0]).data;
    if (override === null || statement === undefined) continue;
    if (override.text !== undefined && !isPlainText(override.text)) continue;
    const { key } = graphForm(statement);
    // others would be kept and read for nothing, thousands of them
    if (verified.has(key)) overrides[key] = override;
  }
  return overrides;
}

async function check(
  ctx: Ctx,
  row: FaceRow,
  { card, measured }: { card: CardFace; measured: (CheckedDocument | null)[] },
): Promise<Stored[]> {
  const provenance = Map.groupBy(
    card.primitives.flatMap((primitive) => primitive.provenance),
    ({ document }) => document,
  );
  // texts call the face by the name it had
  const aliases = [...new Set([...row.aliases, card.username])].filter((name) => name !== row.username);
  const face = { username: row.username, name: row.name, aliases, pronouns: row.pronouns };
  const stored: Stored[] = [];
  for (const [at, document] of measured.entries()) {
    if (document === null) continue;
    const pieces = await checkChunks(document, provenance.get(at) ?? [], { face, signal: ctx.signal });
    stored.push({ ...document, id: newId("document"), pieces });
  }
  return stored;
}

/** @returns whether the pieces are stored too: the quota may have been used elsewhere meanwhile */
function store(ctx: Ctx, face: FaceRow, documents: Stored[]): Promise<boolean> {
  return transaction(ctx.db, async (tx) => {
    if ((await lockFace(tx, face.id)) === null) throw new NotFoundError("The face");
    const tokens = documents.flatMap(({ pieces }) => pieces).reduce((sum, { chunk }) => sum + chunk.tokens, 0);
    await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${ctx.actor.accountId} FOR NO KEY UPDATE`;
    const quota = await readCompileQuota(tx, ctx.actor.accountId);
    const hasRoom = tokens <= quota.tokensRemaining && documents.some(({ pieces }) => pieces.length > 0);
    for (const document of documents) await storeDocument(ctx, tx, face, { document, hasGraph: hasRoom });
    return hasRoom;
  });
}

async function storeDocument(
  ctx: Ctx,
  tx: Transaction,
  face: FaceRow,
  { document, hasGraph }: { document: Stored; hasGraph: boolean },
): Promise<void> {
  const { id, card, pieces, compiled } = document;
  const isCompiled = hasGraph && pieces.length > 0;
  const before = isCompiled ? (compiled?.content ?? null) : null;
  const texts = before === null ? [card.content] : [before, card.content];
  const tokens = isCompiled ? pieces.reduce((sum, { chunk }) => sum + chunk.tokens, 0) : 0;
  await tx.document.create({
    data: {
      ...columnsOf(document),
      ...{ id, faceId: face.id, version: texts.length, tokensCharged: tokens },
      versions: { create: texts.map((content, at) => ({ version: at + 1, content })) },
    },
  });
  if (!isCompiled) return;
  await chargeCompile(tx, {
    ...{ accountId: ctx.actor.accountId, faceId: face.id, documentId: id, tokens, rate: importRate },
    apiKeyId: ctx.actor.credential.kind === "key" ? ctx.actor.credential.keyId : null,
    reference: `${id}:1:card`,
  });
  for (const { chunk, extraction, engine } of pieces) {
    await storeChunk(tx, { id, faceId: face.id, version: 1 }, chunk, extraction, engine);
  }
}

function columnsOf({ card, contentHash, tokens, chunks, speakers }: CheckedDocument) {
  return {
    type: card.type,
    label: card.label,
    source: card.source,
    sourceUrl: card.source_url,
    mimeType: card.mime_type,
    format: card.format,
    perspective: card.perspective,
    faceSpeaker: card.face_speaker,
    speakers,
    notes: card.notes,
    contentHash,
    tokenCount: tokens,
    chunksTotal: chunks,
  };
}

/** Builds the graph of what was stored, with the owner's word on it: the first version of the face. */
async function link(ctx: Ctx, { id: faceId }: FaceRow, documents: Stored[], overrides: Overrides): Promise<void> {
  const wanted: SourceVersion[] = documents.flatMap(({ id, pieces }) =>
    pieces.length > 0 ? [{ documentId: id, version: 1 }] : [],
  );
  const vectors = await embedOverrides(overrides);
  await changeGraph(
    ctx.db,
    faceId,
    {
      reason: "restore",
      overrides,
      sources: (db) => readSources(db, faceId, wanted),
      async apply(tx, sources) {
        const swapped = await tx.$executeRaw`
          UPDATE documents d SET compiled_version = w.version, synced_at = now(),
            status = CASE WHEN d.version = w.version THEN 'synced' ELSE 'pending' END
          FROM jsonb_to_recordset(${JSON.stringify(sources)}::jsonb) AS w ("documentId" text, version int)
          WHERE d.id = w."documentId" AND d.face_id = ${faceId}`;
        return swapped === sources.length;
      },
      beforeVersion: (tx) => writeOverrides(tx, faceId, overrides, vectors),
      async after(tx) {
        await tx.face.update({ where: { id: faceId }, data: { syncedAt: new Date() } });
        await measureFace.enqueue(tx, { faceId });
      },
    },
    { transaction: (work) => transaction(ctx.db, work), signal: ctx.signal },
  );
  await refreshProfile(ctx.db, faceId);
  await refreshVoice(ctx.db, faceId, ctx.signal);
}

async function graphOf(ctx: Ctx, { id: faceId }: FaceRow): Promise<string | null> {
  const newest = await ctx.db.faceVersion.findFirst({ where: { faceId }, orderBy: { number: "desc" } });
  return newest?.graphHash ?? null;
}
