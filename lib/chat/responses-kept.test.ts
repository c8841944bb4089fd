import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { GET as ITEMS } from "@/app/v1/responses/[id]/input_items/route";
import { DELETE, GET } from "@/app/v1/responses/[id]/route";
import { POST as COUNT } from "@/app/v1/responses/input_tokens/route";
import { POST } from "@/app/v1/responses/route";
import { startFakeProvider } from "@/e2e/fake-provider/start-fake-provider";
import type { Ctx } from "@/lib/auth/context";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { testCaller } from "@/lib/http/testing";
import { newId } from "@/lib/ids";
import { sweepResponses } from "@/lib/jobs/housekeeping";
import type { CreateKeyInput } from "@/lib/keys/schemas";
import { createResponse } from "./responses-create";
import { keeperOf, mostKeptBytes } from "./responses-keeper";
import { keptMs, readKept } from "./responses-kept";
import { type InputItem, ResponsesRequest } from "./responses-schemas";
import { fakeKey, parts, serveFrom, userWithFace } from "./testing";

const provider = await startFakeProvider({ apiKey: fakeKey });
serveFrom(provider.url);
const { db } = await testDatabase();

afterEach(() => provider.reset());
afterAll(async () => {
  await provider.stop();
  await closePool();
});

type Response = {
  id: string;
  store: boolean;
  status: string;
  output: InputItem[];
  previous_response_id: string | null;
};
type List = { data: InputItem[]; first_id: string; last_id: string; has_more: boolean };
type Failure = { detail: string; error: { param: string | null; code: string } };

/** Somebody with a key, who asks the routes as a client does. */
async function asker(ctx: Ctx, limits: Partial<CreateKeyInput> = {}) {
  const { call } = await testCaller(ctx, limits);
  const on = (id: string, query = "") => ({ params: { id }, query });
  return {
    post: (body: Record<string, unknown>) =>
      call(POST, { method: "POST", json: { model: "alice@gpt-4o-mini", input: "Hello", ...body } }),
    async ask(body: Record<string, unknown>): Promise<Response> {
      const { status, body: answer } = await this.post(body);
      expect([status, answer]).toEqual([200, expect.anything()]);
      return answer as Response;
    },
    async refusal(body: Record<string, unknown>): Promise<Failure & { status: number }> {
      const { status, body: answer } = await this.post(body);
      expect(status).toBeGreaterThanOrEqual(400);
      return { ...(answer as Failure), status };
    },
    get: (id: string, query = "") => call(GET, on(id, query)),
    remove: (id: string) => call(DELETE, { ...on(id), method: "DELETE" }),
    items: (id: string, query = "") => call(ITEMS, on(id, query)),
    count: (json: Record<string, unknown>) => call(COUNT, { method: "POST", json }),
  };
}

const kept = (ctx: Ctx) => db.storedResponse.count({ where: { accountId: ctx.actor.accountId } });
const sent = () => JSON.stringify(provider.requests.at(-1)?.body);
const outputId = ({ output }: Response) => String(output[0]?.["id"]);
const reference = (response: Response) => ({ type: "item_reference", id: outputId(response) });
const hello = { role: "user", content: "Hello" };

describe("a response that is kept", () => {
  it("is read as it was answered, and is gone when it is deleted", async () => {
    const ctx = await userWithFace(db);
    const alice = await asker(ctx);
    const response = await alice.ask({ metadata: { a: "b" }, temperature: 0.5 });
    expect(await alice.get(response.id)).toMatchObject({ status: 200, body: response });
    expect(await alice.get(response.id, "?stream=true")).toMatchObject({ status: 422 });
    expect(await alice.remove(response.id)).toMatchObject({
      status: 200,
      body: { id: response.id, object: "response", deleted: true },
    });
    expect(await alice.get(response.id)).toMatchObject({ status: 404 });
    expect(await alice.remove(response.id)).toMatchObject({ status: 404 });
  });

  it("is continued from the same place by two at once", async () => {
    const ctx = await userWithFace(db);
    const alice = await asker(ctx);
    const first = await alice.ask({ input: "My name is Rui." });
    const asks = ["Left?", "Right?", "Straight?"].map((input) =>
      alice.ask({ input, previous_response_id: first.id, stream: false }),
    );
    const [left, right] = await Promise.all(asks);
    await alice.ask({ input: "And then?", previous_response_id: left?.id });
    expect(sent()).toContain("Left?");
    expect(sent()).not.toContain("Right?");
    await alice.ask({ input: "And then?", previous_response_id: right?.id });
    expect(sent()).toMatch(/My name is Rui\.[\s\S]*Right\?[\s\S]*And then\?/);
    expect(sent()).not.toContain("Left?");
    expect(await kept(ctx)).toBe(6);
  });

  it("is counted with what is added to it", async () => {
    const alice = await asker(await userWithFace(db));
    const first = await alice.ask({ model: "gpt-4o-mini", input: "one two three four five six seven eight nine ten" });
    const alone = await alice.count({ model: "gpt-4o-mini", input: "Hello" });
    const both = await alice.count({ model: "gpt-4o-mini", input: "Hello", previous_response_id: first.id });
    const tokens = ({ body }: { body: unknown }) => (body as { input_tokens: number }).input_tokens;
    expect(tokens(both)).toBeGreaterThan(tokens(alone) + 15);
  });

  it("lists what went into it, what is named and what it continues with it", async () => {
    const alice = await asker(await userWithFace(db));
    const first = await alice.ask({ input: "One" });
    const second = await alice.ask({ input: [reference(first), { role: "user", content: "Two" }] });
    const third = await alice.ask({ input: "Three", previous_response_id: second.id });
    const all = (await alice.items(third.id, "?order=asc")).body as List;
    expect(all).toMatchObject({
      object: "list",
      data: [
        first.output[0],
        { type: "message", role: "user", status: "completed", content: [{ type: "input_text", text: "Two" }] },
        second.output[0],
        { role: "user", content: [{ type: "input_text", text: "Three" }] },
      ],
      first_id: outputId(first),
      has_more: false,
    });
    const newest = (await alice.items(third.id, "?limit=3")).body as List;
    expect(newest.data).toEqual(all.data.toReversed().slice(0, 3));
    expect(newest).toMatchObject({ last_id: all.data[1]?.["id"], has_more: true });
    const rest = (await alice.items(third.id, `?limit=3&after=${newest.last_id}`)).body as List;
    expect(rest).toMatchObject({ data: [first.output[0]], has_more: false });
    expect(await alice.items(third.id, "?after=msg_none")).toMatchObject({ status: 422 });
    expect(await alice.items("resp_none")).toMatchObject({ status: 404 });
  });

  it("is named in all its items by one query, and not said twice when it is continued too", async () => {
    const ctx = await userWithFace(db);
    const alice = await asker(ctx);
    const [one, two] = [await alice.ask({ input: "One" }), await alice.ask({ input: "Two" })];
    const queries: unknown[] = [];
    const counting = new Proxy(db, {
      get: (target, name) => (name === "$queryRaw" && queries.push(name), Reflect.get(target, name) as unknown),
    });
    const input = [
      hello,
      reference(one),
      hello,
      reference(two),
      reference(one),
      { type: "item_reference", id: "rs_x" },
    ];
    const request = ResponsesRequest.parse({ model: "alice", input });
    const { named } = await readKept({ ...ctx, db: counting }, request);
    expect([...named.keys()].sort()).toEqual([outputId(one), outputId(two)].sort());
    expect(queries).toHaveLength(1);
    await alice.ask({ input: [reference(one), hello], previous_response_id: one.id });
    expect(sent().split("You said: “One”")).toHaveLength(2);
  });
});

describe("what is not kept", () => {
  it.each([true, false])("is a response whose client does not want it (streamed: %s)", async (stream) => {
    const ctx = await userWithFace(db);
    const alice = await testCaller(ctx);
    const body = ResponsesRequest.parse({ model: "alice@gpt-4o-mini", input: "Hello", store: false, stream });
    const text = await (await createResponse(ctx, body, parts)).text();
    expect(text).toContain('"store":false');
    expect(text).not.toContain('"store":true');
    const id = /"id":"(resp_\w+)"/.exec(text)?.[1] ?? "";
    expect(await alice.call(GET, { params: { id } })).toMatchObject({ status: 404 });
    expect(await kept(ctx)).toBe(0);
  });

  it("is an answer that broke off, or that nobody waited for", async () => {
    const ctx = await userWithFace(db);
    const body = ResponsesRequest.parse({ model: "alice@gpt-4o-mini", input: "Hello", stream: true });
    provider.fault({ kind: "error-event", afterEvents: 4, message: "It fell over" });
    expect(await (await createResponse(ctx, body, parts)).text()).toContain("response.failed");
    const reader = (await createResponse(ctx, body, parts)).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(await kept(ctx)).toBe(0);
  });

  it("is an output that is too large; an input that is too large is left out, and its output can still be named", async () => {
    const ctx = await userWithFace(db);
    const alice = await asker(ctx);
    const large = "x".repeat(mostKeptBytes);
    const response = await alice.ask({ input: [{ role: "user", content: large }, hello] });
    expect(response.store).toBe(true);
    expect(await alice.get(response.id)).toMatchObject({ status: 200 });
    const continued = await alice.refusal({ previous_response_id: response.id });
    expect(continued).toMatchObject({ status: 422, detail: expect.stringContaining("too large to be kept") as string });
    expect(await alice.items(response.id)).toMatchObject({ status: 422 });
    await alice.ask({ input: [{ role: "user", content: "Long" }, reference(response), hello] });
    const keeper = keeperOf(ctx, ResponsesRequest.parse({ model: "alice", input: "Hello" }));
    expect(await keeper?.keep({ id: "resp_large", output: [{ id: "msg_large", text: large }] })).toBe(false);
    expect(await alice.get("resp_large")).toMatchObject({ status: 404 });
  });

  it("is what PostgreSQL cannot hold: it is replaced, so that the rest is kept", async () => {
    const ctx = await userWithFace(db);
    const keeper = keeperOf(ctx, ResponsesRequest.parse({ model: "alice", input: "Hello" }));
    const output = [{ type: "message", role: "assistant", id: "msg_nul", content: "a\0b\ud800c \\u0000" }];
    const head = { object: "response", created_at: 0, status: "completed", model: "builtin" };
    expect(await keeper?.keep({ ...head, id: "resp_nul", output })).toBe(true);
    const { body } = await (await asker(ctx)).get("resp_nul");
    expect(body).toMatchObject({ output: [{ content: "a\uFFFDb\uFFFDc \\u0000" }] });
  });

  it("fails no answer: it says so", async () => {
    const ctx = await userWithFace(db);
    const away = new Proxy(db, {
      get: (target, name) =>
        name === "$executeRaw"
          ? (parts: TemplateStringsArray, ...values: unknown[]) =>
              parts[0]?.includes("INTO stored_responses")
                ? Promise.reject(new Error("no space left"))
                : target.$executeRaw(parts, ...values)
          : (Reflect.get(target, name) as unknown),
    });
    for (const stream of [false, true]) {
      const body = ResponsesRequest.parse({ model: "alice@gpt-4o-mini", input: "Hello", stream });
      const text = await (await createResponse({ ...ctx, db: away }, body, parts)).text();
      expect(text).toMatch(/"status":"completed"[^]*You said|You said[^]*"status":"completed"/);
      expect([...text.matchAll(/"store":(\w+)/g)].at(-1)?.[1]).toBe("false");
    }
    expect(await kept(ctx)).toBe(0);
  });
});

describe("a database that does not answer", () => {
  it("holds up no answer for long, and what it keeps too late is forgotten", async () => {
    const ctx = await userWithFace(db);
    const stored = Promise.withResolvers<number>();
    const forgotten = Promise.withResolvers<unknown>();
    const slow = new Proxy(db, {
      get: (target, name) => {
        if (name === "$executeRaw") return () => stored.promise;
        if (name === "storedResponse")
          return { deleteMany: (asked: unknown) => Promise.resolve(forgotten.resolve(asked)) };
        return Reflect.get(target, name) as unknown;
      },
    });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const keeper = keeperOf({ ...ctx, db: slow }, ResponsesRequest.parse({ model: "alice", input: "Hello" }));
      const keeping = keeper?.keep({ id: "resp_late", output: [] });
      await vi.advanceTimersByTimeAsync(2_000);
      expect(await keeping).toBe(false);
    } finally {
      vi.useRealTimers();
    }
    stored.resolve(1);
    expect(await forgotten.promise).toEqual({ where: { id: "resp_late" } });
  });
});

describe("a response of somebody else", () => {
  it("is missing in every way", async () => {
    const alice = await asker(await userWithFace(db));
    const other = await asker(await userWithFace(db));
    const response = await alice.ask({ input: "My secret" });
    for (const id of [response.id, "resp_none"]) {
      const same = { status: 404, error: { code: "not_found", param: "previous_response_id" } };
      const refused = await other.refusal({ previous_response_id: id });
      expect(refused).toMatchObject(same);
      expect(refused.detail.replaceAll(id, "…")).toMatch(/^The response … was not found: it was not stored/);
      for (const ask of [other.get, other.remove, other.items]) {
        expect(await ask(id)).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
      }
    }
    for (const id of [outputId(response), "msg_none"]) {
      const refused = await other.refusal({ input: [hello, { type: "item_reference", id }] });
      expect(refused).toMatchObject({ status: 404, error: { param: "input.1" } });
    }
    expect(await alice.get(response.id)).toMatchObject({ status: 200 });
  });

  it("is, to a key that is limited to some faces, one of another face", async () => {
    const ctx = await userWithFace(db);
    const { accountId } = ctx.actor;
    await db.face.create({ data: { id: newId("face"), accountId, username: "bob" } });
    const owner = await asker(ctx);
    const limited = await asker(ctx, { allowed_faces: ["alice"] });
    const ofAlice = await owner.ask({ input: "Hello" });
    const ofBob = await owner.ask({ model: "bob@gpt-4o-mini", input: "My secret" });
    const ofModel = await owner.ask({ model: "gpt-4o-mini", input: "My secret" });
    const mixed = await owner.ask({ input: "Hello again", previous_response_id: ofBob.id });
    for (const hidden of [ofBob, ofModel]) {
      for (const ask of [limited.get, limited.items, limited.remove])
        expect(await ask(hidden.id)).toMatchObject({ status: 404 });
      expect(await limited.refusal({ previous_response_id: hidden.id })).toMatchObject({ status: 404 });
      expect(await limited.refusal({ input: [reference(hidden), hello] })).toMatchObject({ status: 404 });
    }
    expect(await limited.refusal({ previous_response_id: mixed.id })).toMatchObject({ status: 404 });
    expect(JSON.stringify((await limited.items(mixed.id)).body)).not.toContain("secret");
    await limited.ask({ previous_response_id: ofAlice.id });
    const own = await limited.ask({ model: "gpt-4o-mini" });
    await limited.ask({ model: "gpt-4o-mini", previous_response_id: own.id });
    expect(await owner.get(own.id)).toMatchObject({ status: 200 });
  });

  it("is no way around the models of a key, nor to a version that is not there", async () => {
    const ctx = await userWithFace(db);
    const first = await (await asker(ctx)).ask({ model: "alice@gpt-4o" });
    const limited = await asker(ctx, { allowed_models: ["gpt-4o-mini"] });
    const again = { previous_response_id: first.id };
    expect(await limited.refusal({ model: "alice@gpt-4o", ...again })).toMatchObject({ status: 403 });
    expect(await limited.refusal({ model: "alice#9@gpt-4o-mini", ...again })).toMatchObject({ status: 404 });
    await limited.ask(again);
  });
});

describe("a conversation", () => {
  it("that is too long is refused in words that say so", async () => {
    const ctx = await userWithFace(db);
    const alice = await asker(ctx);
    let last = await alice.ask({ input: "One" });
    for (const input of ["Two", "Three"]) last = await alice.ask({ input, previous_response_id: last.id });
    const request = ResponsesRequest.parse({ model: "alice", input: "Four", previous_response_id: last.id });
    const whole = await readKept(ctx, request, { items: 6, bytes: 10_000 });
    expect(whole.earlier).toHaveLength(6);
    for (const most of [
      { items: 5, bytes: 10_000 },
      { items: 6, bytes: 500 },
    ]) {
      await expect(readKept(ctx, request, most)).rejects.toMatchObject({
        code: "invalid_input",
        param: "previous_response_id",
        message: expect.stringContaining("is the most that is continued") as string,
      });
    }
    const naming = ResponsesRequest.parse({ model: "alice", input: [reference(last)] });
    await expect(readKept(ctx, naming, { items: 9, bytes: 50 })).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("of which a part is gone says which", async () => {
    const alice = await asker(await userWithFace(db));
    const first = await alice.ask({ input: "One" });
    const second = await alice.ask({ input: "Two", previous_response_id: first.id });
    await alice.remove(first.id);
    const refused = await alice.refusal({ previous_response_id: second.id });
    expect(refused).toMatchObject({ status: 404, detail: expect.stringContaining(first.id) as string });
    expect(refused.detail).toContain("Send the whole conversation in input instead.");
    expect((await alice.items(second.id)).body).toMatchObject({ data: [{ content: [{ text: "Two" }] }] });
  });

  it("ends after thirty days, and is swept then", async () => {
    const ctx = await userWithFace(db);
    const alice = await asker(ctx);
    const [old, fresh] = [await alice.ask({ input: "One" }), await alice.ask({ input: "Two" })];
    const age = (id: string, ms: number) =>
      db.storedResponse.update({ where: { id }, data: { createdAt: new Date(Date.now() - ms) } });
    await age(old.id, keptMs + 1_000);
    await age(fresh.id, keptMs - 60_000);
    expect(await alice.get(old.id)).toMatchObject({ status: 404 });
    expect(await alice.refusal({ previous_response_id: old.id })).toMatchObject({ status: 404 });
    expect(await alice.refusal({ input: [reference(old)] })).toMatchObject({ status: 404 });
    expect(await alice.get(fresh.id)).toMatchObject({ status: 200 });
    expect(await sweepResponses(db, new Date(Date.now() - keptMs))).toBe(1);
    expect(await kept(ctx)).toBe(1);
  });

  it("goes with what it was said from, whoever goes on with it", async () => {
    const ctx = await userWithFace(db);
    const alice = await asker(ctx);
    const body = ResponsesRequest.parse({ model: "alice@gpt-4o-mini", input: "Hello" });
    const first = (await (await createResponse(ctx, body, parts)).json()) as Response;
    const next = await alice.ask({ model: "gpt-4o-mini", previous_response_id: first.id });
    const named = await alice.ask({ model: "gpt-4o-mini", input: [reference(next), hello] });
    const other = await alice.ask({ model: "gpt-4o-mini" });
    const rows = await db.storedResponse.findMany({ where: { accountId: ctx.actor.accountId } });
    const sources = new Map(rows.map(({ id, documentIds }) => [id, documentIds]));
    for (const { id } of [first, next, named]) expect(sources.get(id)).toEqual(["doc_1"]);
    expect(sources.get(other.id)).toEqual([]);
  });

  it("goes with its face and with its account", async () => {
    const ctx = await userWithFace(db);
    const { accountId } = ctx.actor;
    const alice = await asker(ctx);
    await alice.ask({});
    await alice.ask({ model: "gpt-4o-mini" });
    await db.face.deleteMany({ where: { accountId } });
    expect(await kept(ctx)).toBe(1);
    const other = await testUser(db);
    await db.account.delete({ where: { id: accountId } });
    expect([await kept(ctx), await kept(other)]).toEqual([0, 0]);
  });
});
