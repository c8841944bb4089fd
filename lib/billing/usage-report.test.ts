import { describe, expect, test } from "vitest";
import { GET } from "@/app/v1/billing/usage/route";
import type { Ctx } from "@/lib/auth/context";
import { testDatabase, testUser } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import { deleteFace } from "@/lib/faces/delete-face";
import { testCaller } from "@/lib/http/testing";
import { newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create-key";
import { revokeKey } from "@/lib/keys/revoke-key";
import { CreateKeyInput } from "@/lib/keys/schemas";
import { chargeCompile } from "./charge-compile";
import { usageReport } from "./usage-report";
import { UsageQuery, type UsageReport } from "./schemas";
import { moveCharge, testAnswer, testFace } from "./usage-report-testing";

const { db } = await testDatabase();
const dayMs = 24 * 60 * 60 * 1000;

const report = (ctx: Ctx, query: Partial<Record<keyof UsageQuery, string>>) =>
  usageReport(ctx, UsageQuery.parse(query));

async function newKey(ctx: Ctx): Promise<string> {
  return (await createKey(ctx, CreateKeyInput.parse({ name: "website" }))).id;
}

describe("rows", () => {
  test("of a face and of a key that are gone keep their figures and say so", async () => {
    const ctx = await testUser(db);
    const face = await testFace(ctx);
    const [revoked, lost] = [await newKey(ctx), await newKey(ctx)];
    await testAnswer(ctx, { face, key: revoked, cost: 5n });
    await testAnswer(ctx, { face, key: lost, cost: 3n });
    await testAnswer(ctx, { kind: "proxy", cost: 1n });
    await deleteFace(ctx, face);
    await revokeKey(ctx, revoked);
    await db.apiKey.delete({ where: { id: lost } });
    expect((await report(ctx, { group_by: "face" })).rows).toMatchObject([
      { face_id: face, label: `deleted face ${face}`, is_deleted: true, requests: 2, cost_usd: 0.000008, saved: null },
      { face_id: null, label: "No face", is_deleted: false, requests: 1, cost_usd: 0.000001 },
    ]);
    expect((await report(ctx, { group_by: "key" })).rows).toMatchObject([
      { api_key_id: revoked, label: "website (revoked)", is_deleted: true, cost_usd: 0.000005 },
      { api_key_id: lost, label: `deleted key ${lost}`, is_deleted: true, cost_usd: 0.000003 },
      { api_key_id: null, label: "Signed in, no key", is_deleted: false, cost_usd: 0.000001 },
    ]);
  });

  test("by day are thirty in a row, today the last, those without use among them", async () => {
    const ctx = await testUser(db);
    await testAnswer(ctx, { cost: 2n });
    const { rows, from, to } = await report(ctx, { group_by: "day" });
    const today = new Date().toISOString().slice(0, 10);
    expect(rows).toHaveLength(30);
    expect(rows.at(-1)).toMatchObject({ day: today, requests: 1, cost_usd: 0.000002 });
    expect(rows[0]).toMatchObject({ requests: 0, cost_usd: 0 });
    expect(Date.parse(to) - Date.parse(from)).toBe(30 * dayMs);
  });

  test("count what a model took for compiling to nobody", async () => {
    const ctx = await testUser(db);
    const work = { accountId: ctx.actor.accountId, apiKeyId: null, faceId: await testFace(ctx), documentId: "d" };
    const rate = { model: "builtin", price: { input: 0, output: 0 } };
    const provider = { inputTokens: 900, outputTokens: 90 };
    await transaction(db, (tx) =>
      chargeCompile(tx, { ...work, reference: newId("request"), tokens: 70, rate, provider }),
    );
    const { rows } = await report(ctx, { group_by: "model" });
    expect(rows).toMatchObject([
      { model: "builtin", requests: 0, input_tokens: 0, compile_tokens: 70, quota_tokens: 70 },
    ]);
  });

  test("are never another account's", async () => {
    const ctx = await testUser(db);
    await testAnswer(await testUser(db), { cost: 9n });
    expect(await report(ctx, { group_by: "model" })).toMatchObject({ rows: [], totals: { cost_usd: 0, requests: 0 } });
  });
});

/** Compiled text of a face at a version, cut into two pieces. */
async function source(faceId: string, { version, tokens }: { version: number; tokens: number }): Promise<string> {
  const id = newId("document");
  const kind = { type: "document", label: "x", source: "paste", mimeType: "text/plain", perspective: "first-person" };
  await db.document.create({
    data: { ...kind, id, faceId, contentHash: id, tokenCount: tokens, status: "synced", compiledVersion: 1 },
  });
  const chunk = { documentId: id, version: 1, start: 0, end: 1, engine: "test" };
  for (const index of [0, 1])
    await db.chunk.create({ data: { ...chunk, id: newId("chunk"), index, tokens: tokens / 2 } });
  const before = await db.faceVersion.findFirst({ where: { faceId }, orderBy: { number: "desc" } });
  const sources = [...((before?.sources ?? []) as object[]), { document_id: id, version: 1 }];
  const state = { reason: "sync", overrides: {}, counts: {}, graphHash: id };
  await db.faceVersion.create({ data: { ...state, faceId, number: version, sources } });
  return id;
}

describe("tokens saved", () => {
  const savedOf = (found: UsageReport, faceId: string) => found.rows.find((row) => row.face_id === faceId)?.saved;

  test("are what the sources of the version that answered would have taken, less the persona that was sent", async () => {
    const ctx = await testUser(db);
    const face = await testFace(ctx);
    await source(face, { version: 1, tokens: 1_000 });
    await testAnswer(ctx, { face });
    await testAnswer(ctx, { face });
    await source(face, { version: 2, tokens: 500 });
    const later = await testAnswer(ctx, { face });
    await db.trace.update({ where: { id: later }, data: { faceVersion: 2 } });
    const expected = { answers: 3, whole_tokens: 3_500, persona_tokens: 75, tokens_saved: 3_425 };
    const found = await report(ctx, { group_by: "face" });
    expect(savedOf(found, face)).toEqual(expected);
    expect(found.totals.saved).toEqual(expected);
    expect((await report(ctx, { group_by: "model" })).totals.saved).toBeNull();
  });

  test("are fewer than none where a persona is longer than its sources", async () => {
    const ctx = await testUser(db);
    const face = await testFace(ctx);
    await source(face, { version: 1, tokens: 10 });
    await testAnswer(ctx, { face });
    expect(savedOf(await report(ctx, { group_by: "face" }), face)?.tokens_saved).toBe(-15);
  });

  test("of a composite are counted with the sources of its parts", async () => {
    const ctx = await testUser(db);
    const [one, other, both] = [await testFace(ctx), await testFace(ctx), await testFace(ctx)];
    await source(one, { version: 1, tokens: 400 });
    await source(other, { version: 1, tokens: 600 });
    await db.face.update({ where: { id: both }, data: { formula: `${one} | ${other} - ${one}` } });
    await testAnswer(ctx, { face: both });
    expect(savedOf(await report(ctx, { group_by: "face" }), both)).toMatchObject({ answers: 1, whole_tokens: 1_000 });
  });

  test("are counted from the traces that are there, and say how many those are", async () => {
    const ctx = await testUser(db);
    const face = await testFace(ctx);
    await source(face, { version: 1, tokens: 100 });
    const swept = await testAnswer(ctx, { face });
    await testAnswer(ctx, { face });
    await db.trace.delete({ where: { id: swept } });
    const { rows } = await report(ctx, { group_by: "face" });
    expect(rows).toMatchObject([{ requests: 2, saved: { answers: 1, tokens_saved: 75 } }]);
  });
});

describe("over HTTP", () => {
  test("a date begins in UTC, and the last is not in the span", async () => {
    const ctx = await testUser(db);
    const caller = await testCaller(ctx);
    const reference = await testAnswer(ctx, { cost: 4n });
    const at = new Date("2026-03-02T00:00:00.000Z");
    await db.usageRecord.updateMany({ where: { reference }, data: { createdAt: at } });
    await moveCharge(db, ctx.actor.accountId, reference, at);
    const cost = async (query: string) => {
      const { status, body } = await caller.call(GET, { query });
      expect(status).toBe(200);
      return (body as { data: UsageReport }).data.totals.cost_usd;
    };
    expect(await cost("?from=2026-03-02&to=2026-03-03")).toBe(0.000004);
    expect(await cost("?from=2026-03-01&to=2026-03-02")).toBe(0);
    expect(await cost("?group_by=day&from=2026-03-01T23:59:59.999Z&to=2026-03-02T00:00:00.001Z")).toBe(0.000004);
  });

  test.each([
    ["?from=2026-02-30", "from"],
    ["?from=yesterday", "from"],
    ["?to=2026-03-01T10:00", "to"],
    ["?from=2026-03-02&to=2026-03-02", "from"],
    ["?from=2025-01-01&to=2026-03-02", "from"],
    ["?group_by=colour", "group_by"],
    ["?format=xml", "format"],
  ])("%s is refused by name", async (query, param) => {
    const caller = await testCaller(await testUser(db));
    expect(await caller.call(GET, { query })).toMatchObject({ status: 422, body: { error: { param } } });
  });

  test("CSV holds the rows with exact money, and no formula of a spreadsheet", async () => {
    const ctx = await testUser(db);
    const { id } = await createKey(ctx, CreateKeyInput.parse({ name: `=HYPERLINK("x"), y` }));
    await testAnswer(ctx, { key: id, cost: 1n });
    const { key } = await testCaller(ctx);
    const response = await GET(
      new Request("http://faces.test/v1/billing/usage?group_by=key&format=csv", {
        headers: { authorization: `Bearer ${key}` },
      }),
      { params: Promise.resolve({}) },
    );
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toMatch(
      /^attachment; filename="usage-by-key-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const [head, ...lines] = (await response.text()).split("\r\n");
    expect(head).toMatch(/^api_key_id,label,is_deleted,requests,.*cost_usd/);
    expect(lines).toEqual([
      `${id},"'=HYPERLINK(""x""), y",false,1,30,20,0,0,0.000001,0.000001,0.000000,0.000000,0.000000,0.000000`,
      "",
    ]);
  });
});
