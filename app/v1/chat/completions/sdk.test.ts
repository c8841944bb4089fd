import OpenAI from "openai";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { startFakeProvider } from "@/e2e/fake-provider/start-fake-provider";
import type { Ctx } from "@/lib/auth/context";
import { books, fakeKey, serveFrom, userWithFace } from "@/lib/chat/testing";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { serveForTest } from "@/lib/http/testing";
import { createKey } from "@/lib/keys/create-key";
import { CreateKeyInput } from "@/lib/keys/schemas";

const provider = await startFakeProvider({ apiKey: fakeKey });
serveFrom(provider.url);
const { db, url } = await testDatabase();
vi.stubEnv("DATABASE_URL", url);

const server = await serveForTest({ "POST /v1/chat/completions": (await import("./route")).POST });

afterEach(() => provider.reset());
afterAll(async () => {
  await server.close();
  await provider.stop();
  await closePool();
  await (await import("@/lib/db/client")).db().$disconnect();
});

async function clients(ctx: Ctx) {
  const { key: apiKey } = await createKey(ctx, CreateKeyInput.parse({ name: "test" }));
  return { apiKey, openai: new OpenAI({ apiKey, baseURL: `${server.url}/v1`, maxRetries: 0 }) };
}

const models = { "an OpenAI model": "alice@gpt-4o-mini", "an Anthropic model": "alice@claude-sonnet-4-6" };
const parameters = { type: "object", properties: { place: { type: "string" } }, required: ["place"] };
const functions = (...names: string[]) =>
  names.map((name) => ({ type: "function" as const, function: { name, parameters } }));

describe.each(Object.entries(models))("the official openai package with a face on %s", (_, model) => {
  it("calls two tools at once and hears what both gave, whole and streamed", async () => {
    const { openai } = await clients(await userWithFace(db));
    const asked = [{ role: "user" as const, content: "Rain or shine in Oslo? [[tools]]" }];
    const ask = { model, messages: asked, tools: functions("rain", "shine") };
    const whole = await openai.chat.completions.create(ask);
    const streamed = await openai.chat.completions.stream(ask).finalChatCompletion();
    for (const { choices } of [whole, streamed]) {
      expect(choices[0]?.finish_reason).toBe("tool_calls");
      const calls = (choices[0]?.message.tool_calls ?? []).flatMap((call) => (call.type === "function" ? [call] : []));
      expect(calls.map((call) => call.function.name)).toEqual(["rain", "shine"]);
      for (const call of calls) expect(JSON.parse(call.function.arguments)).toHaveProperty("place");
    }
    const message = whole.choices[0]?.message;
    const results = (message?.tool_calls ?? []).map(({ id }, at) => ({
      role: "tool" as const,
      tool_call_id: id,
      content: ["It rains.", "It shines."][at] ?? "",
    }));
    const told = await openai.chat.completions.create({
      ...ask,
      messages: [...asked, ...(message === undefined ? [] : [message]), ...results],
    });
    expect(told.choices[0]?.message.content).toContain("It shines.");
    expect(JSON.stringify(provider.requests.at(-1)?.body)).toMatch(/It rains\..*It shines\./);
  });

  it("is told that the limit was met", async () => {
    const { openai } = await clients(await userWithFace(db));
    const messages = [{ role: "user" as const, content: "[[long:50]]" }];
    const cut = await openai.chat.completions.create({ model, messages, max_tokens: 5 });
    expect(cut.choices[0]?.finish_reason).toBe("length");
  });

  it("is told of a provider that is overloaded, before the first byte and after it", async () => {
    const ctx = await userWithFace(db);
    const { openai } = await clients(ctx);
    const ask = { model, messages: [{ role: "user" as const, content: "Hi" }] };
    provider.fault({ kind: "status", status: 529, message: "Overloaded" });
    await expect(openai.chat.completions.create(ask)).rejects.toMatchObject({
      status: 502,
      code: "upstream_failed",
      message: expect.stringContaining("Overloaded") as string,
    });
    provider.fault({ kind: "error-event", afterEvents: 4, message: "Overloaded" });
    const stream = openai.chat.completions.stream(ask);
    await expect(stream.finalChatCompletion()).rejects.toThrowError(/in the middle of the answer: Overloaded/);
    await vi.waitFor(async () => expect(await books(ctx)).toMatchObject({ records: 1, reserved: 0n, isExact: true }));
  });
});

it.each([
  [{ n: 2 }, "n"],
  [{ logprobs: true }, "logprobs"],
])("an Anthropic model is not asked for what it has not: %j", async (fields, param) => {
  const { openai } = await clients(await userWithFace(db));
  const ask = { model: "alice@claude-sonnet-4-6", messages: [{ role: "user" as const, content: "Hi" }], ...fields };
  await expect(openai.chat.completions.create(ask)).rejects.toMatchObject({ status: 422, param });
  expect(provider.requests).toHaveLength(0);
});

it("a request that is nested without end is the client's to mend", async () => {
  const ctx = await userWithFace(db);
  const { apiKey } = await clients(ctx);
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  for (const model of ["alice@gpt-4o-mini", "alice@claude-sonnet-4-6", "alice@builtin"]) {
    const body = `{"model":"${model}","messages":[{"role":"user","content":"Hi","x":${deep}}]}`;
    const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
    const response = await fetch(`${server.url}/v1/chat/completions`, { method: "POST", headers, body });
    expect(response.status, model).toBe(422);
    expect(await response.json()).toMatchObject({ error: { code: "invalid_input" } });
  }
  expect(await books(ctx)).toMatchObject({ reserved: 0n, isExact: true });
});
