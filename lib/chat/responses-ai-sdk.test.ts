import { createOpenAI } from "@ai-sdk/openai";
import { generateText, isStepCount, type ModelMessage, Output, streamText, tool } from "ai";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { POST } from "@/app/v1/responses/route";
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
const server = await serveForTest({ "POST /v1/responses": POST });

afterEach(() => provider.reset());
afterAll(async () => {
  await server.close();
  await provider.stop();
  await closePool();
});

async function client(): Promise<{ openai: ReturnType<typeof createOpenAI>; ctx: Ctx }> {
  const ctx = await userWithFace(db);
  return { openai: createOpenAI({ apiKey: await keyOf(ctx), baseURL: `${server.url}/v1` }), ctx };
}

const settled = { reserved: 0n, isExact: true };
const stateless = { openai: { store: false } };
const kiln = () => {
  const asked: unknown[] = [];
  const execute = (input: { text: string }) => {
    asked.push(input);
    return { celsius: 1200 };
  };
  return { asked, tools: { fire_kiln: tool({ inputSchema: z.object({ text: z.string() }), execute }) } };
};

describe.each(["alice@gpt-4o-mini", "alice@claude-sonnet-4-6"])("the AI SDK's own OpenAI model %s", (name) => {
  it("generates text", async () => {
    const { openai, ctx } = await client();
    const result = await generateText({
      model: openai(name),
      maxRetries: 0,
      instructions: "Answer in one line.",
      prompt: "Do you fire at night?",
    });
    expect(result.text).toMatch(/^I was given \d{3,} system characters\. You said: “Do you fire at night\?”$/);
    expect(result.finishReason).toBe("stop");
    expect(result.warnings ?? []).toEqual([]);
    const record = await db.usageRecord.findFirstOrThrow({ where: { accountId: ctx.actor.accountId } });
    expect([result.usage.inputTokens, result.usage.outputTokens]).toEqual([record.inputTokens, record.outputTokens]);
    expect(await books(ctx)).toMatchObject({ records: 1, ...settled });
  });

  it("streams text", async () => {
    const { openai, ctx } = await client();
    const result = streamText({ model: openai(name), maxRetries: 0, prompt: "Do you fire at night?" });
    let text = "";
    for await (const delta of result.textStream) text += delta;
    expect(text).toContain("Do you fire at night?");
    expect(await result.finishReason).toBe("stop");
    expect((await result.usage).outputTokens).toBeGreaterThan(5);
    expect(await books(ctx)).toMatchObject({ records: 1, ...settled });
  });

  it("calls a tool and goes on with what it gave, whole and streamed", async () => {
    const { openai, ctx } = await client();
    const { asked, tools } = kiln();
    const ask = { model: openai(name), maxRetries: 0, prompt: "Fire it. [[tool]]", tools, stopWhen: isStepCount(3) };
    const whole = await generateText(ask);
    expect(whole.text).toContain("You said");
    expect(JSON.stringify(provider.requests.at(-1)?.body)).toContain("celsius");
    expect(await streamText(ask).text).toContain("You said");
    expect(asked).toHaveLength(2);
    expect(await books(ctx)).toMatchObject({ records: 4, ...settled });
  });

  it("reads an object by its schema", async () => {
    const { openai } = await client();
    const Pot = z.object({ quote: z.string(), isGlazed: z.boolean() });
    const output = Output.object({ schema: Pot });
    const result = await generateText({ model: openai(name), maxRetries: 0, prompt: "It is blue.", output });
    expect(Pot.parse(result.output)).toEqual(result.output);
  });

  it("keeps up a conversation when it sends its items whole, which are not kept, and is told when it names them", async () => {
    const { openai, ctx } = await client();
    const messages: ModelMessage[] = [{ role: "user", content: "My name is Rui." }];
    const first = await generateText({ model: openai(name), maxRetries: 0, messages, providerOptions: stateless });
    messages.push(...first.response.messages, { role: "user", content: "Who am I?" });
    const ask = { model: openai(name), maxRetries: 0, messages };
    const second = await generateText({ ...ask, providerOptions: stateless });
    expect(second.text).toContain("Who am I?");
    expect(JSON.stringify(provider.requests.at(-1)?.body)).toContain("My name is Rui.");
    expect(await db.storedResponse.count({ where: { accountId: ctx.actor.accountId } })).toBe(0);
    await expect(generateText(ask)).rejects.toThrow(/was not found: its response was not stored.*store is false/);
  });

  it("ends the provider's work when it is aborted, and is charged once", async () => {
    const { openai, ctx } = await client();
    provider.fault({ kind: "hang", afterEvents: 4 });
    const controller = new AbortController();
    const { signal: abortSignal } = controller;
    const result = streamText({ model: openai(name), maxRetries: 0, prompt: "Do you fire at night?", abortSignal });
    for await (const delta of result.textStream) if (delta !== "") controller.abort();
    const request = await provider.waitForRequest();
    await request.done;
    expect(request.aborted).toBe(true);
    await vi.waitFor(async () => expect(await books(ctx)).toMatchObject({ records: 1, ...settled }));
  });

  it("is told once what broke off a stream", async () => {
    const { openai, ctx } = await client();
    provider.fault({ kind: "error-event", afterEvents: 4, message: "It fell over" });
    const errors: unknown[] = [];
    const result = streamText({
      model: openai(name),
      maxRetries: 0,
      prompt: "Do you fire at night?",
      onError: ({ error }) => void errors.push(error),
    });
    await result.consumeStream();
    expect(errors).toHaveLength(1);
    expect(String(errors[0])).toContain("It fell over");
    expect(await books(ctx)).toMatchObject({ records: 1, ...settled });
  });
});

describe("a face without any provider", () => {
  it("answers the AI SDK with its own words, whole and streamed alike", async () => {
    const { openai, ctx } = await client();
    await storeFace(db, ctx.actor.accountId, "nora", [
      "I gave up smoking when my daughter was born.",
      "I swim in the harbour.",
    ]);
    const ask = { model: openai("nora@builtin"), maxRetries: 0, prompt: "Do you still smoke?" };
    const { text } = await generateText(ask);
    expect(text).toContain("gave up smoking");
    expect(await streamText(ask).text).toBe(text);
    expect(await books(ctx)).toMatchObject({ records: 2, cost: 0n, ...settled });
  });
});
