import { beforeEach, expect, test } from "vitest";
import { POST as read } from "@/app/v1/portraits/read/route";
import { GET as listEngines } from "@/app/v1/portraits/engines/route";
import type { Ctx } from "@/lib/auth/context";
import { testDatabase, testUser } from "@/lib/db/testing";
import { testCaller } from "@/lib/http/testing";
import { testTune } from "./order-testing";
import type { ReadView } from "./portrait-schemas";

const { db } = await testDatabase();
let ctx: Ctx;
let tune: number;
beforeEach(async () => {
  ctx = await testUser(db);
  tune = await testTune(ctx, { title: "Ann" });
});

const ask = async (json: object) => {
  const { status, body } = await (await testCaller(ctx)).call(read, { method: "POST", json });
  return { status, ...(body as { data: ReadView; detail?: string }) };
};

test("a text is read as the studio will: what it follows, what it ignores and why, and where that stands", async () => {
  const text = `<faceid:${tune}:0.8> woman in the alps riding a horse --tiled_upscale`;
  const { status, data } = await ask({ text });
  expect(status).toBe(200);
  expect(data.understood).toMatchObject([{ words: "alps", meaning: "Scene: Mountains" }]);
  expect(data.ignored.map(({ words }) => words)).toEqual([expect.stringContaining("riding"), "--tiled_upscale"]);
  for (const { words, start, end } of [...data.understood, ...data.ignored]) {
    expect(text.slice(start ?? 0, end ?? 0)).toBe(words);
  }
  expect(data.people).toMatchObject([
    { id: tune, title: "Ann", strength: 0.8, start: 0, end: 5 + String(tune).length + 8 },
  ]);
  expect(data).toMatchObject({ engine: "studio", problems: [], cost_usd: 0 });
  expect(await db.prompt.count({ where: { accountId: ctx.actor.accountId } })).toBe(0);
});

test.each([
  ["in the alps", ["The text names nobody."]],
  ["<faceid:999999:1> in the alps", ["Tune 999999 was not found among yours."]],
  [
    `${"<faceid:999999:1>".repeat(21)} in the alps`,
    expect.arrayContaining(["The text names people 21 times; 20 times is the most."]),
  ],
  ["<faceid:tune_id:strength> in the alps", [expect.stringContaining("put the tune's number in")]],
])("%s: nothing is refused, what would be is told", async (text, problems) => {
  const { status, data } = await ask({ text });
  expect([status, data.problems]).toEqual([200, problems]);
  expect(data.understood.map(({ words }) => words)).toEqual(["alps"]);
});

test("any text is read; an engine that is not there is not", async () => {
  for (const text of ["", "   ", "<", "ÅİẞǅΣ alps", "<faceid:".repeat(500), "{1} {2}"])
    expect((await ask({ text })).status).toBe(200);
  expect(await ask({ text: "alps", engine: "none" })).toMatchObject({
    status: 422,
    detail: expect.stringContaining("studio"),
  });
});

test("the engines of an installation begin with the studio, which is free", async () => {
  const { body } = await (await testCaller(ctx)).call(listEngines);
  expect(body).toMatchObject({
    data: [
      {
        id: "studio",
        is_default: true,
        cost_usd_per_image: 0,
        capabilities: { text: "table" },
        table: { styles: expect.arrayContaining([]) },
      },
    ],
  });
});
