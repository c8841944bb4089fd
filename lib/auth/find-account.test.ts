import { expect, test } from "vitest";
import { GET as accountRoute } from "@/app/v1/account/route";
import { testDatabase, testUser } from "@/lib/db/testing";
import { testCaller } from "@/lib/http/testing";
import { newId } from "@/lib/ids";
import { findAccount } from "./find-account";

const { db } = await testDatabase();

test("an account is shown with what a newcomer has done, step by step, and by nobody else's steps", async () => {
  const [ctx, other] = [await testUser(db, { plan: "standard" }), await testUser(db)];
  const { accountId } = ctx.actor;
  const caller = await testCaller(ctx);
  const stranger = await testCaller(other);
  const steps = async (of = caller) => {
    const { data } = (await of.call(accountRoute)).body as { data: { onboarding: Record<string, boolean> } };
    // these calls are made with a key, whose use is noted some time later
    return Object.keys(data.onboarding).filter((step) => data.onboarding[step] && step !== "has_called");
  };
  expect((await caller.call(accountRoute)).body).toMatchObject({
    data: { id: accountId, plan: "standard", email: null, has_password: false, wallets: [], is_frozen: false },
  });
  expect(await steps()).toEqual(["has_key"]);
  const face = await db.face.create({ data: { id: newId("face"), accountId, username: "ada" } });
  expect(await steps()).toEqual(["has_face", "has_key"]);
  const of = { faceId: face.id, type: "document", label: "x", source: "paste", mimeType: "text/plain" };
  const document = await db.document.create({
    data: { ...of, id: newId("document"), perspective: "first-person", contentHash: "x", tokenCount: 1 },
  });
  expect(await steps()).toEqual(["has_face", "has_source", "has_key"]);
  await db.document.update({ where: { id: document.id }, data: { status: "synced" } });
  await db.usageRecord.create({
    data: { id: newId("usage"), accountId, kind: "chat", model: "builtin", inputTokens: 1, reference: newId("trace") },
  });
  expect(await steps()).toEqual(["has_face", "has_source", "has_synced", "has_chatted", "has_key"]);
  expect(await steps(stranger)).toEqual(["has_key"]);
});

test("the first call with a key counts, having one does not", async () => {
  const ctx = await testUser(db);
  const { accountId } = ctx.actor;
  const hasCalled = async () => (await findAccount(ctx)).onboarding.has_called;
  const key = { accountId, name: "x", prefix: "sk-faces-x", scopes: [], allowlist: [], allowedFaces: [] };
  const id = newId("key");
  await db.apiKey.create({ data: { ...key, id, hash: id, allowedModels: [] } });
  expect(await hasCalled()).toBe(false);
  await db.apiKey.update({ where: { id }, data: { lastUsedAt: new Date() } });
  expect(await hasCalled()).toBe(true);
});
