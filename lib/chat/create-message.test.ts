import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import type { Fault } from "@/e2e/fake-provider/faults";
import { startFakeProvider } from "@/e2e/fake-provider/start-fake-provider";
import type { Ctx } from "@/lib/auth/context";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { toAnthropicError } from "./anthropic-error";
import { createMessage } from "./create-message";
import { MessagesRequest } from "./messages-schemas";
import { books, fakeKey, leaving, parts, serveFrom, userWithFace } from "./testing";

const provider = await startFakeProvider({ apiKey: fakeKey });
serveFrom(provider.url);
const { db } = await testDatabase();

afterEach(() => provider.reset());
afterAll(async () => {
  await provider.stop();
  await closePool();
});

const models = ["alice@claude-sonnet-4-6", "alice@gpt-4o-mini"];

function create(ctx: Ctx, body: Record<string, unknown>): Promise<Response> {
  const messages = [{ role: "user", content: "Über die Stadt — 東京? [[long:20]]" }];
  const request = MessagesRequest.parse({ model: models[0], max_tokens: 100, stream: true, messages, ...body });
  const toErrorBody = (error: unknown) => toAnthropicError(502, (error as Error).message, "req_test");
  return createMessage(ctx, request, { ...parts, toErrorBody }, new Headers());
}

type Event = { type: string; delta?: { text?: string; stop_reason?: string }; error?: { message: string } };

/** The events of a stream; throws where one is cut or glued to another. */
async function eventsOf(response: Response): Promise<Event[]> {
  const text = (await response.text()).replaceAll("\r\n", "\n");
  expect(text.endsWith("\n\n") || text === "").toBe(true);
  return text.split("\n\n").flatMap((event) => {
    const data = event.split("\n").filter((line) => line.startsWith("data:"));
    expect(data.length).toBeLessThanOrEqual(1);
    return data.map((line) => JSON.parse(line.slice(5)) as Event);
  });
}

function textOf(events: Event[]): string {
  return events.map(({ delta }) => delta?.text ?? "").join("");
}

describe.each(models)("a message of %s from a provider that misbehaves", (model) => {
  it("is the same, however its bytes come", async () => {
    const ctx = await userWithFace(db);
    const expected = textOf(await eventsOf(await create(ctx, { model })));
    expect(expected).toContain("東京");
    for (const kind of ["one-byte-chunks", "crlf", "comments", "gzip"] as const) {
      provider.fault({ kind });
      const events = await eventsOf(await create(ctx, { model }));
      expect(textOf(events), kind).toBe(expected);
      expect(events.at(-1)?.type, kind).toBe("message_stop");
      expect(events.at(-2)?.delta?.stop_reason, kind).toBe("end_turn");
    }
    for (const mode of ["none", "twice"] as const) {
      provider.fault({ kind: "usage", mode });
      expect((await eventsOf(await create(ctx, { model }))).at(-1)?.type).toBe("message_stop");
    }
    expect(await books(ctx)).toMatchObject({ records: 7, reserved: 0n, isExact: true });
  });

  it("ends in one whole error event when it breaks off, wherever that is", async () => {
    const ctx = await userWithFace(db);
    const faults: Fault[] = [
      ...[400, 450, 501, 602, 703].flatMap((afterBytes) => [
        { kind: "cut" as const, afterBytes },
        { kind: "cut" as const, afterBytes, isClean: true },
      ]),
      { kind: "cut", isMidCharacter: true },
      { kind: "error-event", afterEvents: 5 },
      { kind: "hang", afterEvents: 5 },
      // Anthropic's own bytes pass as they are
      ...(model.includes("claude") ? [] : [{ kind: "invalid-json" as const }]),
    ];
    for (const fault of faults) {
      provider.fault(fault);
      const response = await create(ctx, { model }).catch(() => null);
      // it broke off before there was anything to pass on
      if (response === null) continue;
      const events = await eventsOf(response);
      expect(events.at(-1)?.type, JSON.stringify(fault)).toBe("error");
      expect(events.at(-1)?.error?.message).toMatch(/\w{4}/);
      expect(events.filter(({ type }) => type === "error")).toHaveLength(1);
    }
    await vi.waitFor(async () => expect(await books(ctx)).toMatchObject({ reserved: 0n, isExact: true }));
  });
});

it("a client that leaves at any byte is charged once for what it got, and its provider is let go", async () => {
  const ctx = await userWithFace(db);
  const departures = Array.from({ length: 100 }, async (_, at) => {
    const { ctx: here, leave } = leaving(ctx);
    const response = await create(here, { model: models[at % 2] });
    const reader = response.body?.getReader();
    for (let reads = (at * 7) % 23; reads > 0; reads--) if ((await reader?.read())?.done) break;
    if (at % 3 === 0) leave();
    else await reader?.cancel();
  });
  await Promise.all(departures);
  await Promise.all(provider.requests.map((request) => request.done));
  await vi.waitFor(async () => expect(await books(ctx)).toMatchObject({ records: 100, reserved: 0n, isExact: true }), {
    timeout: 20_000,
    interval: 200,
  });
});

it("a client that leaves before the first byte is charged nothing, and is no failure", async () => {
  const ctx = await userWithFace(db);
  for (const model of models) {
    for (const stream of [true, false]) {
      provider.reset();
      provider.fault({ kind: "hang" });
      const { ctx: here, leave } = leaving(ctx);
      const response = create(here, { model, stream });
      const request = await provider.waitForRequest();
      leave();
      expect((await response).status).toBe(499);
      await request.done;
      expect(request.aborted).toBe(true);
    }
  }
  const { ctx: here, leave } = leaving(ctx);
  leave();
  const retrieve: typeof parts.retrieve = (_ctx, _face, _query, signal) => Promise.reject(signal?.reason as Error);
  const request = MessagesRequest.parse({ model: "alice", max_tokens: 9, messages: [{ role: "user", content: "Hi" }] });
  expect((await createMessage(here, request, { ...parts, retrieve }, new Headers())).status).toBe(499);
  expect(await books(ctx)).toMatchObject({ records: 0, reserved: 0n, isExact: true });
});
