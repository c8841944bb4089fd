import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { GET as listKeys, POST as createKey } from "@/app/v1/api-keys/route";
import { POST as chat } from "@/app/v1/chat/completions/route";
import { PATCH as patchFace } from "@/app/v1/faces/[face]/route";
import { GET as listFaces, POST as createFace } from "@/app/v1/faces/route";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { testCaller } from "./testing";

/** `FUZZ_RUNS=10000 npm run test:unit -- lib/http/fuzz.test.ts` for the whole of it. */
const runs = Number(process.env["FUZZ_RUNS"] ?? 300);
const timeoutMs = 60_000 + runs * 100;

const { db } = await testDatabase();
const caller = await testCaller(await testUser(db), { scopes: ["chat", "faces:read", "faces:write", "keys"] });
await caller.call(createFace, { method: "POST", json: { username: "alice", basic_facts: "Alice is a potter." } });

afterAll(closePool);

/** How often each status was answered: bodies that never get past the border would prove nothing. */
const seen = new Map<number, number>();

type Handler = Parameters<typeof caller.call>[0];

/** The answer's status; a stream is read to its end. */
async function status(
  handler: Handler,
  body: string | Uint8Array,
  params: Record<string, string> = {},
): Promise<number> {
  const headers = { authorization: `Bearer ${caller.key}`, "content-type": "application/json" };
  const request = new Request("http://faces.test/v1/x", { method: "POST", headers, body: Buffer.from(body) });
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text();
  seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
  if (response.status >= 400) expect(JSON.parse(text)).toMatchObject({ detail: expect.any(String) });
  return response.status;
}

const odd = fc.constantFrom(
  "",
  "\0",
  "\ud800",
  "𝒳".repeat(50),
  "a".repeat(5000),
  "__proto__",
  "constructor",
  "${alice}",
  "${",
  "alice@",
  "@",
  "#",
  "alice#0",
  "alice#999999999",
  "alice@alice@alice",
  "../../etc/passwd",
  "'; DROP TABLE faces; --",
  "null",
  "NaN",
  "-1",
  "1e309",
);
const value = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 2, arbitrary: odd },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0, -1, 1, 0.5, 1e21, Number.MAX_SAFE_INTEGER + 2, 2 ** 31, [], {}, [[]], [null]),
  },
);
/** Right most of the time: a body with many wrong fields is only ever refused for the first of them. */
const mostly = (right: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 15, arbitrary: right }, { weight: 1, arbitrary: value });
const text = fc.oneof({ weight: 8, arbitrary: fc.string({ unit: "grapheme" }) }, fc.string({ unit: "binary" }), odd);
const count = mostly(fc.integer({ min: 1, max: 5000 }));
const part = fc.record({
  type: mostly(fc.constantFrom("text", "image_url", "file")),
  text: mostly(text),
  image_url: value,
});
const message = fc.record(
  {
    role: mostly(fc.constantFrom("user", "assistant", "system", "developer", "tool")),
    content: mostly(fc.oneof(text, fc.array(part, { maxLength: 3 }), fc.constant(null))),
    name: value,
    tool_calls: value,
    tool_call_id: value,
  },
  { requiredKeys: ["role", "content"] },
);
const chatBody = fc.record(
  {
    model: mostly(fc.constantFrom("alice", "alice@builtin", "builtin", "alice", "alice#1")),
    messages: mostly(fc.array(message, { minLength: 1, maxLength: 4 })),
    stream: mostly(fc.boolean()),
    stream_options: mostly(fc.record({ include_usage: fc.boolean() })),
    max_tokens: count,
    max_completion_tokens: count,
    n: mostly(fc.constantFrom(1, 2)),
    tools: mostly(fc.constant(undefined)),
    tool_choice: mostly(fc.constant(undefined)),
    response_format: value,
    temperature: value,
    metadata: value,
  },
  { requiredKeys: ["model", "messages"] },
);
const username = fc.stringMatching(/^[a-z][a-z0-9-]{3,18}$/);
const faceBody = fc.record(
  {
    username: mostly(username),
    name: mostly(text),
    aliases: mostly(fc.array(text, { maxLength: 3 })),
    pronouns: mostly(fc.constantFrom("she/her", "they/them")),
    basic_facts: mostly(text),
    default_model: mostly(fc.constant("builtin")),
    formula: fc.oneof({ weight: 15, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value }),
  },
  { requiredKeys: ["username"] },
);

/** As a client would write it, or with what a broken one leaves of it: a piece cut out, bytes put in, depth. */
function written(body: fc.Arbitrary<unknown>): fc.Arbitrary<string | Uint8Array> {
  const text = body.map((json) => JSON.stringify(json) ?? "null");
  const spoiled = fc.tuple(text, fc.nat(), fc.nat(40), fc.oneof(odd, fc.string())).map(([whole, at, length, put]) => {
    const start = at % (whole.length + 1);
    return whole.slice(0, start) + put + whole.slice(start + length);
  });
  const escaped = text.map((whole) => whole.replace(/[a-z]/, "\\u0000"));
  const deep = fc.tuple(
    text,
    fc.constantFrom("[", '{"messages":', '[{"content":'),
    fc.integer({ min: 50, max: 50_000 }),
  );
  return fc.oneof(
    { weight: 12, arbitrary: text },
    { weight: 3, arbitrary: spoiled },
    { weight: 1, arbitrary: escaped },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    { weight: 1, arbitrary: deep.map(([whole, open, times]) => open.repeat(times) + whole) },
    {
      weight: 1,
      arbitrary: deep.map(
        ([whole, , times]) => `{"model":"alice","messages":${"[".repeat(times)}${whole}${"]".repeat(times)}}`,
      ),
    },
  );
}

describe("whatever is sent", () => {
  test("to chat is answered below 500", { timeout: timeoutMs }, async () => {
    await fc.assert(
      fc.asyncProperty(written(chatBody), async (body) => {
        expect(await status(chat, body)).toBeLessThan(500);
      }),
      { numRuns: runs },
    );
  });

  test("to faces is answered below 500", { timeout: timeoutMs }, async () => {
    const both = fc.tuple(written(faceBody), fc.boolean(), fc.oneof(fc.constant("alice"), fc.string(), odd));
    await fc.assert(
      fc.asyncProperty(both, async ([body, isNew, face]) => {
        expect(await (isNew ? status(createFace, body) : status(patchFace, body, { face }))).toBeLessThan(500);
      }),
      { numRuns: runs },
    );
  });

  test("as a query is answered below 500, and a cursor that is none with 422", async () => {
    const whole = "key_01m7zsyj4n5mf2kzsb1t23x2sh";
    const text = fc.oneof(fc.string(), odd, fc.constantFrom("1", "-1", "1e9", "face_", "key_01", whole));
    await fc.assert(
      fc.asyncProperty(text, text, async (limit, cursor) => {
        const query = `?${new URLSearchParams({ limit, cursor }).toString()}`;
        expect((await caller.call(listFaces, { query })).status).toBeLessThan(500);
        const query2 = `?${new URLSearchParams({ cursor }).toString()}`;
        const expected = /^key_[0-9a-z]{26}$/.test(cursor) ? 200 : 422;
        expect((await caller.call(listKeys, { query: query2 })).status).toBe(expected);
      }),
      { numRuns: Math.min(runs, 200) },
    );
  });
});

test("some of it gets through to the answer", () => {
  expect(seen.get(200) ?? 0).toBeGreaterThan(runs / 100);
  expect(seen.get(201) ?? 0).toBeGreaterThan(0);
});

describe("a border", () => {
  test("is named with 422: depth, and the length of an Idempotency-Key", async () => {
    expect(await status(chat, `{"model":"alice","messages":${"[".repeat(100_000)}`)).toBe(422);
    const post = (key: string) =>
      caller.call(createKey, { method: "POST", json: { name: "x" }, headers: { "idempotency-key": key } });
    expect((await post("k".repeat(255))).status).toBe(201);
    expect((await post("k".repeat(256))).status).toBe(422);
  });
});
