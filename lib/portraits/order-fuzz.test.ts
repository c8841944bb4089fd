import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { GET as readPrompt } from "@/app/prompts/[prompt]/route";
import { GET as listPrompts } from "@/app/prompts/route";
import { POST as send } from "@/app/tunes/[id]/prompts/route";
import { PATCH as mark } from "@/app/v1/portraits/[portrait]/route";
import { POST as order } from "@/app/v1/portraits/orders/route";
import { POST as readText } from "@/app/v1/portraits/read/route";
import { GET as listPortraits } from "@/app/v1/portraits/route";
import { testDatabase, testUser } from "@/lib/db/testing";
import type { RouteHandler } from "@/lib/http/node-adapter";
import { testCaller } from "@/lib/http/testing";
import { testTune } from "./order-testing";
import { PromptInput } from "./prompt-input";

process.env["FACES_DATA_DIR"] = mkdtempSync(join(tmpdir(), "faces-fuzz-"));
/** `FUZZ_RUNS=10000 npm run test:unit -- lib/portraits/order-fuzz.test.ts` for the whole of it. */
const runs = Number(process.env["FUZZ_RUNS"] ?? 300);
const timeoutMs = 60_000 + runs * 100;

const { db } = await testDatabase();
const ctx = await testUser(db);
const caller = await testCaller(ctx);
const tune = await testTune(ctx, { branch: "fast" });
const seen = new Map<number, number>();

const text = `<faceid:${tune}:1> in the alps`;
const odd = fc.constantFrom(
  ...["", "\0", "\ud800", "𝒳".repeat(50), "a".repeat(6000), "__proto__", "NaN", "-1", "1e309", "True", "{1}", "null"],
  ...[
    "<faceid:",
    "<faceid:99999999999:1>",
    `<faceid:${tune}:`,
    `<faceid:${tune}:1>`,
    "--x",
    "4:5",
    "0:0",
    "file:///etc/passwd",
  ],
);
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  odd,
  fc.constantFrom(0, -1, 1, 0.5, 8, 512, 4294967295, 4294967296, 1e21, 2 ** 31, [], {}, [[]], [null], true),
);
const names = Object.keys(PromptInput.shape).filter((name) => !/_url$|callback/.test(name));
const fields = fc
  .tuple(
    fc.oneof({ weight: 9, arbitrary: fc.constant(text) }, { weight: 3, arbitrary: fc.string() }, odd),
    fc.dictionary(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, fc.string()), value, { maxKeys: 3 }),
  )
  .map(([told, more]) => ({ text: told, ...more }));

async function status(
  handler: RouteHandler,
  params: Record<string, string>,
  body: BodyInit,
  type?: string,
): Promise<number> {
  const headers = { authorization: `Bearer ${caller.key}`, ...(type === undefined ? {} : { "content-type": type }) };
  const request = new Request("http://faces.test/v1/x", { method: "POST", headers, body });
  const response = await handler(request, { params: Promise.resolve(params) });
  const said = await response.text();
  seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
  if (response.status >= 400) expect(JSON.parse(said)).toMatchObject({ detail: expect.any(String) });
  // room for the next
  if (response.status === 201) await db.prompt.deleteMany();
  return response.status;
}

function multipart(told: Record<string, unknown>): FormData {
  const form = new FormData();
  for (const [key, one] of Object.entries(told))
    form.append(`prompt[${key}]`, typeof one === "string" ? one.toWellFormed() : (JSON.stringify(one) ?? ""));
  return form;
}

const path = fc.oneof({ weight: 9, arbitrary: fc.constant("690204") }, odd, fc.constant(String(tune)), fc.string());
const json = "application/json";

test("whatever is ordered, in whatever form, is answered below 500", { timeout: timeoutMs }, async () => {
  await fc.assert(
    fc.asyncProperty(fields, path, fc.nat(4), async (told, id, form) => {
      const bodies = [
        () => status(send, { id }, JSON.stringify({ prompt: told }), json),
        () => status(send, { id }, multipart(told)),
        () => status(send, { id }, new URLSearchParams([...multipart(told)].map(([key, one]) => [key, String(one)]))),
        () => status(order, {}, JSON.stringify(told), json),
        () => status(readText, {}, JSON.stringify({ ...told, text: String(told.text) }), json),
      ];
      expect(await bodies[form]?.()).toBeLessThan(500);
    }),
    { numRuns: runs },
  );
  expect(seen.get(201) ?? 0).toBeGreaterThan(runs / 20);
  expect(seen.get(422) ?? 0).toBeGreaterThan(runs / 20);
});

test("whatever is asked for is answered below 500", { timeout: timeoutMs }, async () => {
  const word = fc.oneof(
    fc.string(),
    odd,
    fc.constantFrom("1", "-1", "1e9", "por_", "por_01m7zsyj4n5mf2kzsb1t23x2sh", "2147483648"),
  );
  await fc.assert(
    fc.asyncProperty(word, word, word, async (one, two, three) => {
      const query = `?${new URLSearchParams({ limit: one, before_id: two, offset: three, cursor: one, face: two }).toString()}`;
      const answers = [
        await caller.call(listPrompts, { query }),
        await caller.call(listPortraits, { query }),
        await caller.call(readPrompt, { params: { prompt: one } }),
        await caller.call(mark, { method: "PATCH", params: { portrait: two }, json: { is_favourite: true } }),
      ];
      for (const { status: each } of answers) expect(each).toBeLessThan(500);
    }),
    { numRuns: Math.min(runs, 150) },
  );
});
