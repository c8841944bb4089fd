import { afterAll, describe, expect, it, vi } from "vitest";
import { costMicroUsd } from "@/lib/billing/prices";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { resolveModel } from "@/lib/models/catalogue";
import { countTokens } from "@/lib/models/count-tokens";
import type { ProxiedProvider, ProxyRequest } from "./proxy";
import { proxyRequest } from "./proxy";
import { books, fakeKey, serveFrom, userWithFace } from "./testing";
import { startZoo } from "./zoo-upstream";
import { answer, chunk, done, event, head, json, ordinary, streaming, told, usage, whole } from "./zoo-wire";

const upstream = await startZoo();
serveFrom(upstream.url);
// a busy machine is not a silent provider
vi.stubEnv("UPSTREAM_TIMEOUT_SECONDS", "300");
const { db } = await testDatabase();

afterAll(async () => {
  await upstream.stop();
  await closePool();
});

type Options = { provider?: ProxiedProvider; headers?: Record<string, string>; search?: string };

async function post(text: string, { provider = "openai", headers = {}, search = "" }: Options = {}) {
  const ctx = await userWithFace(db);
  const response = await proxyRequest(ctx, provider, {
    request: JSON.parse(text) as ProxyRequest,
    bytes: new TextEncoder().encode(text),
    headers: new Headers(headers),
    search,
    toErrorBody: (error) => ({ type: "error", error: { message: (error as Error).message } }),
  });
  return { ctx, response, body: await response.text() };
}

function sent(): string {
  return upstream.requests[0]?.body ?? "";
}

/** An unusual way to write a request: numbers, spaces, escapes and unknown fields that no serializer would keep. */
const odd = '{ "model":"gpt-4o-mini" ,\n "messages":[{"role":"user","content":"\\u00e9 \\/"}],"seed":1.0,"x":1e2 ';

describe("what goes to the provider", () => {
  it.each([
    ["a plain request", `${odd}}`],
    ["a stream whose client asks for usage", `${odd}, "stream": true, "stream_options": {"include_usage" : true}}`],
    ["a field that the provider will refuse", `${odd}, "stream": "yes", "max_tokens": -1, "n": "two"}`],
  ])("is %s byte for byte", async (_name, text) => {
    upstream.let(whole(200, answer));
    await post(text);
    expect(sent()).toBe(text);
  });

  it("is asked for the usage of a stream, and every other byte stays", async () => {
    upstream.let(streaming(ordinary));
    const { body } = await post(`${odd}, "stream": true}`);
    expect(sent()).toBe(`{"stream_options":{"include_usage":true},${odd.slice(1)}, "stream": true}`);
    expect(body).not.toContain('"usage"');
    upstream.let(streaming(ordinary));
    await post(`${odd}, "stream": true, "stream_options": {"include_obfuscation" : false }, "y": 1.50}`);
    expect(sent()).toBe(
      `${odd}, "stream": true, "stream_options": {"include_obfuscation":false,"include_usage":true}, "y": 1.50}`,
    );
  });

  it("is Anthropic's request as it is, streamed or not, with its version, its betas and its query", async () => {
    for (const stream of [true, false]) {
      upstream.let(whole(200, "{}"));
      const text = `{"model":"claude-haiku-4-5","max_tokens":10, "stream":${stream}, "messages":[], "thinking":{"x":1.0}}`;
      const headers = { "anthropic-beta": "a-1,b-2", "x-api-key": "sk-faces-mine", authorization: "Bearer mine" };
      await post(text, { provider: "anthropic", headers, search: "?beta=true" });
      expect(sent()).toBe(text);
      expect(upstream.requests[0]?.path).toBe("/v1/messages?beta=true");
      const { headers: got } = upstream.requests[0] ?? { headers: {} as Record<string, string> };
      expect(got).toMatchObject({
        "anthropic-version": "2023-06-01",
        "anthropic-beta": "a-1,b-2",
        "x-api-key": fakeKey,
      });
      expect(got["authorization"]).toBeUndefined();
    }
  });

  it("is refused where a field stands twice by which it is priced", async () => {
    for (const [text, field] of [
      ['{"model":"gpt-4o-mini","messages":[],"model":"gpt-4o-mini"}', "model"],
      ['{"model":"gpt-4o-mini","messages":[],"n":5,"\\u006e":1}', "n"],
      ['{"Model":"gpt-4.1","model":"gpt-4o-mini","messages":[]}', "model"],
    ] as const) {
      await expect(post(text)).rejects.toMatchObject({ code: "invalid_input", param: field });
    }
    upstream.let(whole(200, answer));
    expect((await post('{"model":"gpt-4o-mini","x":1,"x":2}')).response.status).toBe(200);
  });

  it("is refused where it has no price", async () => {
    for (const more of ['"service_tier":"priority"', '"web_search_options":{}'])
      await expect(post(`${odd},${more}}`)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(
      post('{"model":"claude-opus-4-6","messages":[],"speed":"fast"}', { provider: "anthropic" }),
    ).rejects.toMatchObject({ code: "invalid_input", param: "speed" });
  });
});

describe("what comes back", () => {
  it("keeps the headers that mean something, and none of the installation's account", async () => {
    const headers = {
      ...json,
      "x-request-id": "req_openai",
      "x-ratelimit-remaining-tokens": "12",
      "openai-processing-ms": "3",
      "openai-organization": "org-secret",
      "openai-project": "proj-secret",
      "set-cookie": "__cf_bm=secret",
      "retry-after-ms": "20",
    };
    upstream.let(whole(200, answer, headers));
    const { response, body } = await post(`${odd}}`);
    expect(body).toBe(answer);
    const got = Object.fromEntries(response.headers);
    expect(got).toMatchObject({
      "x-upstream-request-id": "req_openai",
      "x-ratelimit-remaining-tokens": "12",
      "openai-processing-ms": "3",
      "retry-after-ms": "20",
      "content-type": "application/json",
    });
    expect(JSON.stringify(got)).not.toContain("secret");
    expect(got["x-faces-cost-usd"]).toBe(String(Number(costMicroUsd(resolveModel("gpt-4o-mini").price, told)) / 1e6));
  });

  it("is a stream byte for byte for a client who asks for its usage", async () => {
    const text = ordinary.replaceAll("\n", "\r\n");
    upstream.let(streaming(`: hello\r\n\r\n${text}`));
    const { body } = await post(`${odd}, "stream": true, "stream_options": {"include_usage": true}}`);
    expect(body).toBe(`: hello\r\n\r\n${text}`);
  });

  it("costs half at the flex tier", async () => {
    upstream.let(whole(200, answer));
    const { ctx } = await post(`${odd}, "service_tier":"flex"}`);
    const { price } = resolveModel("gpt-4o-mini");
    const half = { input: price.input / 2, output: price.output / 2 };
    expect((await books(ctx)).cost).toBe(costMicroUsd(half, told));
  });

  it("leaves the connection open for the next call when the answer had an end", async () => {
    let connections = 0;
    upstream.let(async (cage) => {
      connections += 1;
      const body = `${chunk({ content: "Hi" })}${event({ choices: [], usage: usage(1, 1) })}${done}`;
      const open = { connection: "keep-alive", "content-type": "text/event-stream" };
      await cage.send(head(200, { ...open, "content-length": String(body.length + 2) }) + body);
      await cage.send("\n\n");
    });
    for (let call = 0; call < 3; call++) await post(`${odd}, "stream": true}`);
    expect(connections).toBe(3);
    expect(upstream.connections()).toBe(1);
  });
});

/** One event of the Messages API. */
function said(type: string, more: Record<string, unknown> = {}): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;
}

describe("Anthropic's streams", () => {
  const model = resolveModel("claude-haiku-4-5");
  const start = said("message_start", { message: { id: "m", usage: { input_tokens: 9, output_tokens: 1 } } });
  const words = ["Good", " morning", " — 😀"];
  const text = words
    .map((word) => said("content_block_delta", { index: 0, delta: { type: "text_delta", text: word } }))
    .join("");
  const delta = (counted: Record<string, unknown>) =>
    said("message_delta", { delta: { stop_reason: "end_turn" }, usage: counted });
  const stop = said("message_stop");
  const ours = countTokens(words.join(""));
  const block = { index: 0, content_block: { type: "tool_use", id: "t", name: "fire_kiln", input: {} } };
  const search = { index: 0, content_block: { type: "server_tool_use", id: "s", name: "web_search", input: {} } };
  const input = said("content_block_delta", {
    index: 0,
    delta: { type: "input_json_delta", partial_json: '{"at":1}' },
  });
  const thought = said("content_block_delta", { index: 0, delta: { type: "thinking_delta", thinking: "Hm, well." } });

  it.each([
    ["an ordinary one", start + text + delta({ output_tokens: 12 }) + stop, { input: 9, output: 12 }],
    ["pings between", start + said("ping") + text + delta({ output_tokens: 12 }) + stop, { input: 9, output: 12 }],
    ["no count at its end", start + text + delta({}) + stop, { input: 9, output: ours }],
    ["a count of nothing", start + text + delta({ output_tokens: 0 }) + stop, { input: 9, output: ours }],
    ["an absurd count", start + text + delta({ output_tokens: -4 }) + stop, { input: 9, output: ours }],
    ["an end too early", start + text, { input: 9, output: ours }],
    [
      "an error",
      start + text + said("error", { error: { type: "overloaded_error", message: "x" } }),
      { input: 9, output: ours },
    ],
    [
      "a tool call that is cut",
      start + said("content_block_start", block) + input,
      { input: 9, output: countTokens('fire_kiln{"at":1}') },
    ],
    ["thinking that is cut", start + thought + text, { input: 9, output: countTokens(`Hm, well.${words.join("")}`) }],
    [
      "a search",
      start +
        said("content_block_start", search) +
        text +
        delta({ output_tokens: 12, server_tool_use: { web_search_requests: 2 } }) +
        stop,
      { input: 9, output: 12, searches: 2 },
    ],
    [
      "a search that is cut",
      start + said("content_block_start", search) + text,
      { input: 9, output: countTokens(`web_search${words.join("")}`), searches: 1 },
    ],
    [
      "a cache for an hour",
      start +
        text +
        delta({
          input_tokens: 9,
          cache_creation_input_tokens: 50,
          cache_creation: { ephemeral_1h_input_tokens: 40 },
          output_tokens: 12,
        }) +
        stop,
      { input: 9, output: 12, cacheWrite: 10, cacheWriteLong: 40 },
    ],
  ])("with %s pass byte for byte and are charged exactly", async (_name, stream, used) => {
    for (const bytes of [[stream], [...Buffer.from(stream)].map((byte) => Uint8Array.of(byte))]) {
      upstream.let(streaming(...bytes));
      const request = {
        model: model.id,
        max_tokens: 100,
        stream: true,
        messages: [{ role: "user", content: "Hello" }],
      };
      const { ctx, body } = await post(JSON.stringify(request), { provider: "anthropic" });
      expect(body).toBe(stream);
      await upstream.closed();
      expect(await books(ctx)).toEqual({
        records: 1,
        cost: costMicroUsd(model.price, used),
        reserved: 0n,
        isExact: true,
      });
    }
  });
});
