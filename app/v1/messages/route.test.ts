import { createAnthropic } from "@ai-sdk/anthropic";
import Anthropic from "@anthropic-ai/sdk";
import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import { generateText, isStepCount, Output, streamText, tool } from "ai";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { startFakeProvider } from "@/e2e/fake-provider/start-fake-provider";
import type { Ctx } from "@/lib/auth/context";
import { books, fakeKey, serveFrom, userWithFace } from "@/lib/chat/testing";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { serveForTest } from "@/lib/http/testing";
import { createKey } from "@/lib/keys/create-key";
import { CreateKeyInput } from "@/lib/keys/schemas";

const provider = await startFakeProvider({ apiKey: fakeKey });
serveFrom(provider.url);
const { db, url } = await testDatabase();
vi.stubEnv("DATABASE_URL", url);

const server = await serveForTest({
  "POST /v1/messages": (await import("./route")).POST,
  "POST /v1/messages/count_tokens": (await import("./count_tokens/route")).POST,
  "GET /v1/traces/{id}": (await import("@/app/v1/traces/[id]/route")).GET,
});

afterEach(() => provider.reset());
afterAll(async () => {
  await server.close();
  await provider.stop();
  await closePool();
  await (await import("@/lib/db/client")).db().$disconnect();
});

async function clients(ctx: Ctx) {
  const { key: apiKey } = await createKey(ctx, CreateKeyInput.parse({ name: "test" }));
  const anthropic = new Anthropic({ apiKey, baseURL: server.url, maxRetries: 0 });
  return { apiKey, anthropic, sdk: createAnthropic({ apiKey, baseURL: `${server.url}/v1` }) };
}

function sent(): Record<string, unknown> {
  return provider.requests.at(-1)?.body as Record<string, unknown>;
}

const messages = [{ role: "user" as const, content: "What city do you live in?" }];
const weather = {
  name: "weather",
  description: "The weather at a place",
  input_schema: { type: "object" as const, properties: { place: { type: "string" } }, required: ["place"] },
};

/** Every wire that answers, with what it makes of a face's name. */
const models = { "an Anthropic model": "alice@claude-sonnet-4-6", "an OpenAI model": "alice@gpt-4o-mini" };

describe.each(Object.entries(models))("the official @anthropic-ai/sdk with a face on %s", (_, model) => {
  it("gets a message, and its stream adds up to the same", async () => {
    const ctx = await userWithFace(db);
    const { anthropic } = await clients(ctx);
    const body = { model, max_tokens: 200, system: "Answer briefly.", messages };
    const { data: message, response } = await anthropic.messages.create(body).withResponse();
    expect(message).toMatchObject({ type: "message", role: "assistant", stop_reason: "end_turn", stop_sequence: null });
    expect(message.id).toMatch(/^msg_/);
    expect(message.content).toMatchObject([{ type: "text", text: expect.stringContaining("What city") as string }]);
    expect(Number(response.headers.get("x-faces-cost-usd"))).toBeGreaterThan(0);
    expect(response.headers.get("request-id")).toBe(response.headers.get("x-request-id"));

    const heard: string[] = [];
    const stream = anthropic.messages.stream(body).on("text", (text) => heard.push(text));
    const whole = await stream.finalMessage();
    expect(whole.content).toEqual(message.content);
    expect(heard.length).toBeGreaterThan(3);
    expect(whole.stop_reason).toBe("end_turn");
    expect(whole.usage).toMatchObject({
      input_tokens: message.usage.input_tokens,
      output_tokens: message.usage.output_tokens,
    });
    expect(await books(ctx)).toMatchObject({ records: 2, reserved: 0n, isExact: true });
  });

  it("speaks as the face, ahead of the client's own system prompt", async () => {
    const { anthropic } = await clients(await userWithFace(db));
    await anthropic.messages.create({ model, max_tokens: 9, system: "Answer briefly.", messages });
    expect(JSON.stringify(sent())).toMatch(
      /You are Alice Reyes.*Alice is a potter\. She lives in Lisbon\..*Answer briefly\./,
    );
  });

  it("calls tools and hears what came of them, whole and streamed", async () => {
    const { anthropic } = await clients(await userWithFace(db));
    const ask = {
      model,
      max_tokens: 100,
      tools: [weather],
      messages: [{ role: "user" as const, content: "Rain in Oslo? [[tool]]" }],
    };
    const plain = await anthropic.messages.create(ask);
    const streamed = await anthropic.messages.stream(ask).finalMessage();
    for (const called of [plain, streamed]) {
      expect(called.stop_reason).toBe("tool_use");
      expect(called.content).toMatchObject([
        { type: "tool_use", name: "weather", input: { place: expect.any(String) as string } },
      ]);
    }
    const [call] = plain.content;
    const told = await anthropic.messages.create({
      ...ask,
      messages: [
        ...ask.messages,
        { role: "assistant", content: plain.content },
        {
          role: "user",
          content: [
            { type: "tool_result", tool_use_id: call?.type === "tool_use" ? call.id : "", content: "It rains." },
          ],
        },
      ],
    });
    expect(told.content).toMatchObject([{ type: "text", text: expect.stringContaining("It rains.") as string }]);
  });

  it("gets an answer that follows a schema", async () => {
    const { anthropic } = await clients(await userWithFace(db));
    const Where = z.object({ town: z.string(), since: z.number().nullable() });
    const format = zodOutputFormat(Where);
    const parsed = await anthropic.messages.parse({ model, max_tokens: 100, messages, output_config: { format } });
    expect(Where.parse(parsed.parsed_output)).toHaveProperty("town");
  });

  it("sends images, and finds them at the model", async () => {
    const { anthropic } = await clients(await userWithFace(db));
    const data = "iVBORw0KGgo=";
    const content: Anthropic.ContentBlockParam[] = [
      { type: "image", source: { type: "base64", media_type: "image/png", data } },
      { type: "text", text: "What is it?" },
    ];
    const answer = await anthropic.messages.create({ model, max_tokens: 100, messages: [{ role: "user", content }] });
    expect(answer.stop_reason).toBe("end_turn");
    expect(JSON.stringify(sent())).toMatch(/"(?:data:image\/png;base64,)?iVBORw0KGgo="/);
  });

  it("runs tools by itself, through its beta address too", async () => {
    const { anthropic } = await clients(await userWithFace(db));
    const heard: unknown[] = [];
    const run = (input: unknown) => {
      heard.push(input);
      return "It rains.";
    };
    const runner = anthropic.beta.messages.toolRunner({
      model,
      max_tokens: 100,
      messages: [{ role: "user", content: "Rain in Oslo? [[tool]]" }],
      tools: [{ ...weather, run, parse: (input: unknown) => input }],
      stream: true,
    });
    const last = await runner.runUntilDone();
    expect(heard).toEqual([{ place: expect.any(String) as string }]);
    expect(last.content).toMatchObject([{ type: "text", text: expect.stringContaining("It rains.") as string }]);
  });

  it("is told the limit that was met", async () => {
    const { anthropic } = await clients(await userWithFace(db));
    const body = { model, max_tokens: 5, messages: [{ role: "user" as const, content: "[[long:50]]" }] };
    expect(await anthropic.messages.create(body)).toMatchObject({ stop_reason: "max_tokens" });
    expect(await anthropic.messages.stream(body).finalMessage()).toMatchObject({ stop_reason: "max_tokens" });
  });

  it("finds Anthropic's errors, before the first byte and after it", async () => {
    const ctx = await userWithFace(db);
    const { anthropic } = await clients(ctx);
    const ask = (body: object) =>
      anthropic.messages.create({
        model,
        max_tokens: 9,
        messages,
        ...body,
      } as Anthropic.MessageCreateParamsNonStreaming);
    provider.fault({ kind: "status", status: 529, message: "Overloaded" });
    await expect(ask({})).rejects.toMatchObject({ status: 502, type: "api_error" });
    provider.fault({ kind: "status", status: 400, message: "Bad tool" });
    await expect(ask({})).rejects.toThrowError(Anthropic.UnprocessableEntityError);
    await expect(ask({ max_tokens: undefined })).rejects.toMatchObject({
      status: 422,
      type: "invalid_request_error",
      apiMessage: "max_tokens is missing.",
    });
    for (const fault of [
      { kind: "cut" as const },
      { kind: "cut" as const, isClean: true },
      { kind: "error-event" as const, afterEvents: 3 },
    ]) {
      provider.fault(fault);
      const failure = await anthropic.messages
        .stream({ model, max_tokens: 100, messages })
        .finalMessage()
        .catch((error: unknown) => error);
      expect(failure, JSON.stringify(fault)).toBeInstanceOf(Anthropic.APIError);
      expect(failure).toMatchObject({ type: expect.stringMatching(/_error$/) as string });
    }
    await vi.waitFor(async () => expect(await books(ctx)).toMatchObject({ records: 3, reserved: 0n, isExact: true }));
  });

  it("counts tokens with the face's part, and charges nothing", async () => {
    const ctx = await userWithFace(db);
    const { anthropic } = await clients(ctx);
    const bare = await anthropic.messages.countTokens({ model: model.replace("alice@", ""), messages });
    const counted = await anthropic.messages.countTokens({ model, messages });
    expect(bare.input_tokens).toBeGreaterThan(3);
    expect(counted.input_tokens).toBeGreaterThan(bare.input_tokens + 50);
    expect(await books(ctx)).toMatchObject({ records: 0, reserved: 0n, isExact: true });
  });
});

describe("Anthropic's request on its way to an Anthropic model", () => {
  it("keeps every field, known here or not, and the headers that belong to the wire", async () => {
    const { anthropic } = await clients(await userWithFace(db));
    const body = {
      max_tokens: 2_000,
      messages: [
        { role: "user", content: [{ type: "text", text: "Hi", cache_control: { type: "ephemeral" } }] },
        { role: "assistant", content: [{ type: "thinking", thinking: "t", signature: "s" }] },
        { role: "user", content: "Go on" },
      ],
      system: [{ type: "text", text: "Own.", cache_control: { type: "ephemeral" } }],
      stop_sequences: ["END"],
      temperature: 0.4,
      top_k: 5,
      top_p: 0.9,
      thinking: { type: "enabled", budget_tokens: 1_024 },
      tools: [weather, { type: "web_search_20250305", name: "web_search", max_uses: 2 }],
      tool_choice: { type: "auto", disable_parallel_tool_use: true },
      metadata: { user_id: "u" },
      service_tier: "auto",
      container: "c_1",
      mcp_servers: [{ type: "url", url: "https://x", name: "x" }],
      context_management: { edits: [] },
      x_unknown: { deep: [1, { a: null }] },
    };
    await anthropic.messages.create(
      { model: "alice@claude-sonnet-4-6", ...body } as unknown as Anthropic.MessageCreateParamsNonStreaming,
      { headers: { "anthropic-beta": "some-beta-2026" } },
    );
    const { model, system, ...rest } = sent();
    expect(model).toBe("claude-sonnet-4-6");
    expect(system).toEqual([
      { type: "text", text: expect.stringMatching(/^You are Alice Reyes/) as string },
      body.system[0],
    ]);
    const { system: _, ...others } = body;
    expect(rest).toEqual(others);
    expect(provider.requests.at(-1)?.headers).toMatchObject({
      "anthropic-beta": "some-beta-2026",
      // the SDK's own
      "anthropic-version": expect.stringMatching(/^20/) as string,
      "x-api-key": fakeKey,
    });
    expect(JSON.stringify(provider.requests.at(-1)?.headers)).not.toContain("sk-faces");
  });

  it("comes back byte by byte, for a bare model with nothing added", async () => {
    const { apiKey } = await clients(await userWithFace(db));
    const body = JSON.stringify({ model: "claude-sonnet-4-6", max_tokens: 50, stream: true, messages });
    const headers = { "x-api-key": apiKey, "content-type": "application/json" };
    const streamed = await (await fetch(`${server.url}/v1/messages`, { method: "POST", headers, body })).text();
    expect(sent()).toEqual(JSON.parse(body));
    const direct = await fetch(`${provider.url}/v1/messages`, {
      method: "POST",
      headers: { "x-api-key": fakeKey, "anthropic-version": "2023-06-01", "content-type": "application/json" },
      body: provider.requests.at(-1)?.rawBody.toString() ?? "",
    });
    expect(streamed).toBe(await direct.text());
  });
});

describe("a request that cannot be answered", () => {
  it("is refused for what only Anthropic's models take, in a sentence that names the field, and costs nothing", async () => {
    const ctx = await userWithFace(db);
    const { anthropic } = await clients(ctx);
    const tools = [{ type: "web_search_20250305" as const, name: "web_search" as const }];
    await expect(
      anthropic.messages.create({ model: "alice@gpt-4o-mini", max_tokens: 9, messages, tools }),
    ).rejects.toMatchObject({
      status: 422,
      apiMessage: "tools.0: only Anthropic's models take a tool of type web_search_20250305.",
    });
    expect(provider.requests).toHaveLength(0);
    expect(await books(ctx)).toMatchObject({ records: 0, reserved: 0n, isExact: true });
  });

  it("is not broken by a request that is nested without end", async () => {
    const ctx = await userWithFace(db);
    const { apiKey } = await clients(ctx);
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    for (const model of ["alice@builtin", "alice@gpt-4o-mini", "alice@claude-sonnet-4-6"]) {
      const tools = [{ name: "f", input_schema: { enum: "DEEP" } }];
      const body = JSON.stringify({ model, max_tokens: 9, messages, tools }).replace('"DEEP"', deep);
      const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
      const response = await fetch(`${server.url}/v1/messages`, { method: "POST", headers, body });
      const answer = (await response.json()) as object;
      expect(response.status, model).toBe(422);
      expect(answer).toMatchObject({ type: "error", error: { type: "invalid_request_error" } });
    }
    expect(await books(ctx)).toMatchObject({ reserved: 0n, isExact: true });
  });
});

describe("the built-in engine behind Anthropic's shape", () => {
  it("answers, says what it is, and needs no credit", async () => {
    const ctx = await testUser(db);
    await db.face.create({
      data: {
        id: "face_01HZZZZZZZZZZZZZZZZZZZZZZZ",
        accountId: ctx.actor.accountId,
        username: "alice",
        name: "Alice Reyes",
        basicFacts: "Alice is a potter. She lives in Lisbon.",
      },
    });
    const { anthropic } = await clients(ctx);
    const body = { model: "alice@builtin", max_tokens: 300, messages };
    const message = await anthropic.messages.create(body);
    expect(message.model).toBe("builtin");
    expect(message.content).toMatchObject([{ type: "text", text: expect.stringContaining("Lisbon") as string }]);
    expect(message.usage.output_tokens).toBeGreaterThan(3);
    const whole = await anthropic.messages.stream(body).finalMessage();
    expect(whole.content).toEqual(message.content);
    expect(whole.usage).toMatchObject({ output_tokens: message.usage.output_tokens });
  });

  it("tells errors of ours with Anthropic's types", async () => {
    const { anthropic } = await clients(await testUser(db));
    const ask = (model: string) => anthropic.messages.create({ model, max_tokens: 9, messages });
    await expect(ask("nobody")).rejects.toThrowError(Anthropic.NotFoundError);
    await expect(ask("gpt-4o")).rejects.toMatchObject({ status: 402, type: "billing_error" });
    const stranger = new Anthropic({ apiKey: "sk-faces-nobody", baseURL: server.url, maxRetries: 0 });
    await expect(stranger.messages.create({ model: "alice", max_tokens: 9, messages })).rejects.toMatchObject({
      status: 401,
      type: "authentication_error",
      requestID: expect.stringMatching(/^req_/) as string,
    });
  });
});

describe.each(Object.entries(models))("the ai package with @ai-sdk/anthropic and a face on %s", (_, model) => {
  const tools = {
    weather: tool({
      description: "The weather at a place",
      inputSchema: z.object({ place: z.string() }),
      execute: () => Promise.resolve("It rains."),
    }),
  };

  it("reads text, usage and the reason, whole and streamed", async () => {
    const { sdk } = await clients(await userWithFace(db));
    const ask = {
      model: sdk(model),
      maxRetries: 0,
      maxOutputTokens: 200,
      instructions: "Answer briefly.",
      prompt: "Where do you live?",
    };
    const { text, usage, finishReason } = await generateText(ask);
    expect(text).toContain("Where do you live?");
    expect(finishReason).toBe("stop");
    const streamed = streamText(ask);
    expect(await streamed.text).toBe(text);
    expect(await streamed.usage).toMatchObject({ inputTokens: usage.inputTokens, outputTokens: usage.outputTokens });
    expect(await streamed.finishReason).toBe("stop");
  });

  it("reads an answer that follows a schema", async () => {
    const { sdk } = await clients(await userWithFace(db));
    const schema = z.object({ town: z.string(), since: z.number().nullable() });
    const ask = { model: sdk(model), maxRetries: 0, maxOutputTokens: 200, prompt: "Where?" };
    expect((await generateText({ ...ask, output: Output.object({ schema }) })).output).toHaveProperty("town");
  });

  it("runs a tool and goes on with what it gave, whole and streamed", async () => {
    const { sdk } = await clients(await userWithFace(db));
    const ask = {
      model: sdk(model),
      maxRetries: 0,
      maxOutputTokens: 200,
      prompt: "Rain in Oslo? [[tool]]",
      tools,
      stopWhen: isStepCount(2),
    };
    const { text, steps } = await generateText(ask);
    expect(steps.map(({ finishReason }) => finishReason)).toEqual(["tool-calls", "stop"]);
    expect(text).toContain("It rains.");
    expect(await streamText(ask).text).toBe(text);
  });
});
