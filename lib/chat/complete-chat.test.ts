import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { startFakeProvider } from "@/e2e/fake-provider/start-fake-provider";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { findTrace } from "./find-trace";
import { books, chat, fakeKey, leaving, serveFrom, userWithFace } from "./testing";

const provider = await startFakeProvider({ apiKey: fakeKey });
serveFrom(provider.url);
const { db } = await testDatabase();

afterEach(() => provider.reset());
afterAll(async () => {
  await provider.stop();
  await closePool();
});

function sent(): Record<string, unknown> {
  return provider.requests.at(-1)?.body as Record<string, unknown>;
}

describe("a plain answer", () => {
  it("carries the persona ahead of the client's system message and leaves every other field alone", async () => {
    const ctx = await userWithFace(db);
    const fields = {
      temperature: 0.3,
      seed: 7,
      tools: [{ type: "function", function: { name: "f", parameters: {} } }],
      metadata: { a: "b" },
      x_unknown: [1],
    };
    const messages = [
      { role: "system", content: "Answer in Portuguese." },
      { role: "user", content: "Hello", name: "bob" },
    ];
    const response = await chat(ctx, { ...fields, messages });
    expect(response.status).toBe(200);
    const body = sent();
    expect(body).toMatchObject({ ...fields, model: "gpt-4o-mini" });
    const [system, user] = body["messages"] as { content: string }[];
    expect(system?.content).toMatch(
      /^You are Alice Reyes[\s\S]*Alice is a potter\. She lives in Lisbon\.[\s\S]*Answer in Portuguese\.$/,
    );
    expect(user).toEqual(messages[1]);
    expect(body["stream_options"]).toBeUndefined();
  });

  it("tells its cost, its model and a trace of what went in", async () => {
    const ctx = await userWithFace(db);
    const response = await chat(ctx, {});
    const { cost } = await books(ctx);
    expect(Number(response.headers.get("x-faces-cost-usd"))).toBe(Number(cost) / 1e6);
    expect(response.headers.get("x-faces-model")).toBe("gpt-4o-mini");
    const traceId = response.headers.get("x-faces-trace-id") ?? "";
    const trace = await findTrace(ctx, traceId);
    expect(trace).toMatchObject({ id: traceId, model: "gpt-4o-mini", version: 0 });
    expect(trace.items).toMatchObject([
      { id: "span_1", part: "found" },
      { id: "prim_1", part: "core" },
    ]);
    const { parts, ...tokens } = trace.tokens as { persona: number; input: number; parts: Record<string, number> };
    expect(tokens.persona).toBeGreaterThan(50);
    expect(Object.keys(parts).sort()).toEqual(["core", "facts", "found", "instructions", "messages"]);
    expect(Object.values(parts).reduce((sum, count) => sum + count, 0)).toBe(tokens.input);
    expect(parts["messages"]).toBe(tokens.input - tokens.persona);
    await expect(findTrace(await testUser(db), traceId)).rejects.toMatchObject({ code: "not_found" });
  });

  it("goes to a bare model without a persona", async () => {
    const ctx = await userWithFace(db);
    await chat(ctx, { model: "gpt-4o" });
    expect(sent()["messages"]).toEqual([{ role: "user", content: "When do you fire the kiln?" }]);
  });

  it("goes nowhere when the face is followed by an @ and no model", async () => {
    const ctx = await userWithFace(db);
    await expect(chat(ctx, { model: "alice@" })).rejects.toMatchObject({
      code: "model_not_found",
      message: expect.stringContaining("alice@ names no model behind its @."),
    });
  });

  it("counts the text when the provider does not", async () => {
    const ctx = await userWithFace(db);
    provider.fault({ kind: "usage", mode: "none" });
    await chat(ctx, {});
    const record = await db.usageRecord.findFirstOrThrow({ where: { accountId: ctx.actor.accountId } });
    expect(record.inputTokens).toBeGreaterThan(100);
    expect(record.outputTokens).toBeGreaterThan(0);
  });
});

describe("a streamed answer", () => {
  it("is what the provider sends, but for the usage nobody asked for", async () => {
    const ctx = await userWithFace(db);
    const text = await (await chat(ctx, { stream: true })).text();
    expect(sent()["stream_options"]).toEqual({ include_usage: true });
    expect(text).toMatch(/"delta":\{"role":"assistant"/);
    expect(text).toMatch(/data: \[DONE\]\n\n$/);
    expect(text).not.toMatch(/"usage":\{/);
    expect(await books(ctx)).toMatchObject({ records: 1, reserved: 0n, isExact: true });
  });

  it("keeps the usage for a client that asked", async () => {
    const ctx = await userWithFace(db);
    const response = await chat(ctx, { stream: true, stream_options: { include_usage: true } });
    expect(await response.text()).toMatch(/"usage":\{"prompt_tokens"/);
  });

  it("ends with an error event when the provider breaks off, and what was delivered is charged", async () => {
    const ctx = await userWithFace(db);
    for (const fault of [
      { kind: "cut" as const },
      { kind: "cut" as const, isClean: true },
      { kind: "error-event" as const, afterEvents: 2 },
    ]) {
      provider.fault(fault);
      const text = await (await chat(ctx, { stream: true })).text();
      expect(text).toMatch(/data: \{"error":\{"message":"OpenAI [^\n]+\n\n$/);
      expect(text).not.toContain("[DONE]");
    }
    const { records, cost, reserved, isExact } = await books(ctx);
    expect({ records, reserved, isExact }).toEqual({ records: 3, reserved: 0n, isExact: true });
    expect(cost).toBeGreaterThan(0n);
  });

  it("survives any way of cutting its bytes", async () => {
    const ctx = await userWithFace(db);
    for (const kind of ["one-byte-chunks", "crlf", "comments", "gzip"] as const) {
      provider.fault({ kind });
      const text = await (await chat(ctx, { stream: true })).text();
      expect(text, kind).toContain("[DONE]");
    }
    expect(await books(ctx)).toMatchObject({ records: 4, reserved: 0n, isExact: true });
  });

  it("believes the last of two usages", async () => {
    const ctx = await userWithFace(db);
    provider.fault({ kind: "usage", mode: "twice" });
    await (await chat(ctx, { stream: true })).text();
    expect(await books(ctx)).toMatchObject({ records: 1, reserved: 0n, isExact: true });
  });
});

describe("a client that goes", () => {
  it("ends the provider's work, and is charged once for what it got", async () => {
    const ctx = await userWithFace(db);
    for (const how of ["cancel", "signal", "both"]) {
      provider.reset();
      provider.fault({ kind: "hang", afterEvents: 3 });
      const { ctx: here, leave } = leaving(ctx);
      const response = await chat(here, { stream: true });
      const reader = response.body?.getReader();
      await reader?.read();
      await reader?.read();
      if (how !== "cancel") leave();
      if (how !== "signal") await reader?.cancel();
      const request = await provider.waitForRequest();
      await request.done;
      expect(request.aborted, how).toBe(true);
    }
    await vi.waitFor(async () => expect(await books(ctx)).toMatchObject({ records: 3, reserved: 0n, isExact: true }));
  });

  it("at any byte, a hundred times over, leaves nothing held and nothing charged twice", async () => {
    const ctx = await userWithFace(db);
    const departures = Array.from({ length: 100 }, async (_, at) => {
      const { ctx: here, leave } = leaving(ctx);
      const response = await chat(here, {
        stream: true,
        model: at % 2 === 0 ? "alice@gpt-4o" : "alice@claude-sonnet-4-6",
      });
      const reader = response.body?.getReader();
      for (let reads = (at * 7) % 23; reads > 0; reads--) if ((await reader?.read())?.done) break;
      if (at % 3 === 0) leave();
      else await reader?.cancel();
    });
    await Promise.all(departures);
    await Promise.all(provider.requests.map((request) => request.done));
    await vi.waitFor(
      async () => expect(await books(ctx)).toMatchObject({ records: 100, reserved: 0n, isExact: true }),
      { timeout: 20_000, interval: 200 },
    );
  });

  it("before the first byte is charged nothing", async () => {
    const ctx = await userWithFace(db);
    for (const stream of [true, false]) {
      provider.reset();
      provider.fault({ kind: "hang" });
      const { ctx: here, leave } = leaving(ctx);
      const response = chat(here, { stream });
      const request = await provider.waitForRequest();
      leave();
      expect((await response).status).toBe(499);
      await request.done;
      expect(request.aborted).toBe(true);
    }
    expect(await books(ctx)).toMatchObject({ records: 0, reserved: 0n, isExact: true });
  });
});

describe("what fails, fails before the first byte", () => {
  it.each([
    [
      { kind: "status" as const, status: 429, retryAfterSeconds: 7 },
      { code: "upstream_failed", retryAfterSeconds: 7 },
    ],
    [
      { kind: "status" as const, status: 500, message: "It broke" },
      { code: "upstream_failed", message: "OpenAI answered 500: It broke" },
    ],
    [
      { kind: "status" as const, status: 400, message: "Bad tool" },
      { code: "invalid_input", message: "OpenAI answered 400: Bad tool" },
    ],
    [{ kind: "html" as const }, { code: "upstream_failed" }],
    [{ kind: "html" as const, status: 200 }, { code: "upstream_failed" }],
    [
      { kind: "hang" as const },
      { code: "upstream_failed", message: expect.stringContaining("nothing for 2 seconds") as string },
    ],
    [{ kind: "cut" as const, afterBytes: 0 }, { code: "upstream_failed" }],
  ])("%j", async (fault, expected) => {
    const ctx = await userWithFace(db);
    for (const stream of [false, true]) {
      provider.fault(fault);
      await expect(chat(ctx, { stream })).rejects.toMatchObject(expected);
    }
    expect(await books(ctx)).toMatchObject({ records: 0, reserved: 0n, isExact: true });
  });

  it("without credit for a priced model, and not for one that costs nothing", async () => {
    const ctx = await testUser(db);
    await expect(chat(ctx, { model: "gpt-4o" })).rejects.toMatchObject({ code: "insufficient_credits" });
    expect((await chat(ctx, { model: "builtin" })).status).toBe(200);
  });

  it("for a face that is missing or someone else's, in the same words", async () => {
    await userWithFace(db);
    const stranger = await testUser(db);
    const errors = await Promise.all(
      ["alice", "nobody"].map((model) =>
        chat(stranger, { model }).catch((error: Error) => error.message.replaceAll(model, "X")),
      ),
    );
    expect(errors[0]).toMatch(/^You have no face called X/);
    expect(errors[0]).toBe(errors[1]);
    await expect(chat(stranger, { model: "alice@gpt-4o" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("for a model that is not served, naming those that are", async () => {
    const ctx = await userWithFace(db);
    await expect(chat(ctx, { model: "alice@gpt-9" })).rejects.toMatchObject({
      code: "model_not_found",
      message: expect.stringContaining("gpt-4o") as string,
    });
    await expect(chat(ctx, { model: "alice@accounts/fireworks/models/llama-v3p1-8b-instruct" })).rejects.toMatchObject({
      code: "model_not_found",
    });
  });

  it("for a key that may not use the model", async () => {
    const ctx = await userWithFace(db);
    const credential = { kind: "key" as const, keyId: "key_x", allowedFaces: [], allowedModels: ["gpt-4o"] };
    const limited = { ...ctx, actor: { ...ctx.actor, credential } };
    await expect(chat(limited, {})).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("gpt-4o") as string,
    });
  });
});
