import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { generateText, Output } from "ai";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { parseEnv } from "@/lib/env";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { servedModels } from "@/lib/models/catalogue";
import { ggufBaseUrl, ggufFetch } from "@/lib/models/gguf-fetch";
import { type FakeGguf, fakeGguf } from "@/lib/models/gguf-testing";
import { compileModel } from "@/lib/models/language-model";
import type { Engine, EngineCall, Piece } from "./engine";
import { ggufEngineWith } from "./gguf-engine";
import { ChatRequest } from "./schemas";

const folder = mkdtempSync(join(tmpdir(), "faces-gguf-"));
afterAll(() => rmSync(folder, { recursive: true }));

let fake: FakeGguf;
let engine: Engine;
let count = 0;
beforeEach(() => {
  fake = fakeGguf();
  engine = ggufEngineWith(fake.load);
  count += 1;
});

/** Every test has a file of its own, since a model that is loaded stays. */
function settings(name = `tiny-${count}`) {
  const path = join(folder, `${name}.gguf`);
  writeFileSync(path, "GGUF");
  return parseEnv({ MODEL_PATH: path, MODEL_CONTEXT_TOKENS: "512" });
}

function modelOf(name?: string) {
  const [model] = servedModels(settings(name));
  if (model === undefined) throw new Error("no model is served");
  return model;
}

const question = { role: "user", content: "When do you fire the kiln?" };

function call(body: Record<string, unknown> = {}, signal = new AbortController().signal, name?: string): EngineCall {
  const model = modelOf(name);
  const request = ChatRequest.parse({ model: model.id, messages: [question], ...body });
  const nothing = { said: request.messages, face: null, persona: null, lastingPersona: () => "", retrieved: null };
  return { ...nothing, model, request, answerId: "chatcmpl-1", signal };
}

async function plain(body?: Record<string, unknown>) {
  const answer = await engine.plain(call(body));
  const json = JSON.parse(new TextDecoder().decode(answer.body)) as Record<string, never>;
  return { ...answer, json };
}

async function collect(pieces: AsyncIterable<Piece>): Promise<{ events: unknown[]; pieces: Piece[] }> {
  const all: Piece[] = [];
  for await (const piece of pieces) all.push(piece);
  const text = all.map(({ bytes }) => (bytes === null ? "" : new TextDecoder().decode(bytes))).join("");
  const data = text.split("\n\n").filter(Boolean);
  return { pieces: all, events: data.map((line) => (line.endsWith("[DONE]") ? "[DONE]" : JSON.parse(line.slice(6)))) };
}

describe("a model in this process", () => {
  it("is served by its file's name, for nothing", () => {
    expect(modelOf()).toMatchObject({ id: `tiny-${count}`, provider: "gguf", price: { input: 0, output: 0 } });
  });

  it("answers a chat completion, counted by its own tokenizer", async () => {
    const { json, text, usage } = await plain({ max_tokens: 100 });
    expect(json).toMatchObject({
      id: "chatcmpl-1",
      object: "chat.completion",
      model: `tiny-${count}`,
      choices: [{ message: { role: "assistant", content: "I fire it at night." }, finish_reason: "stop" }],
    });
    expect(text).toBe("I fire it at night.");
    expect(usage).toEqual({ input: expect.any(Number), output: 5 });
  });

  it("is loaded once, without building anything, and leaves a core free", async () => {
    await Promise.all([plain(), plain()]);
    const threads = Math.max(1, availableParallelism() - 1);
    expect(fake.loads.getLlama).toEqual([
      { build: "never", skipDownload: true, progressLogs: false, logLevel: "error", maxThreads: threads },
    ]);
    expect(fake.loads.loadModel).toHaveLength(1);
    expect(fake.loads.createContext).toEqual([{ contextSize: 512, sequences: 1, threads }]);
  });

  it("streams OpenAI's chunks, with usage only for those who ask", async () => {
    const { events, pieces } = await collect(await engine.stream(call({ stream: true })));
    expect(events.map((event) => (event as { choices?: { delta: unknown }[] }).choices?.[0]?.delta ?? event)).toEqual([
      { role: "assistant", content: "" },
      { content: "I" },
      { content: " fire" },
      { content: " it" },
      { content: " at" },
      { content: " night." },
      {},
      "[DONE]",
    ]);
    expect(pieces.at(-1)?.isEnd).toBe(true);
    expect(pieces.filter(({ usage }) => usage)).toHaveLength(1);
    const asked = await collect(await engine.stream(call({ stream: true, stream_options: { include_usage: true } })));
    expect(asked.events.at(-2)).toMatchObject({ choices: [], usage: { completion_tokens: 5 } });
  });

  it("keeps to max_tokens, and says that it was cut", async () => {
    const { json, usage } = await plain({ max_tokens: 2 });
    expect(json).toMatchObject({ choices: [{ message: { content: "I fire" }, finish_reason: "length" }] });
    expect(usage?.output).toBe(2);
  });

  it("passes on how it is to speak", async () => {
    await plain({ temperature: 0.2, top_p: 0.9, seed: 7, stop: "END", frequency_penalty: 0.5 });
    expect(fake.calls[0]?.options).toMatchObject({
      temperature: 0.2,
      topP: 0.9,
      seed: 7,
      customStopTriggers: ["END"],
      repeatPenalty: { penalty: 1, frequencyPenalty: 0.5 },
    });
  });

  it("gets the persona, the turns and the client's own system message in their order", async () => {
    await plain({
      messages: [
        { role: "system", content: "You are Alice." },
        { role: "user", content: [{ type: "text", text: "Hello" }] },
        { role: "assistant", content: "Hello." },
        question,
      ],
    });
    expect(fake.calls[0]?.history).toEqual([
      { type: "system", text: "You are Alice." },
      { type: "user", text: "Hello" },
      { type: "model", response: ["Hello."] },
      { type: "user", text: question.content },
      { type: "model", response: [] },
    ]);
  });

  it("tells its thoughts apart from what it says", async () => {
    fake.words = ["<think>They ask of the kiln.", "At night."];
    const { json, text } = await plain();
    expect(json).toMatchObject({
      choices: [{ message: { content: "At night.", reasoning_content: "They ask of the kiln." } }],
    });
    expect(text).toBe("They ask of the kiln.At night.");
  });
});

describe("the form of an answer", () => {
  it("is held to a JSON schema by a grammar", async () => {
    const schema = {
      $schema: "http://json-schema.org/draft-07/schema#",
      type: "object",
      properties: { hour: { anyOf: [{ type: "integer" }, { type: "null" }], title: "Hour" } },
      required: ["hour"],
      additionalProperties: false,
    };
    await plain({ response_format: { type: "json_schema", json_schema: { name: "x", schema } } });
    const known = {
      type: "object",
      properties: { hour: { oneOf: [{ type: "integer" }, { type: "null" }] } },
      additionalProperties: false,
    };
    expect(fake.loads.grammars).toEqual([known]);
    expect(fake.calls[0]?.options.grammar).toEqual({ schema: known });
  });

  it("is any JSON where that is asked", async () => {
    await plain({ response_format: { type: "json_object" } });
    expect(fake.calls[0]?.options.grammar).toEqual({ type: "json" });
  });

  it("is a call of a tool where the model makes one, whole and streamed", async () => {
    const parameters = { type: "object", properties: { hour: { type: "integer" } } };
    const tools = [{ type: "function", function: { name: "fire", description: "Fires it", parameters } }];
    fake.words = [];
    fake.functionCalls = [{ functionName: "fire", params: { hour: 3 } }];
    const { json, text } = await plain({ tools });
    const made = { id: "call_1_0", type: "function", function: { name: "fire", arguments: '{"hour":3}' } };
    expect(json).toMatchObject({
      choices: [{ message: { content: null, tool_calls: [made] }, finish_reason: "tool_calls" }],
    });
    expect(text).toBe('fire{"hour":3}');
    expect(fake.calls[0]?.options.functions).toEqual({ fire: { description: "Fires it", params: parameters } });
    const { events } = await collect(await engine.stream(call({ tools, stream: true })));
    expect(events).toContainEqual(
      expect.objectContaining({
        choices: [expect.objectContaining({ delta: { tool_calls: [{ index: 0, ...made }] } })],
      }),
    );
  });

  it("goes on from the result of a tool", async () => {
    const made = { id: "c1", type: "function", function: { name: "fire", arguments: '{"hour":3}' } };
    await plain({
      messages: [
        question,
        { role: "assistant", content: null, tool_calls: [made] },
        { role: "tool", tool_call_id: "c1", content: '{"done":true}' },
      ],
    });
    expect(fake.calls[0]?.history.at(-1)).toEqual({
      type: "model",
      response: [{ type: "functionCall", name: "fire", params: { hour: 3 }, result: { done: true } }],
    });
  });
});

describe("what it cannot do", () => {
  const image = { role: "user", content: [{ type: "image_url", image_url: { url: "https://x.test/a.png" } }] };
  const tools = [{ type: "function", function: { name: "fire", parameters: {} } }];
  const schema = { type: "object", allOf: [{ type: "object" }] };
  const format = { type: "json_schema", json_schema: { name: "x", schema } };
  it.each([
    [{ n: 2 }, "n", /one answer/],
    [{ logprobs: true }, "logprobs", /no logprobs/],
    [{ messages: [image] }, "messages", /reads text only, no image_url/],
    [{ tools, response_format: { type: "json_object" } }, "response_format", /either tools or a response_format/],
    [{ tools, tool_choice: "required" }, "tool_choice", /"auto" or "none"/],
    [{ response_format: format }, "response_format", /cannot hold itself to allOf/],
    [{ temperature: 9 }, "temperature", /temperature/],
    [{ messages: [{ role: "user", content: "kiln ".repeat(600) }] }, "messages", /has \d+ tokens, and .* holds 512/],
    [{ messages: [{ role: "user", content: "kiln".repeat(9000) }] }, "messages", /far more than 512 tokens/],
  ])("is refused before anything is generated: %j", async (body, param, message) => {
    await expect(plain(body)).rejects.toMatchObject({
      code: "invalid_input",
      param,
      message: expect.stringMatching(message),
    });
    expect(fake.calls).toEqual([]);
  });

  it("is to answer two at once: one waits for the other, and a long line is refused", async () => {
    const answers = await Promise.allSettled(Array.from({ length: 12 }, () => plain()));
    expect(fake.running.most).toBe(1);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(9);
    const refused = answers.filter((answer) => answer.status === "rejected");
    for (const { reason } of refused)
      expect(reason).toMatchObject({
        code: "rate_limited",
        retryAfterSeconds: 10,
        message: expect.stringMatching(/8 are waiting/),
      });
  });
});

describe("an answer that ends early", () => {
  it("stops generating when the caller goes, and the next one begins", async () => {
    fake.words = Array.from({ length: 10_000 }, () => "x");
    const caller = new AbortController();
    const pieces = await engine.stream(call({}, caller.signal));
    let read = 0;
    await expect(
      (async () => {
        for await (const piece of pieces) if (piece.text !== "" && ++read === 3) caller.abort(new Error("gone"));
      })(),
    ).rejects.toThrow("gone");
    expect(fake.running.now).toBe(0);
    fake.words = ["Again."];
    expect((await plain()).text).toBe("Again.");
  });

  it("stops generating when the reader leaves without a word", async () => {
    fake.words = Array.from({ length: 10_000 }, () => "x");
    for await (const piece of await engine.stream(call())) if (piece.text !== "") break;
    expect(fake.running.now).toBe(0);
  });

  it("leaves the line when the caller goes while waiting", async () => {
    const first = engine.plain(call());
    const caller = new AbortController();
    const second = engine.plain(call({}, caller.signal));
    caller.abort(new Error("gone"));
    await expect(second).rejects.toThrow("gone");
    await first;
    expect(fake.calls).toHaveLength(1);
    await plain();
  });

  it("says that time ran out, or that the model broke", async () => {
    const late = call({}, AbortSignal.abort(new DOMException("late", "TimeoutError")));
    await expect(engine.plain(late)).rejects.toMatchObject({
      code: "upstream_failed",
      message: expect.stringMatching(/in time/),
    });
    fake.failure = new Error("ggml: out of memory");
    await expect(plain()).rejects.toMatchObject({
      code: "upstream_failed",
      message: expect.not.stringContaining("ggml"),
    });
    fake.failure = null;
    expect((await plain()).text).toBe("I fire it at night.");
  });
});

class NoBinaryFoundError extends Error {}
class InsufficientMemoryError extends Error {}

describe("a model that cannot be loaded", () => {
  it.each([
    [new NoBinaryFoundError("NoBinaryFoundError"), /no prebuilt binary that runs on this machine.*MODEL_SERVERS/],
    [new InsufficientMemoryError("A context size of 8192 is too large"), /not enough memory.*MODEL_CONTEXT_TOKENS/],
  ])("says what to do about %s", async (cause, message) => {
    const failing = ggufEngineWith(async () => ({ ...(await fake.load()), getLlama: () => Promise.reject(cause) }));
    await expect(failing.plain(call())).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(message),
    });
  });

  it("says what the file has to be, and is tried again at the next call", async () => {
    const broken = () => engine.plain(call({}, undefined, "broken"));
    await expect(broken()).rejects.toMatchObject({ code: "unavailable", message: expect.stringMatching(/GGUF/) });
    await expect(broken()).rejects.toMatchObject({ code: "unavailable" });
    expect(fake.loads.loadModel).toHaveLength(2);
  });

  it.skipIf(existsSync("node_modules/node-llama-cpp"))(
    "says how the runtime is installed when it is missing",
    async () => {
      await expect(ggufEngineWith().plain(call())).rejects.toMatchObject({
        code: "unavailable",
        message: expect.stringMatching(/npm install --no-save node-llama-cpp@3\.\d+\.\d+/),
      });
    },
  );
});

describe("compiling with a model in this process", () => {
  it("happens only where COMPILE_MODEL names it", () => {
    const local = settings();
    expect(compileModel(local)).toBeNull();
    expect(compileModel({ ...local, COMPILE_MODEL: `tiny-${count}` })?.id).toBe(`tiny-${count}`);
  });

  it("goes through the AI SDK, held to the schema", async () => {
    fake.words = ['{"statements":', '["I fire at night."]}'];
    const provider = createOpenAICompatible({
      name: "local",
      baseURL: ggufBaseUrl,
      supportsStructuredOutputs: true,
      fetch: ggufFetch(modelOf(), fake.load),
    });
    const { output, usage } = await generateText({
      model: provider.chatModel("tiny"),
      prompt: "Extract.",
      output: Output.object({ schema: z.object({ statements: z.array(z.string()) }) }),
    });
    expect(output).toEqual({ statements: ["I fire at night."] });
    expect(usage.outputTokens).toBe(2);
    expect(fake.loads.grammars).toMatchObject([{ type: "object", properties: { statements: { type: "array" } } }]);
  });
});
