import { expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/ids";
import type { Retrieved } from "@/lib/retrieve/retrieve";
import { showSampleLine } from "./show-sample-line";

const { db } = await testDatabase();

const sentence = "I decide on the slowest train there is.";
const rest = " That is how I left.";
const content = `# Notebook\n\nNobody asked me. ${sentence}${rest}\nThe end.`;
const start = content.indexOf(sentence);

async function sampleFace() {
  const face = await db.face.create({ data: { id: newId("face"), username: "mara", syncedAt: new Date() } });
  const of = {
    faceId: face.id,
    type: "document",
    source: "paste",
    mimeType: "text/plain",
    perspective: "first-person",
  };
  const document = await db.document.create({
    data: {
      ...of,
      id: newId("document"),
      label: "Journal",
      contentHash: "x",
      tokenCount: 1,
      versions: { create: { version: 1, content } },
    },
  });
  return { face, document };
}

const answers = (found: Partial<Retrieved>) => () =>
  Promise.resolve({ items: [], core: [], abstain: false, tokens: 0, tookMs: 0, ...found });

test("without a sample face there is nothing to follow", async () => {
  expect(await showSampleLine(db, answers({}))).toBeNull();
});

test("a sentence is followed from its place in the text into an answer, and once for each state of the face", async () => {
  const { face, document } = await sampleFace();
  let asked = 0;
  const quote = sentence + rest;
  const place = { document_id: document.id, version: 1, start, end: start + quote.length, quote };
  const item = { kind: "span" as const, id: "s1", text: quote, score: 5, tokens: 10, provenance: [place] };
  const statement = { statement: sentence, component: "delta", predicate: "decides", confidence: 0.9 };
  const find = () => {
    asked += 1;
    return answers({ items: [{ ...item, ...statement }] })();
  };
  const line = await showSampleLine(db, find);
  expect(line).toMatchObject({
    component: "delta",
    statement: sentence,
    before: "Nobody asked me. ",
    quote: sentence,
    after: rest,
    document: "Journal",
  });
  expect(line?.answer.join(" ")).toContain(sentence);

  await showSampleLine(db, find);
  expect(asked).toBe(1);
  await db.face.update({ where: { id: face.id }, data: { revision: { increment: 1 } } });
  expect(await showSampleLine(db, answers({ abstain: true }))).toBeNull();
});
