import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connect, type Db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { RateCounters, shareUntold } from "./rate-counters";

const { db, url } = await testDatabase();
const others = [connect(url, 2), connect(url, 2)];
const minute = 60_000;
const noon = Date.UTC(2026, 0, 1, 12);
let asked = 0;
let key = "";

afterAll(() => Promise.all(others.map((one) => one.$disconnect())));
beforeEach(() => {
  asked = 0;
  key = `requests of ${expect.getState().currentTestName}`;
  vi.useFakeTimers({ toFake: ["Date"], now: noon });
});
afterEach(() => void vi.useRealTimers());

function process(client: Db = db): RateCounters {
  const counting = { $queryRaw: client.$queryRaw.bind(client) } as Pick<Db, "$queryRaw">;
  return new RateCounters(() => {
    asked++;
    return counting;
  });
}

/** How many of so many requests at once are admitted. */
async function admitted(counters: RateCounters, requests: number, limit: number, of = key): Promise<number> {
  const all = await Promise.all(Array.from({ length: requests }, () => counters.take([{ key: of, limit }])));
  return all.filter((standing) => standing?.isAdmitted).length;
}

/** Resolves when the table holds this count: what was refused is given back behind the answer. */
async function counts(of: string, count: number): Promise<void> {
  const counted = async () => (await db.rateCounter.findFirst({ where: { key: of } }))?.count;
  while ((await counted()) !== count) await new Promise((turn) => setImmediate(turn));
}

describe("a limit of requests", () => {
  test("admits as many as it says, and again when they have passed", async () => {
    const counters = process();
    expect(await admitted(counters, 100, 10)).toBe(10);
    expect(await admitted(counters, 5, 10)).toBe(0);
    vi.setSystemTime(noon + 1.5 * minute);
    // half of the minute before still lies within sixty seconds
    expect(await admitted(counters, 100, 10)).toBe(5);
    vi.setSystemTime(noon + 3 * minute);
    expect(await admitted(counters, 100, 10)).toBe(10);
  });

  test.each([
    [10, 3],
    [10, 49],
    [1000, 400],
    [1000, 1500],
  ])("of %i holds in three processes with %i requests each, but for its share", async (limit, each) => {
    const processes = [process(), ...others.map(process)];
    let sum = 0;
    for (let round = 0; round < 4; round++) {
      const counts = await Promise.all(processes.map((one) => admitted(one, Math.ceil(each / 4), limit)));
      sum += counts.reduce((a, b) => a + b, 0);
    }
    const share = Math.floor(limit * shareUntold);
    expect(sum).toBeLessThanOrEqual(limit + share * processes.length);
    expect(sum).toBeGreaterThanOrEqual(Math.min(limit, each * 3));
  });

  test("is known to a process that starts in the middle of it", async () => {
    expect(await admitted(process(), 10, 10)).toBe(10);
    expect(await admitted(process(others[0]), 10, 10)).toBe(0);
    await counts(key, 10);
    vi.setSystemTime(noon + 1.1 * minute);
    expect(await admitted(process(others[1]), 10, 10)).toBe(1);
  });

  test("of many asks the database behind the answers, and waits for it with what is beyond its share alone", async () => {
    const answers: (() => void)[] = [];
    const held = (...args: Parameters<Db["$queryRaw"]>) =>
      new Promise<void>((done) => answers.push(done)).then(() => db.$queryRaw(...args));
    const counters = process({ $queryRaw: held } as never);
    let done = 0;
    const all = Array.from({ length: 61 }, () => counters.take([{ key, limit: 3_000 }]).then(() => done++));
    await new Promise((turn) => setImmediate(turn));
    expect([done, asked]).toEqual([60, 1]);
    const timer = setInterval(() => answers.splice(0).forEach((answer) => answer()), 1);
    await Promise.all(all);
    for (let request = 0; request < 500; request++) await counters.take([{ key, limit: 3_000 }]);
    clearInterval(timer);
    expect(asked).toBeLessThanOrEqual(20);
  });

  test("tells how long to wait, and no longer", async () => {
    const counters = process();
    vi.setSystemTime(noon + 15_000);
    await admitted(counters, 4, 4);
    let refused = await counters.take([{ key, limit: 4 }]);
    // the next minute begins in 45 s, and a quarter of it has to pass
    expect(refused).toMatchObject({ isAdmitted: false, limit: 4, remaining: 0, retrySeconds: 60, resetSeconds: 105 });
    vi.setSystemTime(noon + 15_000 + 59_000);
    refused = await counters.take([{ key, limit: 4 }]);
    expect(refused?.isAdmitted).toBe(false);
    expect(refused?.retrySeconds).toBeCloseTo(1, 6);
    vi.setSystemTime(noon + 15_000 + 60_000);
    expect(await counters.take([{ key, limit: 4 }])).toMatchObject({ isAdmitted: true, remaining: 0 });
  });

  test("that refuses is not counted at the others", async () => {
    const counters = process();
    const both = () =>
      counters.take([
        { key: "wide", limit: 5 },
        { key: "narrow", limit: 1 },
      ]);
    expect((await both())?.isAdmitted).toBe(true);
    for (let i = 0; i < 10; i++) expect((await both())?.isAdmitted).toBe(false);
    expect(await admitted(counters, 10, 5, "wide")).toBe(4);
    // nor by a process that has to be told so
    expect(await admitted(process(others[0]), 10, 5, "wide")).toBe(0);
    await counts("wide", 5);
  });

  test("is counted in the process alone while the database does not answer", async () => {
    let isDown = true;
    const counters = new RateCounters(() => {
      if (isDown) throw new Error("down");
      return db;
    });
    expect(await admitted(counters, 30, 10)).toBe(10);
    isDown = false;
    vi.setSystemTime(noon + 6_000);
    expect(await admitted(counters, 1, 11)).toBe(1);
    expect(await admitted(process(others[0]), 5, 11)).toBe(0);
  });
});
