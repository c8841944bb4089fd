import { randomBytes } from "node:crypto";
import { privateKeyToAccount, generatePrivateKey } from "viem/accounts";
import { createAccessToken } from "@/lib/auth/access-token";
import { scopes } from "@/lib/auth/context";
import { grant } from "@/lib/billing/ledger";
import type { Db } from "@/lib/db/client";
import { testUser } from "@/lib/db/testing";
import { type IdKind, newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create-key";
import { CreateKeyInput } from "@/lib/keys/schemas";
import { packVector } from "@/lib/models/vector";

/** Something that belongs to an account and is named by an id or a name of its own. */
export type Thing =
  | "face"
  | "document"
  | "primitive"
  | "key"
  | "session"
  | "wallet"
  | "invite"
  | "notice"
  | "trace"
  | "response"
  | "conversation"
  | "tune"
  | "photo"
  | "prompt"
  | "order"
  | "portrait"
  | "delivery"
  | "account"
  | "token"
  | "model";

/** Names of one thing of each kind. */
export type Things = Record<Thing, string>;

/** An account that has one thing of each kind, with the credentials that it may come with. */
export type World = { things: Things; session: string; key: string };

/** Makes an account with one thing of each kind. */
export async function makeWorld(db: Db, account: { isAdmin?: boolean; isFrozen?: boolean } = {}): Promise<World> {
  const ctx = await testUser(db, { isAdmin: account.isAdmin ?? false });
  const { accountId } = ctx.actor;
  const things = { ...missingThings(), account: accountId, model: "builtin" };
  const own = newId("session");
  const expiresAt = new Date(Date.now() + 3_600_000);
  const { key } = await createKey(ctx, CreateKeyInput.parse({ name: "all", scopes: [...scopes] }));
  const target = await createKey(ctx, CreateKeyInput.parse({ name: "target" }));
  await db.session.createMany({ data: [own, things.session].map((id) => ({ id, accountId, expiresAt })) });
  const wallets = [things.wallet, someAddress()].map((address) => ({ address, accountId }));
  await db.wallet.createMany({ data: wallets });
  await db.invite.create({
    data: { id: things.invite, hash: things.invite, prefix: "inv", createdBy: accountId },
  });
  await db.notice.create({ data: { id: things.notice, accountId, kind: "quota_50", occasion: "now" } });
  await grant(db, { accountId, amountMicroUsd: 5_000_000n, reference: accountId, note: "test" });
  await makeFace(db, accountId, things);
  await makePortraits(db, accountId, things);
  await db.face.create({ data: { id: newId("face"), accountId, username: "spare" } });
  await db.trace.create({
    data: { id: things.trace, accountId, model: "builtin", items: [], tokens: {}, costMicroUsd: 0n, timings: {} },
  });
  const kept = { object: "response", created_at: 0, status: "completed", model: "builtin", output: [] };
  const response = { id: things.response, accountId, input: [], items: 0, bytes: 0, documentIds: [] };
  await db.storedResponse.create({ data: { ...response, response: { ...kept, id: things.response } } });
  if (account.isFrozen) await db.account.update({ where: { id: accountId }, data: { isFrozen: true } });
  const session = await createAccessToken({ accountId, sessionId: own });
  return { things: { ...things, key: target.id }, session, key };
}

async function makeFace(db: Db, accountId: string, things: Things): Promise<void> {
  const id = newId("face");
  await db.face.create({ data: { id, accountId, username: things.face, basicFacts: "A potter.", version: 1 } });
  const document = { id: things.document, faceId: id, type: "document", label: "a", source: "paste", tokenCount: 3 };
  await db.document.create({
    data: { ...document, mimeType: "text/plain", perspective: "first-person", contentHash: things.document },
  });
  await db.documentVersion.create({ data: { documentId: things.document, version: 1, content: "I love tea." } });
  const kind = { component: "beta", predicate: "likes", polarity: "pos", confidence: 1, alternatives: [] };
  await db.primitive.create({
    data: {
      ...kind,
      id: things.primitive,
      faceId: id,
      key: "k",
      statement: "I like tea.",
      object: "tea",
      vector: Buffer.from(packVector(new Float32Array(512).fill(1 / Math.sqrt(512)))),
      state: "active",
    },
  });
  await db.conversation.create({ data: { id: things.conversation, accountId, faceId: id, title: "Tea" } });
  const page = { id: newId("embed"), accountId, faceId: id, token: things.token, visitorMessagesPerDay: 20 };
  const key = { id: newId("key"), accountId, name: "page", hash: page.id, prefix: "", scopes: ["chat"] };
  await db.apiKey.create({ data: key });
  await db.embed.create({ data: { ...page, apiKeyId: key.id } });
  const version = { faceId: id, number: 1, reason: "sync", sources: [], overrides: {}, counts: {}, graphHash: "" };
  await db.faceVersion.create({ data: version });
}

/** Of ten digits: what is masked in an answer must stand for nothing else in it. */
let lastNumber = 1_000_000_000;

/** A tune with a photo, an order of it with a portrait, and a callback that was told of it. */
async function makePortraits(db: Db, accountId: string, things: Things): Promise<void> {
  const face = await db.face.findFirstOrThrow({ where: { accountId, username: things.face } });
  const consent = { by: "person", how: "checkbox", text: "She agrees.", at: new Date().toISOString() };
  const file = { mimeType: "image/png", width: 8, height: 8, byteSize: 1 };
  const reading = {
    ...{
      box: { x: 1, y: 1, width: 6, height: 6 },
      confidence: 1,
      yaw: 0,
      pitch: 0,
      roll: 0,
      sharpness: 900,
      light: 0.5,
    },
  };
  const photos = [things.photo, newId("photo")].map((id, position) => ({
    ...{ id, position, fileName: "a.jpg", storageKey: `portraits/photos/${id}`, ...file, reading },
    descriptor: Buffer.alloc(512),
  }));
  const expiresAt = new Date(Date.now() + 3_600_000);
  const tune = await db.tune.create({
    data: {
      id: ++lastNumber,
      ...{ accountId, faceId: face.id, title: "Ann", isApi: true, branch: "fast", consent, expiresAt },
      photos: { create: photos },
    },
  });
  const prompt = await db.prompt.create({
    data: {
      id: ++lastNumber,
      ...{
        accountId,
        tuneId: tune.id,
        text: `<faceid:${tune.id}:1> in a forest`,
        options: {},
        engine: "studio",
        seed: 7n,
      },
      ...{ width: 768, height: 960, count: 2, status: "done", isMock: false },
      references: { create: [{ position: 0, tuneId: tune.id, strength: 1 }] },
      portraits: {
        create: [things.portrait, newId("portrait")].map((id, position) => ({
          ...{
            id,
            position,
            storageKey: `portraits/made/${id}`,
            ...file,
            seed: BigInt(7 + position),
            identityScore: 0.5,
          },
        })),
      },
    },
  });
  const url = "https://example.com/told";
  const delivery = { id: things.delivery, accountId, kind: "prompt", subjectId: prompt.id, url, status: "delivered" };
  await db.callbackDelivery.create({ data: delivery });
  Object.assign(things, { tune: String(tune.id), prompt: String(prompt.id), order: String(prompt.id) });
}

/** Names of things that nobody has. */
export function missingThings(): Things {
  const id = (kind: IdKind) => newId(kind);
  return {
    face: newId("face").slice(-20),
    document: id("document"),
    primitive: id("primitive"),
    key: id("key"),
    session: id("session"),
    wallet: someAddress(),
    invite: id("invite"),
    notice: id("notice"),
    trace: id("trace"),
    response: `resp_${id("trace").slice(4)}`,
    conversation: id("conversation"),
    tune: String(++lastNumber),
    photo: id("photo"),
    prompt: String(++lastNumber),
    order: String(++lastNumber),
    portrait: id("portrait"),
    delivery: id("delivery"),
    account: id("account"),
    token: randomBytes(16).toString("base64url"),
    model: "none",
  };
}

function someAddress(): string {
  return privateKeyToAccount(generatePrivateKey()).address;
}
