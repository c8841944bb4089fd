import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { testDatabase, testUser } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import { deleteFace } from "@/lib/faces/delete-face";
import { newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create-key";
import { revokeKey } from "@/lib/keys/revoke-key";
import { CreateKeyInput } from "@/lib/keys/schemas";
import { chargeCompile } from "./charge-compile";
import { settlePortraits } from "./charge-portraits";
import { settleTranscription } from "./charge-transcription";
import { grant } from "./ledger";
import { usageReport } from "./usage-report";
import { type UsageGroup, UsageQuery } from "./schemas";
import { chargesBetween, moveCharge, testAnswer, testFace } from "./usage-report-testing";

const { db } = await testDatabase();
const groups: UsageGroup[] = ["model", "face", "key", "day"];
const dayMs = 24 * 60 * 60 * 1000;

const report = (ctx: Ctx, query: Partial<Record<keyof UsageQuery, string>>) =>
  usageReport(ctx, UsageQuery.parse(query));
const micro = (usd: number) => BigInt(Math.round(usd * 1e6));

const step = fc.record({
  do: fc.constantFrom("chat", "proxy", "compile", "transcription", "portrait", "delete face", "revoke key", "lose key"),
  face: fc.nat({ max: 2 }),
  key: fc.nat({ max: 2 }),
  model: fc.constantFrom("m", "n", "o"),
  cost: fc.bigInt({ min: 0n, max: 5_000_000n }),
  tokens: fc.integer({ min: 1, max: 900 }),
  /** milliseconds ago; some lie at a midnight */
  ago: fc.oneof(
    fc.integer({ min: 0, max: 12 * dayMs }),
    fc.record({ days: fc.nat({ max: 11 }), by: fc.integer({ min: -20, max: 20 }) }),
  ),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

describe("whatever was done, and deleted since", () => {
  test("every way of adding it up is the ledger's sum, for the whole span and for every day", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
        const ctx = await testUser(db, { plan: "free" });
        const { accountId } = ctx.actor;
        await grant(db, { accountId, amountMicroUsd: 1_000_000_000n, reference: newId("request") });
        const world = {
          faces: [await testFace(ctx), await testFace(ctx), null],
          keys: [await newKey(ctx), await newKey(ctx), null],
        };
        for (const each of steps) await apply(ctx, world, each);
        const now = Date.now();
        const from = new Date(now - 10 * dayMs);
        const to = new Date(now + 1);
        const span = { from: from.toISOString(), to: to.toISOString() };
        const charged = await chargesBetween(ctx, from, to);
        for (const group_by of groups) {
          const { rows, totals } = await report(ctx, { group_by, ...span });
          expect(rows.reduce((sum, row) => sum + micro(row.cost_usd), 0n)).toBe(charged);
          expect([micro(totals.cost_usd), micro(totals.ledger_charges_usd)]).toEqual([charged, charged]);
          for (const field of [
            "requests",
            "input_tokens",
            "output_tokens",
            "compile_tokens",
            "quota_tokens",
          ] as const) {
            expect(rows.reduce((sum, row) => sum + row[field], 0)).toBe(totals[field]);
          }
          for (const row of [...rows, totals]) {
            const kinds = Object.values(row.cost_by_kind_usd);
            expect(kinds.reduce((sum, usd) => sum + micro(usd), 0n)).toBe(micro(row.cost_usd));
          }
        }
        const today = Math.floor(now / dayMs) * dayMs;
        const days = await report(ctx, { group_by: "day", from: new Date(today - 9 * dayMs).toISOString() });
        for (const { day, cost_usd } of days.rows) {
          const start = new Date(`${day}T00:00:00Z`);
          expect(micro(cost_usd)).toBe(await chargesBetween(ctx, start, new Date(start.getTime() + dayMs)));
        }
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});

let prompts = 0;

async function newKey(ctx: Ctx): Promise<string> {
  return (await createKey(ctx, CreateKeyInput.parse({ name: "website" }))).id;
}

/** A face or a key that is gone is used no more, but null stays: somebody signed in, without a face. */
type World = { faces: (string | null)[]; keys: (string | null)[] };

async function apply(ctx: Ctx, world: World, { do: what, ...step }: Step): Promise<void> {
  const { accountId } = ctx.actor;
  const face = world.faces[step.face % world.faces.length] ?? null;
  const key = world.keys[step.key % world.keys.length] ?? null;
  if (what === "delete face") {
    if (face === null) return;
    world.faces.splice(world.faces.indexOf(face), 1);
    await deleteFace(ctx, face);
  } else if (what === "revoke key" || what === "lose key") {
    if (key === null) return;
    world.keys.splice(world.keys.indexOf(key), 1);
    if (what === "revoke key") await revokeKey(ctx, key);
    else await db.apiKey.delete({ where: { id: key } });
  } else if (what === "chat" || what === "proxy") {
    const reference = await testAnswer(ctx, {
      kind: what,
      face: what === "chat" ? face : null,
      key,
      model: step.model,
      cost: step.cost,
    });
    await letHappen(accountId, reference, reference, step.ago);
  } else if (face !== null && what === "compile") {
    const reference = newId("request");
    const work = { accountId, apiKeyId: key, faceId: face, documentId: "doc", reference, tokens: step.tokens * 10 };
    const rate = { model: step.model, price: { input: 1, output: 1 } };
    await transaction(db, (tx) => chargeCompile(tx, { ...work, rate, provider: { inputTokens: 7, outputTokens: 7 } }));
    await letHappen(accountId, reference, reference, step.ago);
  } else if (what === "portrait") {
    const promptId = ++prompts;
    const work = { accountId, apiKeyId: key, faceId: face, promptId, model: step.model };
    await transaction(db, (tx) => settlePortraits(tx, { ...work, costMicroUsd: step.cost, reservationId: null }));
    await letHappen(accountId, `portrait:${promptId}`, `portrait:${promptId}`, step.ago);
  } else if (face !== null) {
    const reference = newId("request");
    const work = { accountId, apiKeyId: key, faceId: face, documentId: null, model: step.model, reference };
    await transaction(db, (tx) => settleTranscription(tx, { ...work, costMicroUsd: step.cost, reservationId: null }));
    await letHappen(accountId, reference, reference, step.ago);
  }
}

/** Moves work into the past; near midnight its usage and its charge fall on different sides. */
async function letHappen(accountId: string, reference: string, chargeReference: string, ago: Step["ago"]) {
  const midnight = Math.floor(Date.now() / dayMs) * dayMs;
  const at = typeof ago === "number" ? Date.now() - ago : midnight - ago.days * dayMs + ago.by;
  const later = typeof ago === "number" ? 0 : -2 * ago.by;
  await db.usageRecord.updateMany({ where: { accountId, reference }, data: { createdAt: new Date(at) } });
  await moveCharge(db, accountId, chargeReference, new Date(at + later));
}
