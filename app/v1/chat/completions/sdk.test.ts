import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, isStepCount, Output, streamText, tool } from "ai";
import OpenAI from "openai";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
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
  const baseURL = `${server.url}/v1`;
  return {
    apiKey,
    openai: new OpenAI({ apiKey, baseURL, maxRetries: 0 }),
    sdks: {
      "@ai-sdk/openai": createOpenAI({ apiKey, baseURL }).chat,
      "@ai-sdk/openai-compatible": createOpenAICompatible({
        name: "faces",
        apiKey,
        baseURL,
        includeUsage: true,
        supportsStructuredOutputs: true,
      }),
    },
  };
}

const models = { "an OpenAI model": "alice@gpt-4o-mini", "an Anthropic model": "alice@claude-sonnet-4-6" };
const parameters = { type: "object", properties: { place: { type: "string" } }, required: ["place"] };
const functions = (...names: string[]) =>
  names.map((name) => ({ type: "function" as const, function: { name, parameters } }));

describe.each(Object.entries(models))("the official openai package with a face on %s", (_, model) => {
  it("gets an answer, and its stream adds up to the same", async () => {
    const ctx = await userWithFace(db);
    const { openai } = await clients(ctx);
    const ask = { model, messages: [{ role: "user" as const, content: "Where do you live?" }] };
    const { data: whole, response } = await openai.chat.completions.create(ask).withResponse();
    expect(whole.choices[0]).toMatchObject({ finish_reason: "stop", message: { role: "assistant" } });
    expect(response.headers.get("x-faces-trace-id")).toMatch(/^trc_/);
    const stream = openai.chat.completions.stream({ ...ask, stream_options: { include_usage: true } });
    const streamed = await stream.finalChatCompletion();
    expect(streamed.choices[0]?.message.content).toBe(whole.choices[0]?.message.content);
    expect(streamed.usage).toEqual(whole.usage);
    expect(await books(ctx)).toMatchObject({ records: 2, reserved: 0n, isExact: true });
  });

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

  it("gets an answer that follows a schema, and one that met its limit", async () => {
    const { openai } = await clients(await userWithFace(db));
    const schema = { type: "object", properties: { town: { type: "string" } }, required: ["town"] };
    const whole = await openai.chat.completions.create({
      model,
      messages: [{ role: "user", content: "Where?" }],
      response_format: { type: "json_schema", json_schema: { name: "where", schema } },
    });
    expect(JSON.parse(whole.choices[0]?.message.content ?? "")).toHaveProperty("town");
    const cut = await openai.chat.completions.create({
      model,
      messages: [{ role: "user", content: "[[long:50]]" }],
      max_tokens: 5,
    });
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

const cases = Object.entries(models).flatMap(([label, model]) =>
  (["@ai-sdk/openai", "@ai-sdk/openai-compatible"] as const).map((sdk) => [sdk, label, model] as const),
);

describe.each(cases)("the ai package with %s and a face on %s", (name, _, model) => {
  const tools = {
    weather: tool({
      description: "The weather at a place",
      inputSchema: z.object({ place: z.string() }),
      execute: () => Promise.resolve("It rains."),
    }),
  };

  it("reads text, usage and the reason, whole and streamed", async () => {
    const { sdks } = await clients(await userWithFace(db));
    const ask = { model: sdks[name](model), maxRetries: 0, instructions: "Be brief.", prompt: "Where do you live?" };
    const { text, usage, finishReason } = await generateText(ask);
    expect(text).toContain("Where do you live?");
    expect(finishReason).toBe("stop");
    const streamed = streamText(ask);
    expect(await streamed.text).toBe(text);
    expect(await streamed.usage).toMatchObject({ inputTokens: usage.inputTokens, outputTokens: usage.outputTokens });
  });

  it("runs a tool and goes on with what it gave, whole and streamed", async () => {
    const { sdks } = await clients(await userWithFace(db));
    const ask = { model: sdks[name](model), maxRetries: 0, prompt: "Rain? [[tool]]", tools, stopWhen: isStepCount(2) };
    const { text, steps } = await generateText(ask);
    expect(steps.map(({ finishReason }) => finishReason)).toEqual(["tool-calls", "stop"]);
    expect(text).toContain("It rains.");
    expect(await streamText(ask).text).toBe(text);
  });

  it("reads an answer that follows a schema", async () => {
    const { sdks } = await clients(await userWithFace(db));
    const schema = z.object({ town: z.string(), since: z.number().nullable() });
    const ask = { model: sdks[name](model), maxRetries: 0, prompt: "Where?", output: Output.object({ schema }) };
    expect((await generateText(ask)).output).toHaveProperty("town");
  });
});
