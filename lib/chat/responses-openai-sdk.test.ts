import OpenAI from "openai";
import { ResponsesToolRunner } from "openai/helpers/responses-tool-runner";
import { zodTextFormat } from "openai/helpers/zod";
import { toResponseInputItems } from "openai/lib/responses/ResponseInputItems";
import type { Response, ResponseInputItem, ResponseStreamEvent } from "openai/resources/responses/responses";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { POST as CANCEL } from "@/app/v1/responses/[id]/cancel/route";
import { GET as ITEMS } from "@/app/v1/responses/[id]/input_items/route";
import { DELETE, GET } from "@/app/v1/responses/[id]/route";
import { POST as COUNT } from "@/app/v1/responses/input_tokens/route";
import { POST } from "@/app/v1/responses/route";
import { startFakeProvider } from "@/e2e/fake-provider/start-fake-provider";
import type { Ctx } from "@/lib/auth/context";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { serveForTest } from "@/lib/http/testing";
import { storeFace } from "@/lib/retrieve/testing";
import { keyOf } from "./client-testing";
import { books, fakeKey, serveFrom, userWithFace } from "./testing";

const provider = await startFakeProvider({ apiKey: fakeKey });
serveFrom(provider.url);
const { db } = await testDatabase();
const server = await serveForTest({
  "POST /v1/responses": POST,
  "POST /v1/responses/input_tokens": COUNT,
  "GET /v1/responses/{id}": GET,
  "DELETE /v1/responses/{id}": DELETE,
  "GET /v1/responses/{id}/input_items": ITEMS,
  "POST /v1/responses/{id}/cancel": CANCEL,
});

afterEach(() => provider.reset());
afterAll(async () => {
  await server.close();
  await provider.stop();
  await closePool();
});

/** The SDK as somebody with a face called alice uses it. */
async function client(): Promise<{ openai: OpenAI; ctx: Ctx }> {
  const ctx = await userWithFace(db);
  const openai = new OpenAI({ apiKey: await keyOf(ctx), baseURL: `${server.url}/v1`, maxRetries: 0 });
  return { openai, ctx };
}

const kiln = {
  type: "function" as const,
  name: "fire_kiln",
  description: "Fires the kiln",
  parameters: {
    type: "object",
    properties: { text: { type: "string" } },
    required: ["text"],
    additionalProperties: false,
  },
  strict: true,
};

const settled = { reserved: 0n, isExact: true };

async function eventsOf(stream: AsyncIterable<ResponseStreamEvent>): Promise<ResponseStreamEvent[]> {
  const events: ResponseStreamEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

describe.each(["alice@gpt-4o-mini", "alice@claude-sonnet-4-6"])("the official SDK with %s", (model) => {
  it("reads an answer of the face, its usage and its trace", async () => {
    const { openai, ctx } = await client();
    const { data, response } = await openai.responses
      .create({ model, instructions: "Answer in one line.", input: "Do you fire at night?" })
      .withResponse();
    expect(data.output_text).toMatch(/^I was given \d{3,} system characters\. You said: “Do you fire at night\?”$/);
    expect(data).toMatchObject({ status: "completed", store: true, error: null });
    expect(model).toContain(data.model);
    expect(data.usage?.output_tokens).toBeGreaterThan(5);
    const sent = JSON.stringify(provider.requests[0]?.body);
    expect(sent).toMatch(/Alice is a potter[\s\S]*Answer in one line/);
    expect(response.headers.get("x-faces-trace-id")).toMatch(/^trc_/);
    const record = await db.usageRecord.findFirstOrThrow({ where: { accountId: ctx.actor.accountId } });
    expect([record.inputTokens, record.outputTokens]).toEqual([data.usage?.input_tokens, data.usage?.output_tokens]);
    expect(await books(ctx)).toMatchObject({ records: 1, ...settled });
  });

  it("reads a stream: its own snapshot is the response that the last event holds", async () => {
    const { openai, ctx } = await client();
    const stream = openai.responses.stream({ model, input: "Do you fire at night?" });
    let text = "";
    stream.on("response.output_text.delta", ({ delta, snapshot }) => {
      text += delta;
      expect(snapshot).toBe(text);
    });
    const events = await eventsOf(stream);
    const final = await stream.finalResponse();
    expect(final.output_text).toBe(text);
    expect(text).toContain("Do you fire at night?");
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
    const last = events.at(-1);
    expect(last?.type).toBe("response.completed");
    if (last?.type === "response.completed") expect(last.response.usage).toEqual(final.usage);
    expect(final.usage?.output_tokens).toBeGreaterThan(5);
    expect(await books(ctx)).toMatchObject({ records: 1, ...settled });
  });

  it("parses an answer by a schema", async () => {
    const { openai } = await client();
    const Pot = z.object({ quote: z.string(), isGlazed: z.boolean() });
    const format = zodTextFormat(Pot, "pot");
    const response = await openai.responses.parse({ model, input: "It is blue.", text: { format } });
    expect(Pot.parse(response.output_parsed)).toEqual(response.output_parsed);
    const streamed = await openai.responses.stream({ model, input: "It is blue.", text: { format } }).finalResponse();
    expect(streamed.output_parsed).toEqual(response.output_parsed);
  });

  it.each([false, true])(
    "goes round with a tool (streamed: %s), the whole conversation in each request",
    async (stream) => {
      const { openai, ctx } = await client();
      const input: ResponseInputItem[] = [{ role: "user", content: "Fire it. [[tool]]" }];
      const ask = (): Promise<Response> =>
        stream
          ? openai.responses.stream({ model, input, tools: [kiln] }).finalResponse()
          : openai.responses.create({ model, input, tools: [kiln] });
      const first = await ask();
      const calls = first.output.filter((item) => item.type === "function_call");
      expect(calls).toMatchObject([{ name: "fire_kiln", status: "completed" }]);
      expect(JSON.parse(calls[0]?.arguments ?? "")).toHaveProperty("text");
      input.push(...toResponseInputItems(first.output));
      for (const { call_id } of calls) {
        const output = [{ type: "input_text" as const, text: "It is at 1200 °C." }];
        input.push({ type: "function_call_output", call_id, output });
      }
      const second = await ask();
      expect(second.output_text).toContain("You said");
      expect(JSON.stringify(provider.requests.at(-1)?.body)).toContain("1200 °C");
      expect(await books(ctx)).toMatchObject({ records: 2, ...settled });
    },
  );

  it.each([false, true])(
    "chains three turns by the response before, with a tool between (streamed: %s)",
    async (stream) => {
      const { openai, ctx } = await client();
      const ask = (body: {
        input: ResponseInputItem[] | string;
        previous_response_id?: string;
        instructions?: string;
      }): Promise<Response> =>
        stream
          ? openai.responses.stream({ model, tools: [kiln], ...body }).finalResponse()
          : openai.responses.create({ model, tools: [kiln], ...body });
      const sent = () => JSON.stringify(provider.requests.at(-1)?.body);
      const first = await ask({ input: "My name is Rui.", instructions: "Call me Captain." });
      const second = await ask({ input: "Fire it. [[tool]]", previous_response_id: first.id });
      expect(second).toMatchObject({ previous_response_id: first.id, store: true });
      expect(sent()).toMatch(/My name is Rui\.[\s\S]*I was given[\s\S]*Fire it\./);
      // the instructions of a response are its own
      expect(sent()).not.toContain("Captain");
      const call = second.output.find((item) => item.type === "function_call");
      const output = { type: "function_call_output" as const, call_id: call?.call_id ?? "", output: "1200 °C" };
      const third = await ask({
        input: [output, { role: "user", content: "Who am I?" }],
        previous_response_id: second.id,
      });
      expect(third.output_text).toContain("Who am I?");
      expect(sent()).toMatch(/My name is Rui\.[\s\S]*Fire it\.[\s\S]*fire_kiln[\s\S]*1200 °C[\s\S]*Who am I\?/);
      // the SDK's streams add what they have parsed
      expect(third).toMatchObject(await openai.responses.retrieve(third.id));
      const listed = [];
      for await (const item of openai.responses.inputItems.list(third.id, { order: "asc", limit: 2 }))
        listed.push(item);
      expect(listed.map(({ type }) => type)).toEqual([
        "message",
        "message",
        "message",
        "function_call",
        "function_call_output",
        "message",
      ]);
      expect(new Set(listed.map(({ id }) => id)).size).toBe(6);
      expect(await books(ctx)).toMatchObject({ records: 3, ...settled });
      await openai.responses.delete(first.id);
      await expect(openai.responses.retrieve(first.id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
      const late = ask({ input: "And now?", previous_response_id: third.id });
      await expect(late).rejects.toMatchObject({ status: 404, param: "previous_response_id" });
    },
  );

  it("runs tools by itself, its strict reader content", async () => {
    const { openai } = await client();
    const asked: unknown[] = [];
    const execute = (args: Record<string, unknown>) => {
      asked.push(args);
      return "done";
    };
    const runner = new ResponsesToolRunner({ functions: [{ tool: kiln, execute }] });
    for (const stream of [false, true]) {
      const final = await runner.run(openai, { model, input: "Fire it. [[tool]]" }, { stream });
      expect(final.output_text).toContain("You said");
    }
    expect(asked).toHaveLength(2);
  });

  it("is told when the answer was cut off", async () => {
    const { openai } = await client();
    const cut = await openai.responses.create({ model, input: "Go on. [[long:50]]", max_output_tokens: 4 });
    expect(cut).toMatchObject({ status: "incomplete", incomplete_details: { reason: "max_output_tokens" } });
    const stream = openai.responses.stream({ model, input: "Go on. [[long:50]]", max_output_tokens: 4 });
    expect((await stream.finalResponse()).status).toBe("incomplete");
  });

  it("ends the provider's work when it leaves, and is charged once", async () => {
    const { openai, ctx } = await client();
    provider.fault({ kind: "hang", afterEvents: 4 });
    const stream = await openai.responses.create({ model, input: "Do you fire at night?", stream: true });
    for await (const { type } of stream) if (type === "response.output_text.delta") break;
    const request = await provider.waitForRequest();
    await request.done;
    expect(request.aborted).toBe(true);
    await vi.waitFor(async () => expect(await books(ctx)).toMatchObject({ records: 1, ...settled }));
  });

  it("throws what broke off a stream, and what came is charged once", async () => {
    const { openai, ctx } = await client();
    provider.fault({ kind: "error-event", afterEvents: 4, message: "It fell over" });
    const stream = openai.responses.stream({ model, input: "Do you fire at night?" });
    await expect(stream.finalResponse()).rejects.toThrow(/It fell over/);
    expect(await books(ctx)).toMatchObject({ records: 1, ...settled });
  });
});

describe("the official SDK", () => {
  it("sees how likely the tokens were, where the provider tells", async () => {
    const { openai } = await client();
    const response = await openai.responses.create({
      model: "gpt-4o-mini",
      input: "Hello there",
      top_logprobs: 2,
      include: ["message.output_text.logprobs"],
    });
    const [item] = response.output;
    const [part] = item?.type === "message" ? item.content : [];
    const logprobs = part?.type === "output_text" ? (part.logprobs ?? []) : [];
    expect(logprobs.map(({ token }) => token).join("")).toBe(response.output_text);
    expect(logprobs[0]?.top_logprobs).toHaveLength(2);
  });

  it("may name faces in what it says, and is told of a name that is none", async () => {
    const { openai, ctx } = await client();
    const text = { type: "input_text" as const, text: "What would ${alice} say?" };
    const ask = {
      model: "gpt-4o-mini",
      instructions: "You know ${alice}.",
      input: [{ role: "user" as const, content: [text] }],
    };
    const response = await openai.responses.create(ask);
    expect(response.output_text).toContain("What would Alice Reyes say?");
    const sent = JSON.stringify(provider.requests[0]?.body);
    expect(sent).toContain("You know Alice Reyes.");
    expect(sent).toContain("Alice is a potter");
    const unknown = openai.responses.create({ model: "gpt-4o-mini", input: "What would ${nobody} say?" });
    await expect(unknown).rejects.toMatchObject({ status: 422, message: expect.stringContaining("nobody") as string });
    expect(await books(ctx)).toMatchObject({ records: 1, ...settled });
  });

  it("counts the tokens of an input with the face's part in it, for nothing", async () => {
    const { openai, ctx } = await client();
    const bare = await openai.responses.inputTokens.count({ model: "gpt-4o-mini", input: "Do you fire at night?" });
    const face = await openai.responses.inputTokens.count({ model: "alice", input: "Do you fire at night?" });
    expect(bare).toEqual({ object: "response.input_tokens", input_tokens: 6 });
    expect(face.input_tokens).toBeGreaterThan(100);
    expect(provider.requests).toHaveLength(0);
    expect(await books(ctx)).toMatchObject({ records: 0, ...settled });
  });

  it("leaves at any moment, forty times at once, and is charged at most once each time", async () => {
    const { openai, ctx } = await client();
    const leave = async (at: number) => {
      const model = at % 2 === 0 ? "alice@gpt-4o" : "alice@claude-sonnet-4-6";
      const stream = await openai.responses.create({ model, input: "Go on. [[long:30]]", stream: true });
      let seen = 0;
      for await (const event of stream) {
        expect(event.sequence_number).toBe(seen++);
        if (seen > (at * 7) % 50) break;
      }
    };
    await Promise.all(Array.from({ length: 40 }, (_, at) => leave(at)));
    await Promise.all(provider.requests.map((request) => request.done));
    await vi.waitFor(async () => expect(await books(ctx)).toMatchObject({ records: 40, ...settled }), {
      timeout: 20_000,
      interval: 200,
    });
  });

  it("gets the error class and the field of each mistake", async () => {
    const { openai, ctx } = await client();
    const { responses } = openai;
    await expect(responses.create({ model: "nobody", input: "Hi" })).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(responses.create({ model: "alice@gpt-none", input: "Hi" })).rejects.toThrow(/not served here/);
    const kept = responses.create({ model: "alice@gpt-4o", input: "Hi", previous_response_id: "resp_1" });
    await expect(kept).rejects.toMatchObject({
      status: 404,
      param: "previous_response_id",
      type: "invalid_request_error",
      message: expect.stringContaining("whole conversation in input") as string,
    });
    const hosted = responses.create({ model: "alice@gpt-4o", input: "Hi", tools: [{ type: "web_search" }] });
    await expect(hosted).rejects.toMatchObject({ status: 422, param: "tools.0.type" });
    const old = responses.retrieve("resp_1");
    await expect(old).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(responses.cancel("resp_1")).rejects.toMatchObject({ status: 422 });
    const wrong = new OpenAI({ apiKey: "sk-faces-wrong", baseURL: `${server.url}/v1`, maxRetries: 0 });
    await expect(wrong.responses.create({ model: "alice", input: "Hi" })).rejects.toBeInstanceOf(
      OpenAI.AuthenticationError,
    );
    provider.fault({ kind: "status", status: 500, message: "It broke" });
    const broken = responses.create({ model: "alice@gpt-4o", input: "Hi", stream: true });
    await expect(broken).rejects.toMatchObject({ status: 502, message: expect.stringContaining("It broke") as string });
    expect(await books(ctx)).toMatchObject({ records: 0, ...settled });
  });
});

describe("a face without any provider", () => {
  let openai: OpenAI;
  let ctx: Ctx;

  beforeAll(async () => {
    ({ openai, ctx } = await client());
    await storeFace(db, ctx.actor.accountId, "nora", [
      "I gave up smoking when my daughter was born.",
      "I swim in the harbour every morning.",
    ]);
  });

  it("answers with its own words, whole and streamed alike, for nothing", async () => {
    const ask = { model: "nora@builtin", input: "Do you still smoke?" };
    const whole = await openai.responses.create(ask);
    expect(whole.output_text).toContain("gave up smoking");
    expect(whole.model).toContain("builtin");
    const streamed = await openai.responses.stream(ask).finalResponse();
    expect(streamed.output_text).toBe(whole.output_text);
    expect(streamed.usage).toEqual(whole.usage);
    expect(await books(ctx)).toMatchObject({ records: 2, cost: 0n, ...settled });
  });
});
