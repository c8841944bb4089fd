import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, isStepCount, type ModelMessage, Output, streamText, tool } from "ai";
import OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { POST } from "@/app/v1/chat/completions/route";
import { startFakeProvider } from "@/e2e/fake-provider/start-fake-provider";
import type { Ctx } from "@/lib/auth/context";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { serveForTest } from "@/lib/http/testing";
import { storeFace } from "@/lib/retrieve/testing";
import { keyOf } from "./client-testing";
import { books, fakeKey, serveFrom, userWithFace } from "./testing";

const provider = await startFakeProvider({ apiKey: fakeKey });
serveFrom(provider.url);
const { db } = await testDatabase();
const server = await serveForTest({ "POST /v1/chat/completions": POST });
const baseURL = `${server.url}/v1`;

afterEach(() => provider.reset());
afterAll(async () => {
  await server.close();
  await provider.stop();
  await closePool();
});

/** Somebody with a face called alice, an API key, and ten dollars. */
async function user(): Promise<{ ctx: Ctx; apiKey: string; openai: OpenAI }> {
  const ctx = await userWithFace(db);
  const apiKey = await keyOf(ctx);
  return { ctx, apiKey, openai: new OpenAI({ apiKey, baseURL, maxRetries: 0 }) };
}

const settled = { reserved: 0n, isExact: true };
const models = ["alice@gpt-4o-mini", "alice@claude-sonnet-4-6"];
const answer = /^I was given \d{3,} system characters\. You said: “Do you fire at night\?”$/;
const question = { role: "user" as const, content: "Do you fire at night?" };
const Pot = z.object({ quote: z.string(), isGlazed: z.boolean() });

/** What the provider was sent last, as text. */
function sent(): string {
  return JSON.stringify(provider.requests.at(-1)?.body);
}

describe.each(models)("the official SDK with %s", (model) => {
  it("reads an answer of the face, its usage and its trace", async () => {
    const { openai, ctx } = await user();
    const messages = [{ role: "system" as const, content: "Answer in one line." }, question];
    const { data, response } = await openai.chat.completions.create({ model, messages }).withResponse();
    expect(data.choices[0]?.message.content).toMatch(answer);
    expect(data.choices[0]?.finish_reason).toBe("stop");
    expect(sent()).toMatch(/Alice is a potter[\s\S]*Answer in one line/);
    expect(response.headers.get("x-faces-trace-id")).toMatch(/^trc_/);
    expect(Number(response.headers.get("x-faces-cost-usd"))).toBeGreaterThan(0);
    const record = await db.usageRecord.findFirstOrThrow({ where: { accountId: ctx.actor.accountId } });
    expect([record.inputTokens, record.outputTokens]).toEqual([
      data.usage?.prompt_tokens,
      data.usage?.completion_tokens,
    ]);
    expect(await books(ctx)).toMatchObject({ records: 1, ...settled });
  });

  it("reads a stream, with usage where it asked for it", async () => {
    const { openai, ctx } = await user();
    const stream = openai.chat.completions.stream({
      model,
      messages: [question],
      stream_options: { include_usage: true },
    });
    let text = "";
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
    expect(text).toMatch(answer);
    const final = await stream.finalChatCompletion();
    expect(final.choices[0]?.message.content).toBe(text);
    expect((await stream.totalUsage()).completion_tokens).toBeGreaterThan(5);
    const bare = await openai.chat.completions.create({ model, messages: [question], stream: true });
    for await (const chunk of bare) expect(chunk.usage ?? null).toBeNull();
    expect(await books(ctx)).toMatchObject({ records: 2, ...settled });
  });

  it.each([false, true])("runs tools to the end of the conversation (streamed: %s)", async (isStreamed) => {
    const { openai, ctx } = await user();
    const asked: unknown[] = [];
    const kiln = {
      type: "function" as const,
      function: {
        name: "fire_kiln",
        description: "Fires the kiln",
        parameters: { type: "object", properties: { text: { type: "string" } }, required: ["text"] },
        parse: (text: string) => JSON.parse(text) as unknown,
        function: (input: unknown) => {
          asked.push(input);
          return "It is at 1200 °C.";
        },
      },
    };
    const ask = { model, messages: [{ role: "user" as const, content: "Fire it. [[tool]]" }], tools: [kiln] };
    const runner = isStreamed
      ? openai.chat.completions.runTools({ ...ask, stream: true })
      : openai.chat.completions.runTools(ask);
    expect(await runner.finalContent()).toContain("You said");
    expect(asked).toEqual([{ text: expect.any(String) as string }]);
    expect(sent()).toContain("1200 °C");
    expect(await books(ctx)).toMatchObject({ records: 2, ...settled });
  });

  it("parses an answer by a schema, whole and streamed", async () => {
    const { openai } = await user();
    const messages = [{ role: "user" as const, content: "It is blue." }];
    const ask = { model, messages, response_format: zodResponseFormat(Pot, "pot") };
    const parsed = (await openai.chat.completions.parse(ask)).choices[0]?.message.parsed;
    expect(Pot.parse(parsed)).toEqual(parsed);
    const streamed = await openai.chat.completions.stream(ask).finalChatCompletion();
    expect(streamed.choices[0]?.message.parsed).toEqual(parsed);
  });

  it.each(["break", "abort"])("ends the provider's work when it leaves (%s), and is charged once", async (how) => {
    const { openai, ctx } = await user();
    provider.fault({ kind: "hang", afterEvents: 4 });
    const stream = await openai.chat.completions.create({ model, messages: [question], stream: true });
    for await (const chunk of stream) {
      if (!chunk.choices[0]?.delta.content) continue;
      if (how === "break") break;
      stream.controller.abort();
    }
    const request = await provider.waitForRequest();
    await request.done;
    expect(request.aborted).toBe(true);
    await vi.waitFor(async () => expect(await books(ctx)).toMatchObject({ records: 1, ...settled }));
  });

  it("gives up a whole answer before it came, and is charged nothing", async () => {
    const { openai, ctx } = await user();
    provider.fault({ kind: "hang" });
    const controller = new AbortController();
    const asked = openai.chat.completions.create({ model, messages: [question] }, { signal: controller.signal });
    const request = await provider.waitForRequest();
    controller.abort();
    await expect(asked).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
    await request.done;
    expect(request.aborted).toBe(true);
    await vi.waitFor(async () => expect(await books(ctx)).toMatchObject({ records: 0, ...settled }));
  });

  it("throws what broke off a stream, and what came is charged once", async () => {
    const { openai, ctx } = await user();
    provider.fault({ kind: "error-event", afterEvents: 4, message: "It fell over" });
    const stream = openai.chat.completions.stream({ model, messages: [question] });
    await expect(stream.finalContent()).rejects.toThrow(/It fell over/);
    expect(await books(ctx)).toMatchObject({ records: 1, ...settled });
  });
});

describe("the official SDK", () => {
  it("has every field of its own reach an OpenAI model, and every choice come back", async () => {
    const { openai } = await user();
    const fields = { n: 2, seed: 7, stop: ["END"], logprobs: true, top_logprobs: 2, user: "u1", x_unknown: [1] };
    const image = {
      type: "image_url" as const,
      image_url: { url: "data:image/png;base64,AAAA", detail: "low" as const },
    };
    const content = [{ type: "text" as const, text: "What is this?" }, image];
    const completion = await openai.chat.completions.create({
      model: "alice@gpt-4o",
      messages: [{ role: "user", content }],
      ...fields,
    });
    expect(completion.choices).toHaveLength(2);
    expect(completion.choices[0]?.logprobs?.content?.[0]?.top_logprobs).toHaveLength(2);
    const body = provider.requests[0]?.body as { messages: unknown[] };
    expect(body).toMatchObject({ ...fields, model: "gpt-4o" });
    expect(body.messages[1]).toEqual({ role: "user", content });
  });

  it("gets the error class of each mistake", async () => {
    const { openai } = await user();
    const ask = (model: string, messages = [question]) => openai.chat.completions.create({ model, messages });
    await expect(ask("nobody")).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(ask("alice@gpt-none")).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(ask("alice", [])).rejects.toBeInstanceOf(OpenAI.UnprocessableEntityError);
    provider.fault({ kind: "status", status: 429, message: "Slow down", retryAfterSeconds: 7 });
    const limited = ask("alice@gpt-4o");
    await expect(limited).rejects.toThrow(/Slow down/);
  });
});

const providers = {
  "openai-compatible": (apiKey: string, name: string) =>
    createOpenAICompatible({ name: "faces", apiKey, baseURL, includeUsage: true, supportsStructuredOutputs: true })(
      name,
    ),
  "openai.chat": (apiKey: string, name: string) => createOpenAI({ apiKey, baseURL }).chat(name),
};

describe.each(Object.entries(providers))("the AI SDK's %s", (_, modelOf) => {
  describe.each(models)("with %s", (name) => {
    it("generates and streams text", async () => {
      const { ctx, apiKey } = await user();
      const ask = { model: modelOf(apiKey, name), maxRetries: 0, prompt: "Do you fire at night?" };
      const whole = await generateText({ ...ask, instructions: "Answer in one line." });
      expect(whole.text).toMatch(answer);
      expect(whole.finishReason).toBe("stop");
      expect(sent()).toMatch(/Alice is a potter[\s\S]*Answer in one line/);
      const result = streamText(ask);
      expect(await result.text).toMatch(answer);
      expect((await result.usage).outputTokens).toBe(whole.usage.outputTokens);
      expect(await books(ctx)).toMatchObject({ records: 2, ...settled });
    });

    it("calls a tool and goes on with what it gave, whole and streamed", async () => {
      const { ctx, apiKey } = await user();
      const asked: unknown[] = [];
      const execute = (input: { text: string }) => {
        asked.push(input);
        return { celsius: 1200 };
      };
      const tools = { fire_kiln: tool({ inputSchema: z.object({ text: z.string() }), execute }) };
      const model = modelOf(apiKey, name);
      const ask = { model, maxRetries: 0, prompt: "Fire it. [[tool]]", tools, stopWhen: isStepCount(3) };
      expect((await generateText(ask)).text).toContain("You said");
      expect(sent()).toContain("celsius");
      expect(await streamText(ask).text).toContain("You said");
      expect(asked).toHaveLength(2);
      expect(await books(ctx)).toMatchObject({ records: 4, ...settled });
    });

    it("reads an object by its schema, and keeps up a conversation", async () => {
      const { apiKey } = await user();
      const model = modelOf(apiKey, name);
      const output = Output.object({ schema: Pot });
      const structured = await generateText({ model, maxRetries: 0, prompt: "It is blue.", output });
      expect(Pot.parse(structured.output)).toEqual(structured.output);
      const messages: ModelMessage[] = [{ role: "user", content: "My name is Rui." }];
      const first = await generateText({ model, maxRetries: 0, messages });
      messages.push(...first.response.messages, { role: "user", content: "Who am I?" });
      expect((await generateText({ model, maxRetries: 0, messages })).text).toContain("Who am I?");
      expect(sent()).toContain("My name is Rui.");
    });

    it("ends the provider's work when it is aborted, and is charged once", async () => {
      const { ctx, apiKey } = await user();
      provider.fault({ kind: "hang", afterEvents: 4 });
      const controller = new AbortController();
      const { signal: abortSignal } = controller;
      const model = modelOf(apiKey, name);
      const result = streamText({ model, maxRetries: 0, prompt: "Do you fire at night?", abortSignal });
      for await (const delta of result.textStream) if (delta !== "") controller.abort();
      const request = await provider.waitForRequest();
      await request.done;
      expect(request.aborted).toBe(true);
      await vi.waitFor(async () => expect(await books(ctx)).toMatchObject({ records: 1, ...settled }));
    });
  });
});

describe("a face without any provider", () => {
  let openai: OpenAI;
  let apiKey: string;

  beforeAll(async () => {
    let ctx: Ctx;
    ({ openai, ctx, apiKey } = await user());
    await storeFace(db, ctx.actor.accountId, "nora", [
      "I gave up smoking when my daughter was born.",
      "I swim in the harbour.",
    ]);
  });

  it("answers every client with its own words, and says what it is", async () => {
    const messages = [{ role: "user" as const, content: "Do you still smoke?" }];
    const plain = await openai.chat.completions.create({ model: "nora@builtin", messages });
    expect(plain.model).toContain("builtin");
    const text = plain.choices[0]?.message.content ?? "";
    expect(text).toContain("gave up smoking");
    expect(await openai.chat.completions.stream({ model: "nora@builtin", messages }).finalContent()).toBe(text);
    for (const modelOf of Object.values(providers)) {
      const model = modelOf(apiKey, "nora@builtin");
      expect((await generateText({ model, maxRetries: 0, messages })).text).toBe(text);
      expect(await streamText({ model, maxRetries: 0, messages }).text).toBe(text);
    }
  });
});
