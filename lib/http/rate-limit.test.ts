import { beforeEach, describe, expect, test, vi } from "vitest";

vi.stubEnv(
  "RATE_LIMITS",
  JSON.stringify({ key: { read: 3, chat: 2 }, account: { read: 5, write: 2 }, address: { auth: 2, read: 6 } }),
);
const { GET: nonce } = await import("@/app/auth/nonce/[address]/route");
const { POST: logIn } = await import("@/app/auth/login/route");
const { GET: readFace } = await import("@/app/v1/faces/[face]/route");
const { GET: listFaces, POST: createFace } = await import("@/app/v1/faces/route");
const { POST: messages } = await import("@/app/v1/messages/route");
const { testDatabase, testUser } = await import("@/lib/db/testing");
const { testCaller } = await import("./testing");

const { db } = await testDatabase();
const noon = Date.UTC(2026, 0, 1, 12);
let at = noon;
beforeEach(() => {
  // long after what the test before has counted
  at += 600_000;
  vi.useFakeTimers({ toFake: ["Date"], now: at });
});

const statuses = async (times: number, call: () => Promise<{ status: number }>) => {
  const all: number[] = [];
  for (let i = 0; i < times; i++) all.push((await call()).status);
  return all;
};

describe("every route", () => {
  test("tells the caller where they stand, and refuses what is too much", async () => {
    const caller = await testCaller(await testUser(db));
    const headersOf = async () => {
      const { status, headers } = await caller.call(listFaces);
      const names = ["limit", "remaining", "reset"].map((name) => headers.get(`x-ratelimit-${name}-requests`));
      return [status, ...names, headers.get("retry-after")];
    };
    expect(await headersOf()).toEqual([200, "3", "2", "2m0s", null]);
    expect(await headersOf()).toEqual([200, "3", "1", "2m0s", null]);
    expect(await headersOf()).toEqual([200, "3", "0", "2m0s", null]);
    expect(await headersOf()).toEqual([429, "3", "0", "2m0s", "80"]);
    expect(await caller.call(listFaces)).toMatchObject({
      body: {
        detail:
          "Too many requests: this API key or its account may send 3 of this kind in a minute. Try again in 80 seconds.",
        error: { type: "rate_limit_error", code: "rate_limited" },
      },
    });
    vi.setSystemTime(at + 80_000);
    expect((await headersOf())[0]).toBe(200);
  });

  test("counts reading, writing and chat by themselves, and keys by themselves within their account", async () => {
    const ctx = await testUser(db);
    const [one, two] = [await testCaller(ctx), await testCaller(ctx)];
    expect(await statuses(4, () => one.call(listFaces))).toEqual([200, 200, 200, 429]);
    const write = (username: string) => one.call(createFace, { method: "POST", json: { username } });
    expect([(await write("a")).status, (await write("b")).status, (await write("c")).status]).toEqual([201, 201, 429]);
    expect(await statuses(3, () => two.call(readFace, { params: { face: "a" } }))).toEqual([200, 200, 429]);
    const other = await testCaller(await testUser(db));
    expect((await other.call(listFaces)).status).toBe(200);
  });

  test("counts an address, whoever calls from it and whether they may", async () => {
    const headers = { "x-forwarded-for": "198.51.100.7" };
    const anonymous = () =>
      listFaces(new Request("http://faces.test/v1/faces", { headers }), { params: Promise.resolve({}) });
    expect(await statuses(4, anonymous)).toEqual([401, 401, 401, 401]);
    const callers = await Promise.all([1, 2, 3].map(async () => testCaller(await testUser(db))));
    const each: number[] = [];
    for (const caller of callers) each.push((await caller.call(listFaces, { headers })).status);
    expect(each).toEqual([200, 200, 429]);
    expect((await callers[0]?.call(listFaces, { headers: { "x-forwarded-for": "198.51.100.8" } }))?.status).toBe(200);
  });

  test("counts signing in by address, before it looks at anything", async () => {
    const init = (address: string) => ({ headers: { "x-forwarded-for": address, "content-type": "application/json" } });
    const ask = (address: string) =>
      nonce(new Request("http://faces.test/auth/nonce/x", init(address)), {
        params: Promise.resolve({ address: "0x52908400098527886E0F7030069857D2E4169EE7" }),
      });
    expect(await statuses(2, () => ask("2001:db8::1"))).toEqual([200, 200]);
    const body = JSON.stringify({ email: "a@b.test", password: "wrong-password" });
    const refused = await logIn(
      new Request("http://faces.test/auth/login", { ...init("2001:db8::2"), method: "POST", body }),
      { params: Promise.resolve({}) },
    );
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("refuses in the shape of its wire", async () => {
    const caller = await testCaller(await testUser(db));
    const ask = () =>
      caller.call(messages, {
        method: "POST",
        json: { model: "none", max_tokens: 5, messages: [{ role: "user", content: "Hi" }] },
      });
    expect(await statuses(2, ask)).toEqual([404, 404]);
    const refused = await ask();
    expect(refused).toMatchObject({ status: 429, body: { type: "error", error: { type: "rate_limit_error" } } });
    expect(refused.headers.get("retry-after")).not.toBeNull();
    expect(refused.headers.get("x-ratelimit-remaining-requests")).toBe("0");
  });
});
