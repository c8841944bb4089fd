import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { GET } from "@/app/v1/billing/compile-quota/route";
import type { Ctx } from "@/lib/auth/context";
import { testDatabase, testUser } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import { testCaller } from "@/lib/http/testing";
import { newId } from "@/lib/ids";
import { chargeCompile, type CompileRate } from "./charge-compile";
import { readCompileQuota } from "./compile-quota";
import { grant, readBalance } from "./ledger";
import { compileWorkMultiple } from "./plans";
import { releaseCompileQuota } from "./release-compile-quota";
import { reserve } from "./reservations";
import { setOverflow } from "./set-overflow";
import { showCompileQuota } from "./show-compile-quota";

const { db } = await testDatabase();
const free: CompileRate = { model: "builtin", price: { input: 0, output: 0 } };
/** A token on credit costs two micro-USD. */
const priced: CompileRate = { model: "m", price: { input: 1, output: 1 } };
const day = 24 * 60 * 60 * 1000;

let ctx: Ctx;
let faceId: string;
let accountId: string;
beforeEach(async () => {
  ctx = await testUser(db, { plan: "free" });
  accountId = ctx.actor.accountId;
  faceId = await newFace();
});

async function newFace(): Promise<string> {
  const id = newId("face");
  await db.face.create({ data: { id, accountId, username: id.slice(-20), syncCreditMicroUsd: 1_000_000_000n } });
  return id;
}

let pieces = 0;
const compile = (documentId: string, tokens: number, { rate = free, face = faceId } = {}) =>
  transaction(db, (tx) =>
    chargeCompile(tx, {
      accountId,
      apiKeyId: null,
      faceId: face,
      documentId,
      reference: `piece:${pieces++}`,
      tokens,
      rate,
    }),
  );
const release = (documentId: string) => transaction(db, (tx) => releaseCompileQuota(tx, { accountId, documentId }));
const credit = (amountMicroUsd: bigint) => grant(db, { accountId, amountMicroUsd, reference: newId("request") });
const used = async () => (await readCompileQuota(db, accountId)).tokensUsed;

/** As if all that was done so far had been done so long ago. */
async function letPass(days: number): Promise<void> {
  const back = `${days * day} milliseconds`;
  await db.$executeRaw`UPDATE accounts SET plan_started_at = plan_started_at - ${back}::interval WHERE id = ${accountId}`;
  await db.$executeRaw`UPDATE usage_records SET created_at = created_at - ${back}::interval WHERE account_id = ${accountId}`;
}

const refused = (results: PromiseSettledResult<unknown>[]) =>
  results.filter(({ status }) => status === "rejected").length;

describe("an account's last tokens", () => {
  test("are taken once, however many pieces of two faces race for them", async () => {
    const other = await newFace();
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_each, n) => compile(`doc_${n % 2}`, 400, { face: n % 2 === 0 ? faceId : other })),
    );
    // 12 × 400 fit into 5,000
    expect(refused(results)).toBe(18);
    expect(await used()).toBe(4_800);
    const { faces } = await showCompileQuota(ctx);
    expect(faces.reduce((sum, face) => sum + face.tokens_charged_period, 0)).toBe(4_800);
  });

  test("are followed by credit to its last cent and no further, also while chats hold some of it", async () => {
    await credit(4_000n);
    const racing: Promise<unknown>[] = Array.from({ length: 30 }, () => compile("doc_a", 400, { rate: priced }));
    const hold = { accountId, apiKeyId: null, amountMicroUsd: 500n, expiresInSeconds: 60 };
    racing.push(...Array.from({ length: 4 }, () => reserve(db, hold)));
    await Promise.allSettled(racing);
    const { balanceMicroUsd, reservedMicroUsd } = await readBalance(db, accountId);
    expect(balanceMicroUsd - reservedMicroUsd).toBeGreaterThanOrEqual(0n);
    expect(await used()).toBe(5_000);
    const records = await db.usageRecord.findMany({ where: { accountId } });
    const onCredit = records.reduce((sum, record) => sum + record.inputTokens - record.quotaTokens, 0);
    expect(BigInt(onCredit) * 2n).toBe(4_000n - balanceMicroUsd);
  });
});

describe("past the quota", () => {
  test("a piece that begins in the quota ends on credit, at the model's rate", async () => {
    await credit(10_000n);
    await compile("doc_a", 4_900, { rate: priced });
    await compile("doc_a", 300, { rate: priced });
    expect(await used()).toBe(5_000);
    expect((await readBalance(db, accountId)).balanceMicroUsd).toBe(10_000n - 400n);
  });

  test("nothing is compiled on credit while that is switched off, and it goes on once it is on", async () => {
    await credit(10_000n);
    await compile("doc_a", 4_900, { rate: priced });
    expect((await setOverflow(ctx, { overflow_enabled: false })).overflow_enabled).toBe(false);
    await expect(compile("doc_a", 300, { rate: priced })).rejects.toMatchObject({
      code: "quota_exceeded",
      message:
        "The compile quota has 100 tokens left, too few for the next piece, and compiling on credit is switched off. Add credit, or change the plan.",
    });
    expect(await used()).toBe(4_900);
    expect((await setOverflow(ctx, { overflow_enabled: true })).overflow_enabled).toBe(true);
    await compile("doc_a", 300, { rate: priced });
    expect(await used()).toBe(5_000);
  });

  test("what a model really took is recorded for whoever pays it, and charged to nobody", async () => {
    const provider = { inputTokens: 2_900, outputTokens: 310 };
    const work = {
      accountId,
      apiKeyId: null,
      faceId,
      documentId: "doc_a",
      reference: "x:1:0",
      tokens: 700,
      rate: priced,
    };
    await transaction(db, (tx) => chargeCompile(tx, { ...work, provider }));
    await transaction(db, (tx) => chargeCompile(tx, { ...work, provider }));
    const records = await db.usageRecord.findMany({ where: { accountId, kind: "compile_model" } });
    expect(records).toMatchObject([{ ...provider, model: "m", quotaTokens: 0, costMicroUsd: 0n, reference: "x:1:0" }]);
    expect(await used()).toBe(700);
    expect((await showCompileQuota(ctx)).faces[0]?.tokens_charged_alltime).toBe(700);
  });
});

describe("the reset of a period", () => {
  beforeEach(() => db.account.update({ where: { id: accountId }, data: { plan: "standard" } }));

  test("gives the whole quota again, and nothing before it", async () => {
    await compile("doc_a", 50_000);
    await letPass(29);
    await expect(compile("doc_a", 1)).rejects.toMatchObject({ code: "quota_exceeded" });
    await letPass(1);
    expect(await readCompileQuota(db, accountId)).toMatchObject({ tokensUsed: 0, tokensRemaining: 50_000 });
    await compile("doc_b", 50_000);
    const { faces } = await showCompileQuota(ctx);
    expect(faces[0]).toMatchObject({ tokens_charged_period: 50_000, tokens_charged_alltime: 100_000 });
  });

  test("leaves nothing to be given back of what was charged before it", async () => {
    await compile("doc_a", 10_000);
    await letPass(30);
    await compile("doc_a", 500);
    expect(await release("doc_a")).toBe(500);
    expect(await used()).toBe(0);
  });

  test("is none on a plan whose quota is given once", async () => {
    await db.account.update({ where: { id: accountId }, data: { plan: "free" } });
    await compile("doc_a", 5_000);
    await letPass(400);
    expect(await showCompileQuota(ctx)).toMatchObject({ tokens_used: 5_000, tokens_remaining: 0, resets_at: null });
  });
});

describe("deleting", () => {
  test("gives back exactly what a document took from the quota, once, and no credit", async () => {
    await credit(10_000n);
    await compile("doc_a", 4_900, { rate: priced });
    await compile("doc_b", 300, { rate: priced });
    expect(await release("doc_b")).toBe(100);
    expect(await release("doc_b")).toBe(0);
    expect(await used()).toBe(4_900);
    expect((await readBalance(db, accountId)).balanceMicroUsd).toBe(9_600n);
  });

  test(`lets no more than ${compileWorkMultiple} quotas be compiled in a period, however often one deletes`, async () => {
    for (let round = 0; round < compileWorkMultiple; round += 1) {
      await compile(`doc_${round}`, 5_000);
      expect(await release(`doc_${round}`)).toBe(5_000);
    }
    expect(await showCompileQuota(ctx)).toMatchObject({ tokens_used: 0, tokens_limit: 5_000, tokens_remaining: 0 });
    await expect(compile("doc_more", 1)).rejects.toMatchObject({ code: "quota_exceeded" });
    await credit(10n);
    await compile("doc_more", 1, { rate: priced });
    expect(await used()).toBe(0);
  });
});

test("over HTTP it is the published answer, field by field, with what is left behind it", async () => {
  const planStartedAt = new Date(Date.now() - 40 * day);
  await db.account.update({ where: { id: accountId }, data: { plan: "standard", planStartedAt } });
  await compile("doc_a", 12_400);
  const { body } = await (await testCaller(ctx)).call(GET);
  const { username } = await db.face.findUniqueOrThrow({ where: { id: faceId } });
  // the order of the fields is the published one, too
  expect(JSON.stringify(body)).toBe(
    JSON.stringify({
      data: {
        plan: "standard",
        tokens_used: 12_400,
        tokens_limit: 50_000,
        resets_at: new Date(planStartedAt.getTime() + 60 * day).toISOString(),
        faces: [
          {
            face_id: faceId,
            username,
            tokens_in_graph: 0,
            tokens_charged_period: 12_400,
            tokens_charged_alltime: 12_400,
          },
        ],
        tokens_remaining: 37_600,
        overflow_enabled: true,
      },
    }),
  );
});

test("after any sequence of compiling, deleting, topping up and waiting the figures add up", async () => {
  const step = fc.oneof(
    fc.record({
      do: fc.constant("compile" as const),
      document: fc.nat({ max: 4 }),
      tokens: fc.integer({ min: 1, max: 800 }),
    }),
    fc.record({ do: fc.constant("delete" as const), document: fc.nat({ max: 4 }) }),
    fc.record({ do: fc.constant("credit" as const), amount: fc.bigInt({ min: 1n, max: 2_000n }) }),
    fc.record({ do: fc.constant("wait" as const), days: fc.integer({ min: 1, max: 40 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      ctx = await testUser(db, { plan: "standard" });
      accountId = ctx.actor.accountId;
      faceId = await newFace();
      // a small rest makes every run meet the end of the quota
      await compile("before", 48_500);
      const model = { used: new Map([["before", 48_500]]), worked: 48_500, balance: 0n, days: 0 };
      for (const each of steps) await apply(each, model);
      const quota = await readCompileQuota(db, accountId);
      expect(quota.tokensUsed).toBe([...model.used.values()].reduce((sum, tokens) => sum + tokens, 0));
      expect(quota.tokensUsed).toBeLessThanOrEqual(quota.tokensLimit);
      expect((await readBalance(db, accountId)).balanceMicroUsd).toBe(model.balance);
      expect(model.balance).toBeGreaterThanOrEqual(0n);
    }),
    { numRuns: 25 },
  );
}, 60_000);

type Model = { used: Map<string, number>; worked: number; balance: bigint; days: number };
type Step =
  | { do: "compile"; document: number; tokens: number }
  | { do: "delete"; document: number }
  | { do: "credit"; amount: bigint }
  | { do: "wait"; days: number };

/** Does a step in the database, and in a model that knows no periods, rows or locks. */
async function apply(step: Step, model: Model): Promise<void> {
  if (step.do === "wait") {
    await letPass(step.days);
    const periods = (days: number) => Math.floor(days / 30);
    if (periods(model.days + step.days) > periods(model.days)) Object.assign(model, { used: new Map(), worked: 0 });
    model.days += step.days;
  } else if (step.do === "credit") {
    await credit(step.amount);
    model.balance += step.amount;
  } else if (step.do === "delete") {
    const document = `${accountId}:${step.document}`;
    expect(await release(document)).toBe(model.used.get(document) ?? 0);
    model.used.delete(document);
  } else {
    const document = `${accountId}:${step.document}`;
    const taken = [...model.used.values()].reduce((sum, tokens) => sum + tokens, 0);
    const left = Math.max(0, Math.min(50_000 - taken, 50_000 * compileWorkMultiple - model.worked));
    const fromQuota = Math.min(step.tokens, left);
    const cost = BigInt(step.tokens - fromQuota) * 2n;
    const work = compile(document, step.tokens, { rate: priced });
    if (cost > model.balance) return void (await expect(work).rejects.toMatchObject({ code: "quota_exceeded" }));
    await work;
    model.used.set(document, (model.used.get(document) ?? 0) + fromQuota);
    model.worked += fromQuota;
    model.balance -= cost;
  }
}
