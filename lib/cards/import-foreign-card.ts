import type { Ctx } from "@/lib/auth/context";
import { addDocument, hashContent } from "@/lib/documents/add-document";
import { languageNotes } from "@/lib/documents/formats/language";
import { createFace } from "@/lib/faces/create-face";
import { deleteFace } from "@/lib/faces/delete-face";
import { toFaceView } from "@/lib/faces/face-views";
import { type FaceRow, requireFace } from "@/lib/faces/require-face";
import { AppError } from "@/lib/errors";
import { type CardSource, planForeignCard } from "./foreign-card";
import { freeUsername } from "./free-username";
import type { ImportQuery } from "./import-card";
import type { ReadCard } from "./read-card";
import type { ImportReport, LeftOutReason } from "./schemas";

/** Makes a face of somebody else's card: facts and sources, which wait for a sync. */
export async function importForeignCard(
  ctx: Ctx,
  { version, card }: Extract<ReadCard, { kind: "foreign" }>,
  query: ImportQuery,
): Promise<ImportReport> {
  const plan = planForeignCard(card);
  const { id } = await createFace(ctx, {
    username: query.username ?? (await freeUsername(ctx, plan.name ?? "imported")),
    name: plan.name,
    aliases: plan.aliases,
    basic_facts: plan.facts,
  });
  try {
    const face = await requireFace(ctx, id);
    const taken = { document: 0, thread: 0 };
    const left: ImportReport["left_out"] = [];
    const seen = new Set<string>();
    for (const source of plan.sources) {
      const reason = await addSource(ctx, face, source, seen);
      if (reason === null) taken[source.type]++;
      else left.push({ what: source.label, reason, count: 1 });
    }
    return {
      face: await toFaceView(ctx.db, face),
      made_by: version,
      taken: {
        facts: plan.facts !== "",
        ...{ documents: taken.document, threads: taken.thread },
        ...{ primitives: 0, edits: 0, parts: [] },
      },
      left_out: [...plan.leftOut, ...left],
      graph: "none",
      tokens_counted: 0,
    };
  } catch (error) {
    await deleteFace(ctx, id);
    throw error;
  }
}

/** @returns why it stayed out; null: it is in */
async function addSource(
  ctx: Ctx,
  face: FaceRow,
  { type, label, content, perspective }: CardSource,
  seen: Set<string>,
): Promise<LeftOutReason | null> {
  const contentHash = hashContent(Buffer.from(content));
  if (seen.has(contentHash)) return "duplicate";
  seen.add(contentHash);
  if (!/[\p{L}\p{N}]/u.test(content)) return "empty";
  try {
    await addDocument(ctx, face, {
      ...{ type, label, perspective, contentHash, text: content },
      mimeType: "text/plain",
      format: "text",
      source: "import",
      fallbackLabel: label,
      notes: languageNotes(content),
      original: null,
    });
    return null;
  } catch (error) {
    // a thread in which nobody speaks by the card's name
    if (error instanceof AppError && (error.code === "invalid_input" || error.code === "unreadable"))
      return "unreadable";
    throw error;
  }
}
