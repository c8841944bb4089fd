import OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { collect } from "./collect";
import { type FakeProvider, startFakeProvider } from "./start-fake-provider";

let provider: FakeProvider;
let client: OpenAI;

beforeAll(async () => {
  provider = await startFakeProvider();
  client = new OpenAI({ apiKey: "sk-test", baseURL: `${provider.url}/v1`, maxRetries: 0 });
});
afterAll(() => provider.stop());
beforeEach(() => provider.reset());

const ask = { model: "m", messages: [{ role: "user" as const, content: "Grüße" }] };
const SENTENCE = "I was given 0 system characters. You said: “Grüße”";

async function streamed(options?: { signal: AbortSignal }): Promise<OpenAI.ChatCompletionChunk[]> {
  return collect(
    await client.chat.completions.create({ ...ask, stream: true, stream_options: { include_usage: true } }, options),
  );
}

async function rawStream(): Promise<Response> {
  return fetch(`${provider.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer k", "content-type": "application/json" },
    body: JSON.stringify({ ...ask, stream: true }),
  });
}

const textOf = (chunks: OpenAI.ChatCompletionChunk[]): string =>
  chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("");

describe("status", () => {
  test.each([
    [401, OpenAI.AuthenticationError],
    [429, OpenAI.RateLimitError],
    [500, OpenAI.InternalServerError],
    [529, OpenAI.InternalServerError],
  ])("%i reaches the client as its own error class", async (status, errorClass) => {
    provider.fault({ kind: "status", status });
    await expect(client.chat.completions.create(ask)).rejects.toThrow(errorClass);
  });

  test("429 carries Retry-After, and the retry gets through", async () => {
    provider.fault({ kind: "status", status: 429, retryAfterSeconds: 0 });
    const refused = await rawStream();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "0"]);

    provider.fault({ kind: "status", status: 429, retryAfterSeconds: 0 });
    expect((await client.chat.completions.create(ask, { maxRetries: 1 })).choices[0]?.message.content).toBe(SENTENCE);
  });

  test("touches only as many requests, and only the paths, that were named", async () => {
    provider.fault({ kind: "status", status: 500 }, { times: 2, path: "/chat/completions" });
    await expect(client.models.list()).resolves.toBeDefined();
    await expect(client.chat.completions.create(ask)).rejects.toThrow();
    await expect(client.chat.completions.create(ask)).rejects.toThrow();
    await expect(client.chat.completions.create(ask)).resolves.toBeDefined();
  });
});

describe("silence", () => {
  test("before the headers lasts until the client goes, and is recorded as aborted", async () => {
    provider.fault({ kind: "hang" });
    const controller = new AbortController();
    const call = client.chat.completions.create(ask, { signal: controller.signal });
    const request = await provider.waitForRequest();
    controller.abort();

    await expect(call).rejects.toThrow(OpenAI.APIUserAbortError);
    await request.done;
    expect(request).toMatchObject({ aborted: true, headersSentAt: null });
    expect(request.abortedAt).toBeGreaterThanOrEqual(request.receivedAt);
  });

  test("in mid-stream leaves what came before, and sees the client cancel", async () => {
    provider.fault({ kind: "hang", afterEvents: 3 });
    const controller = new AbortController();
    const stream = await client.chat.completions.create({ ...ask, stream: true }, { signal: controller.signal });
    const got: string[] = [];
    for await (const chunk of stream) {
      got.push(chunk.choices[0]?.delta.content ?? "");
      if (got.length === 3) break;
    }

    const request = await provider.waitForRequest();
    await request.done;
    expect(got).toEqual(["", "I", " was"]);
    expect(request).toMatchObject({ aborted: true, piecesSent: 3 });
  });

  test("slow pieces all arrive", async () => {
    provider.fault({ kind: "slow", delayMs: 1, headersMs: 1 });
    expect(textOf(await streamed())).toBe(SENTENCE);
    provider.fault({ kind: "slow", delayMs: 1 });
    expect((await client.chat.completions.create(ask)).choices[0]?.message.content).toBe(SENTENCE);
  });
});

describe("cuts", () => {
  test("destroy the connection in mid-stream, which is not the client's abort", async () => {
    provider.fault({ kind: "cut", afterEvents: 3 });
    await expect(streamed()).rejects.toThrow();
    await provider.requests[0]?.done;
    expect(provider.requests[0]).toMatchObject({ aborted: false, cutByServer: true, piecesSent: 3 });
  });

  test("destroy the connection half-way through a plain body", async () => {
    provider.fault({ kind: "cut" });
    await expect(client.chat.completions.create(ask)).rejects.toThrow();
  });

  test("can fall inside a character", async () => {
    provider.fault({ kind: "cut", isMidCharacter: true, isClean: true });
    const bytes = Buffer.from(await (await rawStream()).arrayBuffer());
    expect(bytes.at(-1)).toBeGreaterThanOrEqual(0xc2);
    expect(bytes.toString("utf8").endsWith("\ufffd")).toBe(true);
  });

  test("can look like a proper end that lacks its [DONE]", async () => {
    provider.fault({ kind: "cut", afterEvents: 4, isClean: true });
    expect(await (await rawStream()).text()).not.toContain("[DONE]");
  });
});

describe("usage", () => {
  test("is missing on demand, streamed or not", async () => {
    provider.fault({ kind: "usage", mode: "none" }, { times: 2 });
    expect((await client.chat.completions.create(ask)).usage).toBeUndefined();
    expect((await streamed()).some((chunk) => chunk.usage)).toBe(false);
  });

  test("comes twice on demand, with the same figures", async () => {
    provider.fault({ kind: "usage", mode: "twice" });
    const reported = (await streamed()).flatMap((chunk) => chunk.usage ?? []);
    expect(reported).toHaveLength(2);
    expect(reported[0]).toEqual(reported[1]);
  });
});

describe("bodies", () => {
  test("are a proxy's page on demand", async () => {
    provider.fault({ kind: "html" });
    const response = await rawStream();
    expect([response.status, response.headers.get("content-type")]).toEqual([502, "text/html"]);
  });

  test("are broken JSON on demand, streamed or not", async () => {
    provider.fault({ kind: "invalid-json" }, { times: 2 });
    await expect(client.chat.completions.create(ask)).rejects.toThrow(SyntaxError);
    await expect(streamed()).rejects.toThrow(SyntaxError);
  });

  test.each([
    { kind: "one-byte-chunks" as const },
    { kind: "crlf" as const },
    { kind: "comments" as const },
    { kind: "gzip" as const },
  ])("say the same through $kind", async (fault) => {
    provider.fault(fault, { times: 2 });
    expect(textOf(await streamed())).toBe(SENTENCE);
    expect((await client.chat.completions.create(ask)).choices[0]?.message.content).toBe(SENTENCE);
  });

  test("say the same through all of these at once", async () => {
    provider.fault([{ kind: "one-byte-chunks" }, { kind: "crlf" }, { kind: "comments" }, { kind: "gzip" }]);
    expect(textOf(await streamed())).toBe(SENTENCE);
  });
});

test("stopping drops a request that still hangs", async () => {
  const other = await startFakeProvider();
  other.fault({ kind: "hang" });
  const call = fetch(`${other.url}/v1/models`);
  await other.waitForRequest();
  await Promise.all([other.stop(), expect(call).rejects.toThrow()]);
});
