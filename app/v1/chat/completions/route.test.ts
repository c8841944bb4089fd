import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { afterAll, describe, expect, it, vi } from "vitest";
import { startFakeProvider } from "@/e2e/fake-provider/start-fake-provider";
import { fakeKey, serveFrom, userWithFace } from "@/lib/chat/testing";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { createKey } from "@/lib/keys/create-key";
import { CreateKeyInput } from "@/lib/keys/schemas";

const provider = await startFakeProvider({ apiKey: fakeKey });
serveFrom(provider.url);
const { db, url } = await testDatabase();
vi.stubEnv("DATABASE_URL", url);

const routes = {
  "/v1/chat/completions": await import("./route"),
  "/v1/models": await import("@/app/v1/models/route"),
  "/v1/openai/chat/completions": await import("@/app/v1/openai/chat/completions/route"),
  "/v1/anthropic/messages": await import("@/app/v1/anthropic/messages/route"),
};
const modelRoute = await import("@/app/v1/models/[...model]/route");
const traceRoute = await import("@/app/v1/traces/[id]/route");

afterAll(async () => {
  await provider.stop();
  await closePool();
  await (await import("@/lib/db/client")).db().$disconnect();
});

type Handler = (request: Request, next: { params: Promise<Record<string, string | string[]>> }) => Promise<Response>;

/** The routes as a client of the network would reach them, without a network. */
async function call(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const { pathname } = new URL(request.url);
  const handlers: Partial<Record<string, Handler>> = routes[pathname as keyof typeof routes] ?? {};
  const handler = handlers[request.method];
  if (handler !== undefined) return handler(request, { params: Promise.resolve({}) });
  const [, , collection, ...rest] = pathname.split("/");
  if (collection === "models") return modelRoute.GET(request, { params: Promise.resolve({ model: rest }) });
  return traceRoute.GET(request, { params: Promise.resolve({ id: rest[0] ?? "" }) });
}

async function clients(ctx: Awaited<ReturnType<typeof testUser>>) {
  const { key: apiKey } = await createKey(ctx, CreateKeyInput.parse({ name: "test" }));
  const openai = new OpenAI({ apiKey, baseURL: "http://faces.test/v1", fetch: call, maxRetries: 0 });
  const proxied = new OpenAI({ apiKey, baseURL: "http://faces.test/v1/openai", fetch: call, maxRetries: 0 });
  // Anthropic's SDK adds /v1/messages itself
  const anthropicFetch = (input: string | URL | Request, init?: RequestInit) =>
    call(String(input).replace("/v1/messages", "/messages"), init);
  const anthropic = new Anthropic({
    apiKey,
    baseURL: "http://faces.test/v1/anthropic",
    fetch: anthropicFetch,
    maxRetries: 0,
  });
  return { openai, proxied, anthropic };
}

const messages = [{ role: "user" as const, content: "What city do you live in?" }];

describe("the official openai package", () => {
  it("gets an answer of a face from the built-in engine, which says what it is", async () => {
    const { openai } = await clients(await userWithFace(db));
    const completion = await openai.chat.completions.create({ model: "alice@builtin", messages });
    expect(completion.choices[0]?.message.content).toBe("About me it is noted: “She lives in Lisbon.”");
    expect(completion.model).toBe("builtin");
    expect(completion.system_fingerprint).toMatch(/not a language model/);
    expect(completion.usage?.total_tokens).toBeGreaterThan(20);
  });

  it("streams one from a provider, and reads why it was given", async () => {
    const { openai } = await clients(await userWithFace(db));
    const { data: stream, response } = await openai.chat.completions
      .create({ model: "alice", messages, stream: true, stream_options: { include_usage: true } })
      .withResponse();
    let text = "";
    let usage = null;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? "";
      usage = chunk.usage ?? usage;
    }
    expect(text.length).toBeGreaterThan(10);
    expect(usage).toMatchObject({ completion_tokens: expect.any(Number) as number });
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    const trace = await openai.get(`/traces/${response.headers.get("x-faces-trace-id")}`);
    expect(trace).toMatchObject({ data: { model: "gpt-4o-mini", tokens: { output: expect.any(Number) as number } } });
  });

  it("throws when the provider breaks off in the middle", async () => {
    const { openai } = await clients(await userWithFace(db));
    provider.fault({ kind: "cut" });
    const stream = await openai.chat.completions.create({ model: "alice@gpt-4o", messages, stream: true });
    await expect(
      (async () => {
        for await (const chunk of stream) void chunk;
      })(),
    ).rejects.toThrowError(/OpenAI/);
  });

  it("lists the models, each with its price, and finds one by its id", async () => {
    const { openai } = await clients(await testUser(db));
    const models = [];
    for await (const model of openai.models.list()) models.push(model);
    expect(models.map(({ id }) => id)).toEqual(expect.arrayContaining(["gpt-4o-mini", "claude-sonnet-4-6", "builtin"]));
    expect(models.find(({ id }) => id === "gpt-4o")).toMatchObject({
      object: "model",
      pricing: { input_usd_per_million: 2.5 },
    });
    expect(await openai.models.retrieve("gpt-4o")).toMatchObject({ id: "gpt-4o" });
    await expect(openai.models.retrieve("accounts/x/y")).rejects.toThrowError(OpenAI.NotFoundError);
  });

  it("finds its own error classes", async () => {
    const ctx = await userWithFace(db);
    const { openai } = await clients(ctx);
    const ask = (body: object) =>
      openai.chat.completions.create({
        model: "alice",
        messages,
        ...body,
      } as OpenAI.ChatCompletionCreateParamsNonStreaming);
    await expect(ask({ model: "nobody" })).rejects.toThrowError(OpenAI.NotFoundError);
    await expect(ask({ messages: [] })).rejects.toThrowError(OpenAI.UnprocessableEntityError);
    await expect(ask({ messages: "hi" })).rejects.toMatchObject({ status: 422, param: "messages" });
    provider.fault({ kind: "status", status: 503 });
    await expect(ask({})).rejects.toThrowError(OpenAI.InternalServerError);
    const poor = await clients(await testUser(db));
    await expect(poor.openai.chat.completions.create({ model: "gpt-4o", messages })).rejects.toMatchObject({
      status: 402,
      code: "insufficient_credits",
    });
    const stranger = new OpenAI({
      apiKey: "sk-faces-nobody",
      baseURL: "http://faces.test/v1",
      fetch: call,
      maxRetries: 0,
    });
    await expect(stranger.models.list()).rejects.toThrowError(OpenAI.AuthenticationError);
  });
});

describe("the transparent proxies", () => {
  it("pass OpenAI's answers and errors on as they are, and bill them", async () => {
    const ctx = await userWithFace(db);
    const { proxied } = await clients(ctx);
    const { data, response } = await proxied.chat.completions.create({ model: "gpt-4o", messages }).withResponse();
    expect(data.choices[0]?.message.content?.length).toBeGreaterThan(5);
    expect(Number(response.headers.get("x-faces-cost-usd"))).toBeGreaterThan(0);
    const stream = await proxied.chat.completions.create({ model: "gpt-4o", messages, stream: true });
    for await (const chunk of stream) expect(chunk.usage ?? null).toBeNull();
    provider.fault({ kind: "status", status: 429, message: "Slow down" });
    await expect(proxied.chat.completions.create({ model: "gpt-4o", messages })).rejects.toThrowError(
      OpenAI.RateLimitError,
    );
    const records = await db.usageRecord.findMany({ where: { accountId: ctx.actor.accountId, kind: "proxy" } });
    expect(records).toHaveLength(2);
    expect(records.every(({ costMicroUsd, outputTokens }) => costMicroUsd > 0n && outputTokens > 0)).toBe(true);
  });

  it("pass Anthropic's on, streamed too, and tell our errors in its shape", async () => {
    const ctx = await userWithFace(db);
    const { anthropic } = await clients(ctx);
    const body = { model: "claude-sonnet-4-6", max_tokens: 100, messages };
    const message = await anthropic.messages.create(body);
    expect(message).toMatchObject({ type: "message", role: "assistant" });
    const final = await anthropic.messages.stream(body).finalMessage();
    expect(final.content).toEqual(message.content);
    await expect(anthropic.messages.create({ ...body, model: "claude-9" })).rejects.toThrowError(
      Anthropic.NotFoundError,
    );
    await expect(anthropic.messages.create({ ...body, model: "claude-9" })).rejects.toThrowError(
      /"type":"not_found_error"/,
    );
    provider.fault({ kind: "status", status: 529 });
    await expect(anthropic.messages.create(body)).rejects.toMatchObject({ status: 529 });
    const records = await db.usageRecord.findMany({ where: { accountId: ctx.actor.accountId, kind: "proxy" } });
    expect(records).toHaveLength(2);
    expect(new Set(records.map(({ costMicroUsd }) => costMicroUsd)).size).toBe(1);
  });
});
