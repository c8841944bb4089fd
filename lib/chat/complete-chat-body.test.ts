import { afterAll, afterEach, describe, expect, it } from "vitest";
import { startFakeProvider } from "@/e2e/fake-provider/start-fake-provider";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/ids";
import { retrieve } from "@/lib/retrieve/retrieve";
import { storeFace } from "@/lib/retrieve/testing";
import { estimateTokens } from "./estimate-tokens";
import type { ChatMessage } from "./schemas";
import { chat, fakeKey, found, parts, serveFrom, span, userWithFace } from "./testing";

const provider = await startFakeProvider({ apiKey: fakeKey });
serveFrom(provider.url);
const { db } = await testDatabase();

afterEach(() => provider.reset());
afterAll(async () => {
  await provider.stop();
  await closePool();
});

function sent(): { messages: ChatMessage[] } & Record<string, unknown> {
  return provider.requests.at(-1)?.body as { messages: ChatMessage[] } & Record<string, unknown>;
}

/**
 * Every field that openai 7.55.0 knows but web_search_options, whose searches have no price here; one that nobody knows,
 * and some of other servers.
 */
const everyField = {
  audio: { format: "wav", voice: "alloy" },
  frequency_penalty: 0.1,
  function_call: "auto",
  functions: [{ name: "old", parameters: { type: "object" } }],
  logit_bias: { "50256": -100 },
  logprobs: true,
  max_completion_tokens: 50,
  max_tokens: 60,
  metadata: { a: "b" },
  modalities: ["text", "audio"],
  moderation: { type: "auto" },
  n: 3,
  parallel_tool_calls: false,
  prediction: { type: "content", content: "x" },
  presence_penalty: -0.1,
  prompt_cache_key: "k",
  prompt_cache_options: { ttl: "1h" },
  prompt_cache_retention: "24h",
  reasoning_effort: "low",
  response_format: { type: "json_schema", json_schema: { name: "n", strict: true, schema: { type: "object" } } },
  safety_identifier: "s",
  seed: 7,
  service_tier: "flex",
  stop: ["END", "\n\n"],
  store: true,
  temperature: 0,
  tool_choice: { type: "allowed_tools", allowed_tools: { mode: "auto", tools: [] } },
  tools: [
    { type: "function", function: { name: "f", strict: true, parameters: { type: "object", properties: {} } } },
    { type: "custom", custom: { name: "c", format: { type: "text" } } },
  ],
  top_logprobs: 2,
  top_p: 0.5,
  user: "u",
  verbosity: "high",
  // of other servers
  top_k: 5,
  min_p: 0.1,
  chat_template_kwargs: { enable_thinking: false },
  x_unknown: { deep: [1, "2", null, { three: false }] },
  x_null: null,
};

/** Messages of every role, with every part. */
const everyMessage = [
  { role: "developer", content: [{ type: "text", text: "Be kind." }], name: "dev" },
  {
    role: "user",
    name: "bob",
    content: [
      { type: "text", text: "Look", x_unknown: 1 },
      { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgo=", detail: "low" } },
      { type: "input_audio", input_audio: { data: "UklGRg==", format: "wav" } },
      { type: "file", file: { file_id: "file_1" } },
    ],
  },
  {
    role: "assistant",
    content: null,
    refusal: null,
    audio: { id: "audio_1" },
    reasoning_content: "thought",
    tool_calls: [{ id: "call_1", type: "function", function: { name: "f", arguments: '{ "a" : 1 }' } }],
  },
  { role: "tool", tool_call_id: "call_1", content: [{ type: "text", text: "42" }] },
  { role: "assistant", content: null, function_call: { name: "old", arguments: "{}" } },
  { role: "function", name: "old", content: "7" },
  { role: "system", content: "Later." },
  { role: "user", content: "And?" },
];

describe("the body that an OpenAI-wire model gets", () => {
  it("is the client's own, every field of it, but for the model and the first system message", async () => {
    const ctx = await userWithFace(db);
    for (const stream of [undefined, false, true]) {
      const streamed = stream === undefined ? {} : { stream };
      const options = stream ? { stream_options: { include_obfuscation: false } } : {};
      await (await chat(ctx, { ...everyField, ...streamed, ...options, messages: everyMessage })).text();
      const { model, messages, ...rest } = sent();
      expect(model).toBe("gpt-4o-mini");
      const asked = stream ? { stream_options: { include_obfuscation: false, include_usage: true } } : {};
      expect(rest).toEqual({ ...everyField, ...streamed, ...asked });
      const [first, ...others] = messages;
      expect(others).toEqual(everyMessage.slice(1));
      expect(first).toEqual({
        ...everyMessage[0],
        content: [
          { type: "text", text: expect.stringMatching(/^You are Alice Reyes/) as string },
          ...(everyMessage[0]?.content ?? []),
        ],
      });
    }
  });

  it("is untouched for a bare model", async () => {
    const ctx = await userWithFace(db);
    await chat(ctx, { ...everyField, model: "gpt-4o", messages: everyMessage });
    expect(sent()).toEqual({ ...everyField, model: "gpt-4o", messages: everyMessage });
  });

  it("comes back with every choice and its logprobs", async () => {
    const ctx = await userWithFace(db);
    const answer = (await (await chat(ctx, { n: 3, logprobs: true, top_logprobs: 1 })).json()) as {
      choices: { logprobs: { content: unknown[] } }[];
      system_fingerprint: string;
    };
    expect(answer.choices).toHaveLength(3);
    for (const { logprobs } of answer.choices) expect(logprobs.content.length).toBeGreaterThan(3);
    expect(answer.system_fingerprint).toBe("fp_fake");
  });
});

describe("a conversation of a hundred turns", () => {
  const turns = Array.from({ length: 100 }, (_, at) => [
    { role: "user", content: `Question ${at}: and what then? ${"Tell me more. ".repeat(20)}` },
    { role: "assistant", content: `Answer ${at}.` },
  ]).flat();

  it("has the persona at its head, as long as in the first turn, and every turn behind it", async () => {
    const ctx = await userWithFace(db);
    const lengths: number[] = [];
    for (const count of [1, 21, 199]) {
      const messages = turns.slice(0, count);
      await chat(ctx, { messages });
      const [system, ...others] = sent().messages;
      expect(system?.role).toBe("system");
      expect(system?.content).toMatch(/^You are Alice Reyes[\s\S]*I value patience\./);
      expect(others).toEqual(messages);
      lengths.push(String(system?.content).length);
    }
    expect(new Set(lengths).size).toBe(1);
  });

  it("says to Anthropic's prompt cache what of the persona stays, and that does stay", async () => {
    const ctx = await userWithFace(db);
    await db.face.updateMany({
      where: { accountId: ctx.actor.accountId },
      data: { basicFacts: "Alice fires her kiln at night. ".repeat(120) },
    });
    const heads: unknown[] = [];
    for (const items of [found.items, [span("span_9", "I once fell into the river.")], []]) {
      const remembering = () => Promise.resolve({ ...found, items, abstain: items.length === 0 });
      await chat(ctx, { model: "alice@claude-sonnet-4-6" }, { ...parts, retrieve: remembering });
      const [head, tail] = (sent() as unknown as { system: { text: string }[] }).system;
      expect(head).toMatchObject({ cache_control: { type: "ephemeral" } });
      expect(tail).not.toHaveProperty("cache_control");
      heads.push(head);
    }
    expect(heads[1]).toEqual(heads[0]);
    expect(heads[2]).toEqual(heads[0]);
  });

  it("has a bounded persona, however much is found", async () => {
    const ctx = await userWithFace(db);
    const items = Array.from({ length: 2_000 }, (_, at) =>
      span(`span_${at}`, `Memory ${at}: ${"I walked to the kiln again. ".repeat(5)}`),
    );
    const generous = () => Promise.resolve({ ...found, items });
    await chat(ctx, { messages: turns.slice(0, 199) }, { ...parts, retrieve: generous });
    const tokens = estimateTokens(sent().messages[0]?.content);
    expect(tokens).toBeGreaterThan(500);
    expect(tokens).toBeLessThan(4_000);
  });

  it("still brings to mind what was just asked, of all that the face has said", async () => {
    const ctx = await userWithFace(db);
    const lines = [
      ...Array.from({ length: 40 }, (_, at) => `In my ${at + 20}th year I painted the fence of house number ${at}.`),
      "My grandmother taught me to bake rye bread when I was seven.",
    ];
    await storeFace(db, ctx.actor.accountId, "nora", lines);
    const question = { role: "user", content: "Who taught you to bake bread?" };
    await chat(ctx, { model: "nora@gpt-4o-mini", messages: [...turns, question] }, { ...parts, retrieve });
    const [system] = sent().messages;
    expect(system?.content).toContain("My grandmother taught me to bake rye bread");
    expect(estimateTokens(system?.content)).toBeLessThan(4_000);
  });

  it("is what is searched for what bears on it", async () => {
    const ctx = await userWithFace(db);
    const asked: unknown[] = [];
    const listening: typeof parts.retrieve = (_ctx, _face, query) => {
      asked.push(query);
      return Promise.resolve(found);
    };
    await chat(ctx, { messages: turns.slice(0, 199) }, { ...parts, retrieve: listening });
    expect(asked).toEqual([{ messages: turns.slice(0, 199) }]);
  });
});

describe("a message that names another face", () => {
  it("says its name instead, and the persona is followed by its profile", async () => {
    const ctx = await userWithFace(db);
    const bob = { username: "bob", name: "Bob Stone", basicFacts: "Bob is a baker in Porto." };
    await db.face.create({ data: { id: newId("face"), accountId: ctx.actor.accountId, ...bob } });
    const messages = [
      { role: "system", content: "You know ${bob}." },
      { role: "user", content: "Who is ${bob}? Not \\${bob}." },
    ];
    for (const model of ["alice@gpt-4o-mini", "alice@claude-sonnet-4-6"]) {
      await chat(ctx, { model, messages });
      const text = JSON.stringify(sent());
      expect(text).toContain("Who is Bob Stone? Not ${bob}.");
      expect(text).toMatch(/You are Alice Reyes.*Bob is a baker in Porto.*You know Bob Stone\./);
    }
    await chat(ctx, { model: "gpt-4o-mini", messages });
    expect(sent().messages[0]?.content).toMatch(/^## About [\s\S]*Bob is a baker in Porto[\s\S]*You know Bob Stone\.$/);
    await expect(chat(ctx, { messages: [{ role: "user", content: "${nobody}?" }] })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});
