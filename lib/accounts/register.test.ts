import { describe, expect, test, vi } from "vitest";
import { POST as loginRoute } from "@/app/auth/login/route";
import { POST as registerRoute } from "@/app/auth/register/route";
import { GET as listRoute, POST as createRoute } from "@/app/v1/invites/route";
import { requireSession } from "@/lib/auth/authenticate";
import { hashPassword, verifyPassword } from "@/lib/auth/password-hash";
import { logIn } from "@/lib/auth/log-in";
import { RegisterInput } from "@/lib/auth/schemas";
import { readBalance } from "@/lib/billing/ledger";
import { testDatabase, testUser } from "@/lib/db/testing";
import { testCaller } from "@/lib/http/testing";
import { newId } from "@/lib/ids";
import { createInvite } from "./create-invite";
import { listInvites } from "./list-invites";
import { register } from "./register";
import { revokeInvite } from "./revoke-invite";
import { CreateInviteInput } from "./schemas";
import { someCaller, testMember, testPassword } from "./testing";

const { db } = await testDatabase();
const admin = await testUser(db, { isAdmin: true });
const stranger = await testUser(db);

const invite = (input: object = {}) => createInvite(admin, CreateInviteInput.parse(input));
const newEmail = () => `${newId("account")}@faces.test`;
const registering = (invite_code: string, email = newEmail(), password = testPassword) =>
  register(db, RegisterInput.parse({ invite_code, email, password }), someCaller());

function post(route: typeof loginRoute, json: unknown, address = newId("request")): Promise<Response> {
  const headers = { "content-type": "application/json", "x-forwarded-for": address };
  const request = new Request("http://faces.test/x", { method: "POST", headers, body: JSON.stringify(json) });
  return route(request, { params: Promise.resolve({}) });
}

describe("an invite", () => {
  test("makes an account with its plan and credit, and signs in to it", async () => {
    const { code } = await invite({ plan: "standard", credit_usd: 2.5 });
    const response = await post(registerRoute, {
      invite_code: ` ${code.toUpperCase()} `,
      email: "  Ada@Faces.Test ",
      password: testPassword,
      name: "Ada",
    });
    expect(response.status).toBe(201);
    const { data } = (await response.json()) as { data: { user: { id: string }; access_token: string } };
    expect(data.user).toMatchObject({ email: "ada@faces.test", name: "Ada", plan: "standard", has_password: true });
    expect((await readBalance(db, data.user.id)).balanceMicroUsd).toBe(2_500_000n);
    expect(data.access_token.split(".")).toHaveLength(3);
  });

  test("lets exactly as many in as it has uses, of fifty who race", async () => {
    const { id, code } = await invite({ max_uses: 7 });
    const before = await db.account.count();
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => registering(code)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(7);
    expect(await db.account.count()).toBe(before + 7);
    expect(await db.invite.findUnique({ where: { id } })).toMatchObject({ uses: 7 });
    await expect(registering(code)).rejects.toMatchObject({ code: "invalid_input", param: "invite_code" });
  }, 60_000);

  test("is not used up by an e-mail address that is taken, in whatever spelling", async () => {
    const { email } = await testMember(admin);
    const { id, code } = await invite();
    await expect(registering(code, email.toUpperCase())).rejects.toMatchObject({ code: "conflict", param: "email" });
    expect(await db.invite.findUnique({ where: { id } })).toMatchObject({ uses: 0 });
  });

  test("makes one account of twenty who race for an e-mail address", async () => {
    const { id, code } = await invite({ max_uses: 20 });
    const email = newEmail();
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => registering(code, email)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db.invite.findUnique({ where: { id } })).toMatchObject({ uses: 1 });
  }, 60_000);

  test("that is unknown, revoked, used up or expired is refused in the same words", async () => {
    const revoked = await invite();
    await revokeInvite(admin, revoked.id);
    const expired = await invite({ expires_in_days: 1 });
    await db.invite.update({ where: { id: expired.id }, data: { expiresAt: new Date(0) } });
    const used = await invite();
    await registering(used.code);
    const codes = [revoked.code, expired.code, used.code, "faces-00000-00000-00000-00000"];
    const messages = await Promise.all(codes.map((code) => registering(code).catch((error: Error) => error.message)));
    expect(new Set(messages).size).toBe(1);
    const { items } = await listInvites(admin, { limit: 200, cursor: undefined });
    const statusOf = (id: string) => items.find((item) => item.id === id)?.status;
    expect([revoked, expired, used].map(({ id }) => statusOf(id))).toEqual(["revoked", "expired", "used_up"]);
  });

  test("is shown once, and kept as a hash and a prefix", async () => {
    const { code, code_prefix, id } = await invite({ note: "for Ada" });
    expect(code).toMatch(/^faces(-[0-9a-hjkmnp-tv-z]{5}){4}$/);
    expect(code.startsWith(code_prefix)).toBe(true);
    const stored = JSON.stringify(
      [await db.invite.findMany(), await listInvites(admin, { limit: 200, cursor: undefined })],
      (_, v: unknown) => (typeof v === "bigint" ? String(v) : v),
    );
    expect(stored).toContain(id);
    expect(stored).not.toContain(code);
  });

  test("belongs to admins: nobody else makes, sees or revokes one, nor does an admin's key", async () => {
    const { id } = await invite();
    await expect(createInvite(stranger, CreateInviteInput.parse({}))).rejects.toMatchObject({ code: "forbidden" });
    await expect(listInvites(stranger, { limit: 5, cursor: undefined })).rejects.toMatchObject({ code: "forbidden" });
    await expect(revokeInvite(stranger, id)).rejects.toMatchObject({ code: "forbidden" });
    const key = await testCaller(admin, { scopes: ["account"] });
    expect((await key.call(listRoute)).status).toBe(403);
    expect((await key.call(createRoute, { method: "POST", json: {} })).status).toBe(403);
  });

  test("that is revoked twice, or never was, is missing", async () => {
    const { id } = await invite();
    expect(await revokeInvite(admin, id)).toEqual({ id, revoked: true });
    await expect(revokeInvite(admin, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(revokeInvite(admin, newId("invite"))).rejects.toMatchObject({ code: "not_found" });
  });

  test.each([
    [{ max_uses: 0 }],
    [{ max_uses: 1.5 }],
    [{ credit_usd: -1 }],
    [{ credit_usd: 1e9 }],
    [{ plan: "gold" }],
    [{ uses: 3 }],
  ])("cannot be made with %j", (input) => {
    expect(CreateInviteInput.safeParse(input).success).toBe(false);
  });
});

describe("a password", () => {
  test("is kept as argon2id with OWASP's parameters, and nobody else's opens", async () => {
    const stored = await hashPassword(testPassword);
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await hashPassword(testPassword)).not.toBe(stored);
    expect(await verifyPassword(testPassword, stored)).toBe(true);
    expect(await verifyPassword(`${testPassword}.`, stored)).toBe(false);
    expect(await verifyPassword("", null)).toBe(false);
  });

  test("does not keep the process from other work while it is hashed", async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await Promise.all(Array.from({ length: 4 }, () => hashPassword(testPassword)));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(10);
  });

  test.each([
    ["too short", "short1234"],
    ["of one letter", "aaaaaaaaaaaaaaa"],
    ["too long", "ab cd".repeat(100)],
  ])("that is %s is refused", async (_what, password) => {
    const { code } = await invite();
    const response = await post(registerRoute, { invite_code: code, email: newEmail(), password });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ error: { param: "password" } });
  });

  test("signs in, whatever the spelling of the address and the form of its letters", async () => {
    const email = newEmail();
    const { code } = await invite();
    await registering(code, email, "cafe\u0301 am Ufer");
    const response = await post(loginRoute, { email: ` ${email.toUpperCase()}`, password: "caf\u00e9 am Ufer" });
    expect(response.status).toBe(200);
    const { sessionId } = await logIn(db, { email, password: "caf\u00e9 am Ufer" }, someCaller());
    expect((await requireSession(sessionId)).credential.kind).toBe("session");
    expect(await db.session.findUnique({ where: { id: sessionId } })).toMatchObject({ method: "password" });
  });

  test("that is wrong, and an address that nobody has, are refused alike and in like time", async () => {
    const { email } = await testMember(admin);
    const ask = async (input: object) => {
      const begun = performance.now();
      const response = await post(loginRoute, input);
      const { detail } = (await response.json()) as { detail: string };
      return { status: response.status, detail, ms: performance.now() - begun };
    };
    const rounds = [1, 2, 3, 4, 5];
    const wrong = [];
    const unknown = [];
    for (const _ of rounds) wrong.push(await ask({ email, password: "not this one" }));
    for (const _ of rounds) unknown.push(await ask({ email: newEmail(), password: "not this one" }));
    const least = (answers: { ms: number }[]) => Math.min(...answers.map(({ ms }) => ms));
    expect(new Set([...wrong, ...unknown].map(({ status, detail }) => `${status} ${detail}`)).size).toBe(1);
    expect(wrong[0]?.status).toBe(401);
    // no hash at all would take a twentieth of it
    expect(least(unknown)).toBeGreaterThan(least(wrong) / 5);
  });

  test("can be guessed at ten times from one place, also at once; its owner elsewhere gets in", async () => {
    const { email } = await testMember(admin);
    const address = newId("request");
    const guess = (password: string) => post(loginRoute, { email, password }, address);
    const statuses = await Promise.all(Array.from({ length: 30 }, () => guess("not this one").then((r) => r.status)));
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    const refused = await guess(testPassword);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await post(loginRoute, { email, password: testPassword })).status).toBe(200);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 15 * 60_000 });
    expect((await guess(testPassword)).status).toBe(200);
    vi.useRealTimers();
  });

  test("is forgotten as a wrong guess once it was right", async () => {
    const { email } = await testMember(admin);
    const caller = someCaller();
    for (let round = 0; round < 3; round++) {
      for (let guess = 0; guess < 5; guess++) {
        await expect(logIn(db, { email, password: "not this one" }, caller)).rejects.toMatchObject({
          code: "unauthorized",
        });
      }
      await logIn(db, { email, password: testPassword }, caller);
    }
  });
});
