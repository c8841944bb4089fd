import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, Output, streamText, tool } from "ai";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";

import { MADE_UP_QUOTE } from "./prompt-sentences";
import { type FakeProvider, startFakeProvider } from "./start-fake-provider";

let provider: FakeProvider;

beforeAll(async () => {
  provider = await startFakeProvider();
});
afterAll(() => provider.stop());
beforeEach(() => provider.reset());

const models = {
  "OpenAI's responses": () => createOpenAI({ apiKey: "k", baseURL: `${provider.url}/v1` })("gpt-4o-mini"),
  "OpenAI's chat": () => createOpenAI({ apiKey: "k", baseURL: `${provider.url}/v1` }).chat("gpt-4o-mini"),
  "a compatible server": () =>
    createOpenAICompatible({
      name: "fake",
      apiKey: "k",
      baseURL: `${provider.url}/v1`,
      includeUsage: true,
      supportsStructuredOutputs: true,
    })("fake-large"),
  Anthropic: () => createAnthropic({ apiKey: "k", baseURL: `${provider.url}/v1` })("claude-sonnet-4-6"),
};

const Found = z.object({ statements: z.array(z.object({ quote: z.string(), reason: z.string().nullable() })) });

describe.each(Object.entries(models))("the AI SDK speaking to %s", (_, model) => {
  const ask = { maxRetries: 0, instructions: "You are Mara.", prompt: "Do you fly?" };
  const sentence = "I was given 13 system characters. You said: “Do you fly?”";

  test("reads text and usage", async () => {
    const { text, usage, finishReason } = await generateText({ ...ask, model: model() });
    expect([text, usage.inputTokens, usage.outputTokens, finishReason]).toEqual([sentence, 6, 11, "stop"]);
  });

  test("reads a stream and its usage", async () => {
    const result = streamText({ ...ask, model: model() });
    expect(await result.text).toBe(sentence);
    expect((await result.usage).outputTokens).toBe(11);
  });

  test("reads structured output", async () => {
    const { output } = await generateText({
      ...ask,
      model: model(),
      prompt: "I never fly. It rained.",
      output: Output.object({ schema: Found }),
    });
    expect(output.statements).toEqual([
      { quote: "I never fly.", reason: null },
      { quote: MADE_UP_QUOTE, reason: null },
    ]);
  });

  test("reads a tool call", async () => {
    const tools = { note: tool({ inputSchema: z.object({ text: z.string() }), outputSchema: z.string() }) };
    const { toolCalls } = await generateText({ ...ask, model: model(), prompt: "I never fly. [[tool]]", tools });
    expect(toolCalls).toMatchObject([{ toolName: "note", input: { text: "I never fly." } }]);
  });
});
