import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { NotFoundError } from "@/lib/errors";
import { retrieve } from "./retrieve";
import { SearchInput } from "./schemas";
import { searchFace } from "./search-face";
import { spansOf, storeFace } from "./testing";

const { db } = await testDatabase();
let owner: Ctx;

const ask = (query: string) => SearchInput.parse({ query });

beforeAll(async () => {
  owner = await testUser(db);
  await storeFace(db, owner.actor.accountId, "nora", [
    "I gave up smoking when my daughter was born.",
    "I swim in the harbour every morning.",
  ]);
});
afterAll(closePool);

describe("searching a face", () => {
  it("finds what was said, with where it stands, in the wire's words", async () => {
    const found = await searchFace(owner, "nora", ask("Do you still smoke?"));
    expect(found.abstain).toBe(false);
    expect(found.items[0]).toMatchObject({ kind: "span", text: "I gave up smoking when my daughter was born." });
    expect(found.items[0]?.provenance[0]).toMatchObject({
      version: 1,
      start: 0,
      quote: "I gave up smoking when my daughter was born.",
    });
    expect(found.tokens).toBeGreaterThan(0);
  });

  it("answers for somebody else's face as for a missing one", async () => {
    const stranger = await testUser(db);
    await expect(searchFace(stranger, "nora", ask("Do you smoke?"))).rejects.toThrow(NotFoundError);
    await expect(searchFace(stranger, "nobody", ask("Do you smoke?"))).rejects.toThrow(NotFoundError);
  });

  it("lets everyone search the installation's sample", async () => {
    await storeFace(db, null, "sample", ["I collect old maps of the coast."]);
    const stranger = await testUser(db);
    const found = await searchFace(stranger, "sample", ask("Do you collect maps?"));
    expect(found.items[0]?.text).toContain("old maps");
  });

  it("reads messages of any client, text parts and all", async () => {
    const messages = [
      { role: "system", content: "You are Nora. Talk about swimming in the harbour." },
      {
        role: "user",
        content: [
          { type: "text", text: "Do you still smoke?" },
          { type: "image_url", image_url: { url: "data:," } },
        ],
      },
    ];
    const found = await searchFace(owner, "nora", SearchInput.parse({ messages }));
    expect(found.items[0]?.text).toContain("smoking");
  });

  it("tells the other side of a tension, out of the stored graph", async () => {
    const face = await storeFace(db, owner.actor.accountId, "torn", ["I always tell my customers the truth."]);
    const [vector] = (await spansOf("doc_torn", ["I always tell my customers the truth."])).map(
      (span) => span.contextVector,
    );
    const statements = {
      prim_yes: "I always tell my customers the truth.",
      prim_no: "I spare my customers the truth.",
    };
    for (const [id, statement] of Object.entries(statements)) {
      await db.primitive.create({
        data: {
          ...{
            id: `${id}_${face.id}`,
            faceId: face.id,
            key: id,
            component: "beta",
            predicate: "values",
            polarity: "pos",
          },
          ...{ statement, object: statement, confidence: 0.9, alternatives: [], state: "active" },
          vector: new Uint8Array(vector ?? []),
        },
      });
    }
    const [fromId, toId] = [`prim_no_${face.id}`, `prim_yes_${face.id}`];
    await db.edge.create({ data: { faceId: face.id, fromId, toId, kind: "tension", weight: 0.8 } });
    const found = await searchFace(owner, "torn", ask("Do you always tell your customers the truth?"));
    const told = found.items.flatMap((item) => item.tensions ?? []);
    expect(told.map(({ text }) => text)).toContain(statements.prim_no);
  });

  it("needs no database for a face it has answered for", async () => {
    const face = await storeFace(db, owner.actor.accountId, "warm", ["I play the cello in the evening."]);
    await retrieve({ db }, face, { query: "Do you play the cello?" });
    const noDatabase = new Proxy(
      {},
      {
        get: () => {
          throw new Error("a database trip");
        },
      },
    ) as typeof db;
    const warm = await retrieve({ db: noDatabase }, face, { query: "When do you play the cello?" });
    expect(warm.items[0]?.text).toContain("cello");
  });

  it("finds nothing of a text that is still being compiled", async () => {
    const face = await storeFace(db, owner.actor.accountId, "half", ["I play the cello in the evening."]);
    await db.document.updateMany({ where: { faceId: face.id }, data: { compiledVersion: null } });
    const found = await retrieve({ db }, face, { query: "Do you play the cello?" });
    expect(found.items).toEqual([]);
  });

  it("sees a new version of the face", async () => {
    const face = await storeFace(db, owner.actor.accountId, "growing", ["I play the cello in the evening."]);
    await retrieve({ db }, face, { query: "Do you paint?" });
    await db.span.updateMany({ where: { faceId: face.id }, data: { text: "I paint small boats." } });
    const later = await retrieve({ db }, { ...face, revision: 2 }, { query: "Do you paint boats?" });
    expect(later.items[0]?.text).toBe("I paint small boats.");
  });
});

describe("the search's input", () => {
  it.each([
    {},
    { query: "" },
    { query: "a", messages: [{ role: "user", content: "b" }] },
    { query: "a", k: 0 },
    { query: "a", k: 51 },
    { messages: [] },
  ])("refuses %j", (input) => {
    expect(SearchInput.safeParse(input).success).toBe(false);
  });
});
