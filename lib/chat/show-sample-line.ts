import { type Db, db } from "@/lib/db/client";
import { retrieve } from "@/lib/retrieve/retrieve";
import type { RetrievedItem } from "@/lib/retrieve/schemas";
import { builtinAnswer } from "./builtin";
import type { SampleLine } from "./schemas";

/** Asked of whichever sample face there is. */
const question = "How do you decide when you are unsure?";
/** Of what stands before the sentence in its paragraph. */
const maxBefore = 140;

let kept: { key: string; line: Promise<SampleLine | null> } | null = null;

/**
 * One sentence of the sample face, followed all the way: where it stands, the statement that was compiled from it, and
 * an answer of the built-in engine that quotes it. Nothing of it is written down anywhere: it is what this installation
 * made of the texts. Kept until the face is compiled anew.
 *
 * @returns null without a sample face, or while it is being compiled
 */
export async function showSampleLine(client: Db = db(), find = retrieve): Promise<SampleLine | null> {
  const face = await client.face.findFirst({ where: { accountId: null, syncedAt: { not: null } } });
  if (face === null) return null;
  const key = `${face.id} ${face.revision}`;
  if (kept?.key !== key) {
    const line = follow(client, face, find);
    kept = { key, line };
    line.catch(() => {
      kept = null;
    });
  }
  return kept.line;
}

type SampleFace = NonNullable<Awaited<ReturnType<Db["face"]["findFirst"]>>>;

async function follow(client: Db, face: SampleFace, find: typeof retrieve): Promise<SampleLine | null> {
  const found = await find({ db: client }, face, { query: question });
  const answer = builtinAnswer({ face, messages: [{ role: "user", text: question }], models: [], ...found });
  const [item] = [...found.items, ...found.core].filter((candidate) => isFollowable(candidate, answer));
  const place = item?.provenance[0];
  if (item === undefined || place === undefined) return null;
  const { document_id: documentId, version } = place;
  const text = await client.documentVersion.findUnique({
    where: { documentId_version: { documentId, version } },
    include: { document: { select: { label: true } } },
  });
  if (text === null) return null;
  const statement = item.statement ?? item.text;
  const [before = "", after = ""] = place.quote.includes(statement) ? place.quote.split(statement, 2) : [];
  const quote = place.quote.slice(before.length, place.quote.length - after.length);
  return {
    question,
    answer: answer.split("\n\n"),
    component: item.component ?? "alpha",
    predicate: item.predicate ?? "",
    statement,
    confidence: item.confidence ?? 0,
    before: sentencesBefore(text.content.slice(0, place.start)) + before,
    quote,
    after,
    document: text.document.label,
  };
}

/** A statement with a sentence of its own that stands in the answer. */
function isFollowable(item: RetrievedItem, answer: string): boolean {
  const [place] = item.provenance;
  return (
    item.component !== undefined && item.statement !== undefined && place !== undefined && answer.includes(place.quote)
  );
}

/** What one reads before a place, from the beginning of a sentence of the same paragraph. */
function sentencesBefore(text: string): string {
  const paragraph = text.slice(text.lastIndexOf("\n") + 1).slice(-maxBefore);
  const isWhole = paragraph.length < maxBefore;
  const start = isWhole ? 0 : paragraph.search(/(?<=[.!?]["”’)]?\s)\S/u);
  return start < 0 ? "" : paragraph.slice(start);
}
