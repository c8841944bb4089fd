import OpenAI, { toFile } from "openai";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { collect } from "./collect";
import { MADE_UP_QUOTE } from "./prompt-sentences";
import { type FakeProvider, startFakeProvider } from "./start-fake-provider";

let provider: FakeProvider;
let client: OpenAI;

beforeAll(async () => {
  provider = await startFakeProvider();
  client = new OpenAI({ apiKey: "sk-test", baseURL: `${provider.url}/v1`, maxRetries: 0 });
});
afterAll(() => provider.stop());
beforeEach(() => provider.reset());

const messages = [
  { role: "system" as const, content: "You are Mara." },
  { role: "user" as const, content: "Hello\nWhat do you think about Berlin?" },
];
const SENTENCE = "I was given 13 system characters. You said: “What do you think about Berlin?”";

describe("chat completions", () => {
  test("names the system's length and the user's last line", async () => {
    const done = await client.chat.completions.create({ model: "m", messages });
    expect(done.choices[0]?.message.content).toBe(SENTENCE);
    expect(done.usage).toMatchObject({ prompt_tokens: 10, completion_tokens: 14, total_tokens: 24 });
  });

  test("answers the same request with the same bytes", async () => {
    const ask = async (): Promise<string> =>
      JSON.stringify(await client.chat.completions.create({ model: "m", messages }));
    expect(await ask()).toBe(await ask());
  });

  test("streams a role, the words, a finish reason and a usage chunk without choices", async () => {
    const stream = await client.chat.completions.create({
      model: "m",
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await collect(stream);

    expect(chunks[0]?.choices[0]?.delta.role).toBe("assistant");
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("")).toBe(SENTENCE);
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe("stop");
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 24 } });
  });

  test("sends no usage chunk that was not asked for", async () => {
    const chunks = await collect(await client.chat.completions.create({ model: "m", messages, stream: true }));
    expect(chunks.every((chunk) => chunk.choices.length === 1 && chunk.usage === undefined)).toBe(true);
  });

  test("stops at max_tokens and at a stop sequence", async () => {
    const short = await client.chat.completions.create({ model: "m", messages, max_tokens: 3 });
    expect(short.choices[0]).toMatchObject({ finish_reason: "length", message: { content: "I was given" } });
    const stopped = await client.chat.completions.create({ model: "m", messages, stop: " system" });
    expect(stopped.choices[0]).toMatchObject({ finish_reason: "stop", message: { content: "I was given 13" } });
  });

  test("gives n choices with logprobs", async () => {
    const done = await client.chat.completions.create({ model: "m", messages, n: 2, logprobs: true, top_logprobs: 2 });
    expect(done.choices).toHaveLength(2);
    expect(done.choices[1]?.message.content).toContain("(choice 2)");
    expect(done.choices[0]?.logprobs?.content?.map(({ token }) => token).join("")).toBe(SENTENCE);
  });

  test("calls the tool a message names, streamed or not, and goes on in prose after its result", async () => {
    const tools = ["weather", "clock"].map((name) => ({
      type: "function" as const,
      function: { name, parameters: { type: "object", properties: { place: { type: "string" } } } },
    }));
    const asking = [{ role: "user" as const, content: "I live in Wedding. [[tool:clock]]" }];

    const done = await client.chat.completions.create({ model: "m", messages: asking, tools });
    const call = done.choices[0]?.message.tool_calls?.[0];
    expect(done.choices[0]?.finish_reason).toBe("tool_calls");
    expect(call).toMatchObject({ function: { name: "clock", arguments: '{"place":"I live in Wedding."}' } });

    const chunks = await collect(
      await client.chat.completions.create({ model: "m", messages: asking, tools, stream: true }),
    );
    const deltas = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? []);
    expect(deltas.map((delta) => delta.function?.arguments).join("")).toBe('{"place":"I live in Wedding."}');

    const after = [
      ...asking,
      { role: "assistant" as const, tool_calls: done.choices[0]?.message.tool_calls ?? [] },
      { role: "tool" as const, tool_call_id: call?.id ?? "", content: "noon" },
    ];
    const next = await client.chat.completions.create({ model: "m", messages: after, tools });
    expect(next.choices[0]?.message.content).toContain("The tool said: “noon”");
  });

  test("cites every first-person sentence of the prompt, and one that was never said", async () => {
    const text = "Mara: I keep my mother's scissors.\nIda: why??\nMara: It rained. I never fly.";
    const predicates = ["alpha.is", "alpha.can", "beta.likes", "beta.fears"];
    const schema = {
      type: "object",
      properties: {
        statements: {
          type: "array",
          items: {
            type: "object",
            properties: {
              quote: { type: "string" },
              component: { enum: ["alpha", "beta"] },
              predicate: { $ref: "#/$defs/predicate" },
              condition: { anyOf: [{ type: "string" }, { type: "null" }] },
              confidence: { type: "number", minimum: 0, maximum: 1 },
            },
          },
        },
      },
      $defs: { predicate: { type: "string", enum: predicates } },
    };
    const done = await client.chat.completions.create({
      model: "m",
      messages: [{ role: "user", content: `Extract from this:\n<text>${text}</text>` }],
      response_format: { type: "json_schema", json_schema: { name: "found", schema } },
    });
    const { statements } = JSON.parse(done.choices[0]?.message.content ?? "") as {
      statements: Record<string, string>[];
    };

    expect(statements.map(({ quote }) => quote)).toEqual([
      "I keep my mother's scissors.",
      "I never fly.",
      MADE_UP_QUOTE,
    ]);
    for (const one of statements) {
      expect(one).toMatchObject({ condition: null, confidence: 0.9 });
      expect(one["predicate"]?.split(".")[0]).toBe(one["component"]);
    }
  });
});

describe("other calls", () => {
  test("lists models", async () => {
    expect((await client.models.list()).data.map(({ id }) => id)).toContain("fake-large");
  });

  test("embeds texts so that shared words bring them near", async () => {
    const { data } = await client.embeddings.create({
      model: "e",
      input: ["night trains", "slow trains", "herring"],
      dimensions: 64,
    });
    const dot = (a = 0, b = 0): number =>
      (data[a]?.embedding ?? []).reduce((sum, value, index) => sum + value * (data[b]?.embedding[index] ?? 0), 0);
    expect(dot(0, 0)).toBeCloseTo(1);
    expect(dot(0, 1)).toBeCloseTo(0.5);
    expect(dot(0, 2)).toBeCloseTo(0);
  });

  test("transcribes a text file word for word, with timed segments on request", async () => {
    const file = new File(["I never fly. I take trains."], "talk.mp3");
    expect((await client.audio.transcriptions.create({ model: "whisper-1", file })).text).toBe(
      "I never fly. I take trains.",
    );
    const verbose = await client.audio.transcriptions.create({
      model: "whisper-1",
      file,
      response_format: "verbose_json",
    });
    expect(verbose.segments?.map(({ text }) => text)).toEqual(["I never fly.", "I take trains."]);
  });

  test("answers through the responses API, plain and streamed", async () => {
    const plain = await client.responses.create({
      model: "m",
      instructions: "You are Mara.",
      input: "What do you think about Berlin?",
    });
    expect(plain.output_text).toBe(SENTENCE);
    expect(plain.usage).toMatchObject({ input_tokens: 9, output_tokens: 14 });

    const stream = await client.responses.create({ model: "m", input: "Hi", stream: true });
    const events = await collect(stream);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    expect(
      events.flatMap((event) => (event.type === "response.output_text.delta" ? event.delta : [])).join(""),
    ).toContain("“Hi”");
    expect(events.at(-1)?.type).toBe("response.completed");
  });
});

describe("refusals", () => {
  test("refuses a missing key in OpenAI's shape", async () => {
    const response = await fetch(`${provider.url}/v1/chat/completions`, { method: "POST", body: "{}" });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error", code: null, param: null } });
  });

  test("raises the client's own error classes for an unknown model and an empty conversation", async () => {
    await expect(client.chat.completions.create({ model: "missing-1", messages })).rejects.toThrow(
      OpenAI.NotFoundError,
    );
    await expect(client.chat.completions.create({ model: "m", messages: [] })).rejects.toThrow(OpenAI.BadRequestError);
  });

  test("records what was sent", async () => {
    await client.chat.completions.create({ model: "m", messages, seed: 7 });
    expect(provider.requests).toMatchObject([
      { method: "POST", path: "/v1/chat/completions", body: { model: "m", seed: 7, messages }, aborted: false },
    ]);
    expect(provider.requests[0]?.headers.authorization).toBe("Bearer sk-test");
  });
});

test("edits of images give the last picture back, and refuse what is blocked", async () => {
  const image = await Promise.all([toFile(Buffer.from("first"), "a.png"), toFile(Buffer.from("last"), "b.png")]);
  const edited = await client.images.edit({ model: "gpt-image-1", image, prompt: "on a mountain", n: 2 });
  expect(edited.data?.map(({ b64_json }) => Buffer.from(b64_json ?? "", "base64").toString())).toEqual([
    "last",
    "last",
  ]);
  await expect(client.images.edit({ model: "gpt-image-1", image, prompt: "[[blocked]]" })).rejects.toMatchObject({
    status: 400,
    code: "moderation_blocked",
  });
});
