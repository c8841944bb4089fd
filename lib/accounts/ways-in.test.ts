import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, describe, expect, test } from "vitest";
import { GET as accountRoute, PATCH as updateRoute } from "@/app/v1/account/route";
import { DELETE as revokeSessionRoute } from "@/app/v1/account/sessions/[id]/route";
import { DELETE as revokeOthersRoute, GET as sessionsRoute } from "@/app/v1/account/sessions/route";
import { DELETE as unlinkRoute } from "@/app/v1/account/wallets/[address]/route";
import { POST as linkRoute } from "@/app/v1/account/wallets/route";
import { requireSession } from "@/lib/auth/authenticate";
import type { Ctx } from "@/lib/auth/context";
import { createNonce } from "@/lib/auth/create-nonce";
import { revokeOtherSessions, revokeSession } from "@/lib/auth/end-session";
import { createLinkNonce, linkWallet } from "@/lib/auth/link-wallet";
import { listSessions } from "@/lib/auth/list-sessions";
import { listWallets } from "@/lib/auth/list-wallets";
import { logIn } from "@/lib/auth/log-in";
import { caughtUpWithChanges, rememberRows } from "@/lib/auth/memory";
import type { NonceView } from "@/lib/auth/schemas";
import { UpdateAccountInput } from "@/lib/auth/schemas";
import { unlinkWallet } from "@/lib/auth/unlink-wallet";
import { updateAccount } from "@/lib/auth/update-account";
import { verifySignIn } from "@/lib/auth/verify-sign-in";
import { connect } from "@/lib/db/client";
import { testDatabase, testUser } from "@/lib/db/testing";
import { testCaller } from "@/lib/http/testing";
import { newId } from "@/lib/ids";
import { sessionCtx, someCaller, testMember, testPassword } from "./testing";

const { db, url } = await testDatabase();
const admin = await testUser(db, { isAdmin: true });
// stands for another process
const other = connect(url, 2);
const forgetAll = rememberRows({ url, db });
afterAll(async () => {
  await forgetAll();
  await other.$disconnect();
});

const newWallet = () => privateKeyToAccount(generatePrivateKey());
type TestWallet = ReturnType<typeof newWallet>;

async function signed(wallet: TestWallet, nonce: NonceView, what: "nonce" | "message" = "message") {
  return { address: wallet.address, signature: await wallet.signMessage({ message: nonce[what] }), nonce: nonce.nonce };
}

async function signIn(wallet: TestWallet): Promise<Ctx> {
  const { sessionId, user } = await verifySignIn(
    db,
    await signed(wallet, await createNonce(db, wallet.address)),
    "test",
  );
  return sessionCtx(db, { accountId: user.id, sessionId, isAdmin: user.is_admin });
}

const linking = async (ctx: Ctx, wallet: TestWallet, what: "nonce" | "message" = "message") =>
  signed(wallet, await createLinkNonce(ctx, wallet.address), what);
const link = async (ctx: Ctx, wallet: TestWallet) => linkWallet(ctx, await linking(ctx, wallet));
const update = (ctx: Ctx, input: object) => updateAccount(ctx, UpdateAccountInput.parse(input));
const sessionOf = ({ actor }: Ctx) => (actor.credential.kind === "session" ? actor.credential.sessionId : "");
const isAlive = (ctx: Ctx) =>
  requireSession(sessionOf(ctx)).then(
    () => true,
    () => false,
  );

describe("wallets", () => {
  test.each(["nonce", "message"] as const)(
    "are linked by signing the %s, and sign in to the same account",
    async (what) => {
      const ctx = await signIn(newWallet());
      const second = newWallet();
      await linkWallet(ctx, await linking(ctx, second, what));
      expect((await listWallets(ctx)).map(({ address }) => address)).toContain(second.address);
      expect((await signIn(second)).actor.accountId).toBe(ctx.actor.accountId);
    },
  );

  test("are linked once when the same signature is sent twice", async () => {
    const ctx = await signIn(newWallet());
    const wallet = newWallet();
    const input = await linking(ctx, wallet);
    await linkWallet(ctx, input);
    await expect(linkWallet(ctx, input)).rejects.toMatchObject({ code: "unauthorized" });
    await link(ctx, wallet);
    expect(await listWallets(ctx)).toHaveLength(2);
  });

  test("are not linked by a signature for signing in, nor signed in by one for linking", async () => {
    const ctx = await signIn(newWallet());
    const wallet = newWallet();
    for (const what of ["nonce", "message"] as const) {
      const toSignIn = await createNonce(db, wallet.address);
      const toLink = await createLinkNonce(ctx, wallet.address);
      const unauthorized = { code: "unauthorized" };
      await expect(linkWallet(ctx, await signed(wallet, toSignIn, what))).rejects.toMatchObject(unauthorized);
      await expect(verifySignIn(db, await signed(wallet, toLink, what), null)).rejects.toMatchObject(unauthorized);
      // nor with the texts of one under the nonce of the other
      const crossed = { ...(await signed(wallet, toSignIn, what)), nonce: toLink.nonce };
      await expect(linkWallet(ctx, crossed)).rejects.toMatchObject(unauthorized);
      const crossedBack = { ...(await signed(wallet, toLink, what)), nonce: toSignIn.nonce };
      await expect(verifySignIn(db, crossedBack, null)).rejects.toMatchObject(unauthorized);
    }
    expect(await listWallets(ctx)).toHaveLength(1);
  });

  test("are not linked to another account than the one that was signed for", async () => {
    const [mine, theirs] = [await signIn(newWallet()), await signIn(newWallet())];
    const input = await linking(mine, newWallet());
    await expect(linkWallet(theirs, input)).rejects.toMatchObject({ code: "unauthorized" });
    await expect(linkWallet(mine, input)).resolves.toBeDefined();
  });

  test("of another account stay there: 409", async () => {
    const [mine, theirs] = [newWallet(), newWallet()];
    const ctx = await signIn(mine);
    const owner = await signIn(theirs);
    await expect(link(ctx, theirs)).rejects.toMatchObject({ code: "conflict", param: "address" });
    expect((await signIn(theirs)).actor.accountId).toBe(owner.actor.accountId);
  });

  test("go to one of two accounts that race for them, and to one of linking and signing in", async () => {
    for (let round = 0; round < 5; round++) {
      const contexts = [await signIn(newWallet()), await signIn(newWallet())];
      const wallet = newWallet();
      const inputs = await Promise.all(contexts.map((ctx) => linking(ctx, wallet)));
      const results = await Promise.allSettled([
        ...contexts.flatMap((ctx, index) => inputs.slice(index, index + 1).map((input) => linkWallet(ctx, input))),
        signIn(wallet),
      ]);
      expect(await db.wallet.count({ where: { address: wallet.address } })).toBe(1);
      for (const result of results) {
        if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
      }
    }
  });

  test("are unlinked with the other sessions that wallets began; the last way in stays", async () => {
    const [first, second] = [newWallet(), newWallet()];
    const ctx = await signIn(first);
    await link(ctx, second);
    const lost = await signIn(second);
    expect(await isAlive(lost)).toBe(true);
    const answer = await unlinkWallet(ctx, second.address);
    expect(answer).toEqual({ address: second.address, unlinked: true, sessions_ended: 1 });
    expect([await isAlive(ctx), await isAlive(lost)]).toEqual([true, false]);
    await expect(unlinkWallet(ctx, second.address)).rejects.toMatchObject({ code: "not_found" });
    await expect(unlinkWallet(ctx, first.address)).rejects.toMatchObject({ code: "conflict" });
    expect((await signIn(second)).actor.accountId).not.toBe(ctx.actor.accountId);
  });

  test("of somebody else answer like missing ones", async () => {
    const theirs = newWallet();
    await signIn(theirs);
    const ctx = await signIn(newWallet());
    const refusal = async (address: string) => unlinkWallet(ctx, address).catch((error: unknown) => error);
    expect(await refusal(theirs.address)).toEqual(await refusal(newWallet().address));
  });

  test("leave one of two behind when both are unlinked at once", async () => {
    for (let round = 0; round < 5; round++) {
      const [first, second] = [newWallet(), newWallet()];
      const ctx = await signIn(first);
      await link(ctx, second);
      await Promise.allSettled([unlinkWallet(ctx, first.address), unlinkWallet(ctx, second.address)]);
      expect(await listWallets(ctx)).toHaveLength(1);
    }
  });

  test("are no business of API keys", async () => {
    const ctx = await signIn(newWallet());
    const key = await testCaller(ctx, { scopes: ["account", "faces:read"] });
    const wallet = newWallet();
    const json = await linking(ctx, wallet);
    expect((await key.call(linkRoute, { method: "POST", json })).status).toBe(403);
    const [own] = await listWallets(ctx);
    const params = { address: own?.address ?? "" };
    expect((await key.call(unlinkRoute, { method: "DELETE", params })).status).toBe(403);
    expect((await key.call(updateRoute, { method: "PATCH", json: { email: "a@b.test" } })).status).toBe(403);
    expect((await key.call(revokeOthersRoute, { method: "DELETE" })).status).toBe(403);
    expect((await key.call(revokeSessionRoute, { method: "DELETE", params: { id: sessionOf(ctx) } })).status).toBe(403);
    expect((await key.call(sessionsRoute)).status).toBe(200);
    expect((await key.call(accountRoute)).body).toMatchObject({
      data: { wallets: [own?.address], has_password: false },
    });
  });
});

describe("e-mail address and password", () => {
  test("are set by an account that signs in by wallet, which may then unlink it", async () => {
    const wallet = newWallet();
    const ctx = await signIn(wallet);
    const email = `${newId("account")}@Faces.test`;
    await expect(update(ctx, { password: testPassword })).rejects.toMatchObject({
      code: "invalid_input",
      param: "email",
    });
    const view = await update(ctx, { email, password: testPassword, name: "Ada" });
    expect(view).toMatchObject({ email: email.toLowerCase(), has_password: true, name: "Ada" });
    await unlinkWallet(ctx, wallet.address);
    await logIn(db, { email: email.toLowerCase(), password: testPassword }, someCaller());
    await expect(update(ctx, { email: null, password: null, current_password: testPassword })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("are changed by whoever knows the password; the other sessions end, the old one is no more", async () => {
    const ctx = await testMember(admin);
    const { email } = ctx;
    const elsewhere = await logIn(db, { email, password: testPassword }, someCaller());
    const password = "another long password";
    await expect(update(ctx, { password })).rejects.toMatchObject({ param: "current_password", code: "invalid_input" });
    await expect(update(ctx, { password, current_password: "not this one" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await update(ctx, { password, current_password: testPassword });
    expect(await isAlive(ctx)).toBe(true);
    await expect(requireSession(elsewhere.sessionId)).rejects.toMatchObject({ code: "unauthorized" });
    await expect(logIn(db, { email, password: testPassword }, someCaller())).rejects.toMatchObject({
      code: "unauthorized",
    });
    await expect(logIn(db, { email, password }, someCaller())).resolves.toBeDefined();
    await expect(update(ctx, { password, current_password: testPassword })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("cannot be guessed at through the current password either", async () => {
    const ctx = await testMember(admin);
    const guesses = Array.from({ length: 15 }, () =>
      update(ctx, { name: "x", email: ctx.email, current_password: "not this one" }).catch(
        (error: { code: string }) => error.code,
      ),
    );
    const codes = await Promise.all(guesses);
    expect(codes.filter((code) => code === "forbidden")).toHaveLength(10);
    expect(codes.filter((code) => code === "rate_limited")).toHaveLength(5);
  });

  test("of somebody else are not taken, also by two who race", async () => {
    const [mine, theirs] = [await testMember(admin), await testMember(admin)];
    const taken = { email: theirs.email, current_password: testPassword };
    await expect(update(mine, taken)).rejects.toMatchObject({ code: "conflict", param: "email" });
    const email = `${newId("account")}@faces.test`;
    const results = await Promise.allSettled(
      [mine, theirs].map((ctx) => update(ctx, { email, current_password: testPassword })),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("let nobody in with an old password while it is being changed", async () => {
    const ctx = await testMember(admin);
    const { email } = ctx;
    const [, ...signIns] = await Promise.allSettled([
      update(ctx, { password: "another long password", current_password: testPassword }),
      ...Array.from({ length: 5 }, () => logIn(db, { email, password: testPassword }, someCaller())),
    ]);
    for (const result of signIns) {
      if (result?.status !== "fulfilled") continue;
      await expect(requireSession(result.value.sessionId)).rejects.toMatchObject({ code: "unauthorized" });
    }
  });
});

describe("sessions", () => {
  test("are listed with what they are, the asking one marked, and in pages", async () => {
    const ctx = await testMember(admin);
    for (let n = 0; n < 3; n++) await logIn(db, { email: ctx.email, password: testPassword }, someCaller());
    const first = await listSessions(ctx, { limit: 3, cursor: undefined });
    const second = await listSessions(ctx, { limit: 3, cursor: first.nextCursor ?? undefined });
    const all = [...first.items, ...second.items];
    expect(new Set(all.map(({ id }) => id)).size).toBe(4);
    expect(all.filter(({ is_current }) => is_current).map(({ id }) => id)).toEqual([sessionOf(ctx)]);
    expect(all[0]).toMatchObject({ method: "password", user_agent: "test" });
  });

  test("are ended one by one, at once, here and by another process", async () => {
    const ctx = await testMember(admin);
    const enter = async () => (await logIn(db, { email: ctx.email, password: testPassword }, someCaller())).sessionId;
    const [here, elsewhere] = [await enter(), await enter()];
    await requireSession(here);
    await requireSession(elsewhere);
    expect(await revokeSession(ctx, here)).toEqual({ id: here, revoked: true });
    await expect(requireSession(here)).rejects.toMatchObject({ code: "unauthorized" });
    await expect(revokeSession(ctx, here)).rejects.toMatchObject({ code: "not_found" });
    await revokeSession({ ...ctx, db: other }, elsewhere);
    await caughtUpWithChanges();
    await expect(requireSession(elsewhere)).rejects.toMatchObject({ code: "unauthorized" });
  });

  test("are ended all but the asking one; twice ends none", async () => {
    const ctx = await testMember(admin);
    const others = [1, 2, 3].map(() => logIn(db, { email: ctx.email, password: testPassword }, someCaller()));
    const ids = (await Promise.all(others)).map(({ sessionId }) => sessionId);
    for (const id of ids) await requireSession(id);
    expect(await revokeOtherSessions(ctx)).toEqual({ revoked: 3 });
    for (const id of ids) await expect(requireSession(id)).rejects.toMatchObject({ code: "unauthorized" });
    expect(await revokeOtherSessions(ctx)).toEqual({ revoked: 0 });
    expect(await isAlive(ctx)).toBe(true);
  });

  test("of somebody else answer like missing ones", async () => {
    const [mine, theirs] = [await testMember(admin), await testMember(admin)];
    const refusal = async (id: string) => revokeSession(mine, id).catch((error: unknown) => error);
    expect(await refusal(sessionOf(theirs))).toEqual(await refusal(newId("session")));
    expect(await isAlive(theirs)).toBe(true);
  });

  test("note every few minutes that they are used", async () => {
    const ctx = await testMember(admin);
    const id = sessionOf(ctx);
    const longAgo = new Date(Date.now() - 3_600_000);
    await db.session.update({ where: { id }, data: { lastSeenAt: longAgo } });
    await caughtUpWithChanges();
    await requireSession(id);
    await expect
      .poll(async () => (await db.session.findUniqueOrThrow({ where: { id } })).lastSeenAt.getTime())
      .toBeGreaterThan(longAgo.getTime() + 3_000_000);
  });
});
