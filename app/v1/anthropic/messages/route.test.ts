import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { startFakeProvider } from "@/e2e/fake-provider/start-fake-provider";
import { books, fakeKey, serveFrom, userWithFace } from "@/lib/chat/testing";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { serveForTest } from "@/lib/http/testing";
import { createKey } from "@/lib/keys/create-key";
import { CreateKeyInput } from "@/lib/keys/schemas";

const provider = await startFakeProvider({ apiKey: fakeKey });
serveFrom(provider.url);
const { db } = await testDatabase();
const server = await serveForTest({
  "POST /v1/anthropic/messages": (await import("./route")).POST,
  "POST /v1/anthropic/v1/messages": (await import("@/app/v1/anthropic/v1/messages/route")).POST,
  "POST /v1/openai/chat/completions": (await import("@/app/v1/openai/chat/completions/route")).POST,
});

afterEach(() => provider.reset());
afterAll(async () => {
  await server.close();
  await provider.stop();
  await closePool();
});

async function clients() {
  const ctx = await userWithFace(db);
  const { key: apiKey } = await createKey(ctx, CreateKeyInput.parse({ name: "test" }));
  const anthropic = new Anthropic({ apiKey, baseURL: `${server.url}/v1/anthropic`, maxRetries: 0 });
  const openai = new OpenAI({ apiKey, baseURL: `${server.url}/v1/openai`, maxRetries: 0 });
  return { ctx, apiKey, anthropic, openai };
}

const messages = [{ role: "user" as const, content: "What city do you live in?" }];
const claude = { model: "claude-sonnet-4-6", max_tokens: 100, messages };
const gpt = { model: "gpt-4o-mini", messages };

describe("the official packages through the transparent proxies", () => {
  it("get Anthropic's answers, streamed and with betas and tools, over the SDK's own path", async () => {
    const { ctx, anthropic } = await clients();
    const message = await anthropic.messages.create(claude);
    const stream = anthropic.messages.stream(claude);
    expect((await stream.finalMessage()).content).toEqual(message.content);
    const tools = [{ name: "f", input_schema: { type: "object" as const, properties: {} } }];
    const asked = { ...claude, tools, tool_choice: { type: "tool" as const, name: "f" }, betas: ["some-beta-1"] };
    const called = await anthropic.beta.messages.create(asked);
    expect(called.content.map(({ type }) => type)).toContain("tool_use");
    const { path, headers } = provider.requests.at(-1) ?? {};
    expect([path, headers?.["anthropic-beta"]]).toEqual(["/v1/messages", "some-beta-1"]);
    expect(await books(ctx)).toMatchObject({ records: 3, reserved: 0n, isExact: true });
  });

  it("get each provider's own errors as the classes they know", async () => {
    const { ctx, anthropic, openai } = await clients();
    provider.fault({ kind: "status", status: 429, message: "Slow down", retryAfterSeconds: 7 });
    const limited = await openai.chat.completions.create(gpt).catch((error: unknown) => error);
    expect(limited).toBeInstanceOf(OpenAI.RateLimitError);
    expect((limited as InstanceType<typeof OpenAI.RateLimitError>).headers.get("retry-after")).toBe("7");
    provider.fault({ kind: "status", status: 529, message: "Overloaded" });
    await expect(anthropic.messages.create(claude)).rejects.toMatchObject({
      status: 529,
      error: { type: "error", error: { message: "Overloaded" } },
    });
    expect(await books(ctx)).toMatchObject({ records: 0, reserved: 0n, isExact: true });
  });

  it("close the provider's connection when they leave a stream, and are charged once", async () => {
    const { ctx, openai, anthropic } = await clients();
    provider.fault({ kind: "hang", afterEvents: 3 }, { times: 2 });
    for (const leave of [
      async () => {
        for await (const _ of await openai.chat.completions.create({ ...gpt, stream: true })) break;
      },
      async () => {
        for await (const _ of await anthropic.messages.create({ ...claude, stream: true })) break;
      },
    ]) {
      await leave();
      const request = await provider.waitForRequest(({ aborted, status }) => !aborted && status !== null);
      const before = performance.now();
      await request.done;
      expect(request.aborted).toBe(true);
      expect(performance.now() - before).toBeLessThan(1_000);
    }
    await vi.waitFor(async () => expect(await books(ctx)).toMatchObject({ records: 2, reserved: 0n, isExact: true }), {
      timeout: 10_000,
    });
  });

  it("send the client's bytes, whatever they are", async () => {
    const { apiKey } = await clients();
    const text = '{"model" : "gpt-4o-mini","messages":[{"role":"user","content":"\\u0041"}], "seed":1.0 }';
    const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
    const response = await fetch(`${server.url}/v1/openai/chat/completions?x=1`, {
      method: "POST",
      headers,
      body: text,
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("x-request-id")).toMatch(/^req_/);
    expect(response.headers.get("x-upstream-request-id")).toBe(provider.requests[0]?.id);
    expect(provider.requests[0]?.rawBody.toString()).toBe(text);
  });
});
