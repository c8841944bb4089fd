import Anthropic from "@anthropic-ai/sdk";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { collect } from "./collect";
import { type FakeProvider, startFakeProvider } from "./start-fake-provider";

let provider: FakeProvider;
let client: Anthropic;

beforeAll(async () => {
  provider = await startFakeProvider();
  client = new Anthropic({ apiKey: "sk-ant-test", baseURL: provider.url, maxRetries: 0 });
});
afterAll(() => provider.stop());
beforeEach(() => provider.reset());

const ask = {
  model: "claude-sonnet-4-6",
  max_tokens: 100,
  system: "You are Mara.",
  messages: [{ role: "user" as const, content: "Do you fly?" }],
};
const SENTENCE = "I was given 13 system characters. You said: “Do you fly?”";

test("answers a message with blocks, a stop reason and usage", async () => {
  const message = await client.messages.create(ask);
  expect(message.content).toEqual([{ type: "text", text: SENTENCE }]);
  expect(message).toMatchObject({ stop_reason: "end_turn", usage: { input_tokens: 6, output_tokens: 11 } });
});

test("streams the events in Anthropic's order", async () => {
  const events = await collect(await client.messages.create({ ...ask, stream: true }));
  const types = events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
  expect(types).toEqual([
    "message_start",
    "content_block_start",
    "content_block_delta",
    "content_block_stop",
    "message_delta",
    "message_stop",
  ]);
  expect(await client.messages.stream(ask).finalText()).toBe(SENTENCE);
});

test("says max_tokens when it ran out, and stop_sequence when it met one", async () => {
  expect(await client.messages.create({ ...ask, max_tokens: 2 })).toMatchObject({
    stop_reason: "max_tokens",
    content: [{ text: "I was" }],
  });
  expect(await client.messages.create({ ...ask, stop_sequences: ["system"] })).toMatchObject({
    stop_reason: "stop_sequence",
    stop_sequence: "system",
  });
});

test("uses a tool when told to, streamed or not", async () => {
  const tools = [{ name: "note", input_schema: { type: "object" as const, properties: { text: { type: "string" } } } }];
  const body = { ...ask, tools, tool_choice: { type: "tool" as const, name: "note" } };
  const expected = {
    stop_reason: "tool_use",
    content: [{ type: "tool_use", name: "note", input: { text: "Do you fly?" } }],
  };

  expect(await client.messages.create(body)).toMatchObject(expected);
  expect(await client.messages.stream(body).finalMessage()).toMatchObject(expected);
});

test("counts tokens as a call would report them", async () => {
  const { model, system, messages } = ask;
  expect(await client.messages.countTokens({ model, system, messages })).toEqual({ input_tokens: 6 });
});

test("lists models in Anthropic's shape", async () => {
  expect((await client.models.list()).data.map(({ id }) => id)).toContain("claude-sonnet-4-6");
});

test("refuses a request without key or version in Anthropic's shape", async () => {
  const send = async (headers: Record<string, string>): Promise<unknown> => {
    const response = await fetch(`${provider.url}/v1/messages`, { method: "POST", headers, body: JSON.stringify(ask) });
    return [response.status, await response.json()];
  };
  const refused = [401, { type: "error", error: { type: "authentication_error" } }];

  expect(await send({ "anthropic-version": "2023-06-01" })).toMatchObject(refused);
  expect(await send({ "x-api-key": "k" })).toMatchObject(refused);
});

test("reports a missing max_tokens as an invalid request", async () => {
  const { max_tokens: _, ...rest } = ask;
  await expect(client.messages.create(rest as typeof ask)).rejects.toThrow(Anthropic.BadRequestError);
});

test("is overloaded on demand", async () => {
  provider.fault({ kind: "status", status: 529 });
  await expect(client.messages.create(ask)).rejects.toMatchObject({
    status: 529,
    error: { error: { type: "overloaded_error" } },
  });
});

test("breaks off a stream with an error event on demand", async () => {
  provider.fault({ kind: "error-event", afterEvents: 4 });
  const stream = await client.messages.create({ ...ask, stream: true });
  await expect(collect(stream)).rejects.toThrow(/Overloaded/);
});
