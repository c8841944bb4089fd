import OpenAI from "openai";
import { afterAll, describe, expect, it, vi } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { countTokens } from "@/lib/models/count-tokens";
import { books, chat, userWithFace } from "./testing";

vi.stubEnv("OPENAI_API_KEY", "");
vi.stubEnv("ANTHROPIC_API_KEY", "");
const { db } = await testDatabase();
afterAll(closePool);

const answer = "“I fire the kiln at night because the street is quiet.”";
const messages = [{ role: "user" as const, content: "When do you fire the kiln?" }];
const asked = { model: "alice@builtin", messages };

/** OpenAI's own SDK, its requests answered here. */
function sdkOf(ctx: Ctx): OpenAI {
  const fetch = (_url: unknown, init?: RequestInit) =>
    chat(ctx, JSON.parse(String(init?.body)) as Record<string, unknown>);
  return new OpenAI({ apiKey: "x", baseURL: "http://localhost/v1", maxRetries: 0, fetch });
}

describe("the built-in engine behind OpenAI's wire", () => {
  it("names itself, and counts what it read and what it said", async () => {
    const ctx = await userWithFace(db);
    const completion = await sdkOf(ctx).chat.completions.create(asked);
    expect(completion.model).toBe("builtin");
    expect(completion.system_fingerprint).toContain("not a language model");
    expect(completion.choices).toMatchObject([
      { index: 0, message: { role: "assistant", content: answer }, finish_reason: "stop" },
    ]);
    const { prompt_tokens = 0, completion_tokens, total_tokens } = completion.usage ?? {};
    expect(completion_tokens).toBe(countTokens(answer));
    expect(prompt_tokens).toBeGreaterThan(countTokens("When do you fire the kiln?"));
    expect(total_tokens).toBe(prompt_tokens + countTokens(answer));
    const record = await db.usageRecord.findFirstOrThrow({ where: { accountId: ctx.actor.accountId } });
    expect(record).toMatchObject({ inputTokens: prompt_tokens, outputTokens: completion_tokens, costMicroUsd: 0n });
  });

  it("streams the same words, with usage only where it is asked for", async () => {
    const openai = sdkOf(await userWithFace(db));
    const stream = openai.chat.completions.stream({ ...asked, stream_options: { include_usage: true } });
    const final = await stream.finalChatCompletion();
    expect(final.choices[0]?.message.content).toBe(answer);
    expect((await stream.totalUsage()).completion_tokens).toBe(countTokens(answer));
    const bare = await openai.chat.completions.create({ ...asked, stream: true });
    const chunks = [];
    for await (const chunk of bare) chunks.push(chunk);
    expect(chunks.length).toBeGreaterThan(5);
    expect(chunks.every(({ usage }) => (usage ?? null) === null)).toBe(true);
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe("stop");
  });

  it("gives the one answer as often as it is asked for, and counts each", async () => {
    const ctx = await userWithFace(db);
    const openai = sdkOf(ctx);
    const completion = await openai.chat.completions.create({ ...asked, n: 3 });
    expect(completion.choices.map(({ index, message }) => [index, message.content])).toEqual(
      [0, 1, 2].map((n) => [n, answer]),
    );
    expect(completion.usage?.completion_tokens).toBe(3 * countTokens(answer));
    const stream = openai.chat.completions.stream({ ...asked, n: 2 });
    const final = await stream.finalChatCompletion();
    expect(final.choices.map(({ message }) => message.content)).toEqual([answer, answer]);
    expect(await books(ctx)).toMatchObject({ records: 2, reserved: 0n });
  });

  it.each([1, 2, 5, 9])("stays within %i tokens, and says that there was more", async (most) => {
    const openai = sdkOf(await userWithFace(db));
    const { choices, usage } = await openai.chat.completions.create({ ...asked, max_completion_tokens: most });
    expect(choices[0]?.finish_reason).toBe("length");
    const content = choices[0]?.message.content ?? "";
    expect(content.length).toBeGreaterThan(0);
    expect(answer.startsWith(content)).toBe(true);
    expect(countTokens(content)).toBeLessThanOrEqual(most);
    expect(usage?.completion_tokens).toBe(countTokens(content));
  });

  it("says all of it where there is room, and no more than to a stop text", async () => {
    const openai = sdkOf(await userWithFace(db));
    const roomy = await openai.chat.completions.create({ ...asked, max_tokens: 500 });
    expect(roomy.choices[0]).toMatchObject({ message: { content: answer }, finish_reason: "stop" });
    const stopped = await openai.chat.completions.create({ ...asked, stop: ["nowhere", " because"] });
    expect(stopped.choices[0]).toMatchObject({
      message: { content: "“I fire the kiln at night" },
      finish_reason: "stop",
    });
    const unheard = await openai.chat.completions.create({ ...asked, stop: "nowhere" });
    expect(unheard.choices[0]?.message.content).toBe(answer);
  });

  it("takes tools that it is free not to call, and everything that only steers sampling", async () => {
    const openai = sdkOf(await userWithFace(db));
    const tools = [{ type: "function" as const, function: { name: "f", parameters: {} } }];
    const completion = await openai.chat.completions.create({
      ...asked,
      tools,
      tool_choice: "auto",
      temperature: 1.7,
      seed: 3,
      presence_penalty: 1,
      response_format: { type: "text" },
    });
    expect(completion.choices[0]).toMatchObject({ message: { content: answer }, finish_reason: "stop" });
  });

  it.each([
    ["response_format", { response_format: { type: "json_object" } }],
    ["response_format", { response_format: { type: "json_schema", json_schema: { name: "x", schema: {} } } }],
    ["tool_choice", { tool_choice: "required" }],
    ["tool_choice", { tool_choice: { type: "function", function: { name: "f" } } }],
    ["logprobs", { logprobs: true }],
    ["modalities", { modalities: ["text", "audio"] }],
    ["stop", { stop: ["a", "b", "c", "d", "e"] }],
  ])("refuses what a client would build on and cannot get, naming it: %s", async (param, fields) => {
    const ctx = await userWithFace(db);
    await expect(chat(ctx, { ...asked, ...fields })).rejects.toMatchObject({ code: "invalid_input", param });
    await expect(chat(ctx, { ...asked, ...fields, stream: true })).rejects.toMatchObject({ param });
    expect(await books(ctx)).toMatchObject({ records: 0, reserved: 0n });
  });

  it("reads a message in parts, and says what it is when no face is named", async () => {
    const openai = sdkOf(await userWithFace(db));
    const parts = [{ type: "text" as const, text: "When do you fire the kiln?" }];
    const completion = await openai.chat.completions.create({ ...asked, messages: [{ role: "user", content: parts }] });
    expect(completion.choices[0]?.message.content).toBe(answer);
    const bare = await openai.chat.completions.create({ model: "builtin", messages });
    expect(bare.choices[0]?.message.content).toMatch(/not a language model.*Name one as the model/);
  });
});
