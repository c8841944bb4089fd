import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase } from "@/lib/db/testing";
import { checkLedger } from "./check-ledger";
import { readBalance } from "./ledger";
import { creditedUser, keyWithBudget } from "./ledger-testing";

const { db, url } = await testDatabase();
/** `LEDGER_ROUNDS=50` for the long run. */
const rounds = Number(process.env["LEDGER_ROUNDS"] ?? 6);
const cent = 10_000n;
const each = 400n;
const requests = 200;

class Runner {
  private readonly lines: AsyncIterator<string>;

  constructor(private readonly child: ChildProcess) {
    if (child.stdout === null) throw new Error("It has no output.");
    this.lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    const { value, done } = await this.lines.next();
    if (done) throw new Error("A process of the race ended.");
    return value;
  }

  async run(round: object): Promise<number> {
    this.child.stdin?.write(`${JSON.stringify(round)}\n`);
    return Number(await this.line());
  }

  async stop(): Promise<void> {
    const closed = once(this.child, "close");
    this.child.stdin?.end();
    await closed;
  }
}

let runners: Runner[];
beforeAll(async () => {
  const args = ["--import", "tsx", "lib/billing/race-runner.ts"];
  const env = { ...process.env, DATABASE_URL: url };
  runners = [1, 2, 3].map(() => new Runner(spawn(process.execPath, args, { env, stdio: ["pipe", "pipe", "inherit"] })));
  for (const runner of runners) expect(await runner.line()).toBe("ready");
}, 120_000);
afterAll(() => Promise.all(runners.map((runner) => runner.stop())));

it.each([
  ["an account's credit", cent, null],
  ["a key's budget", 1_000_000n, cent],
] as const)(
  `of ${requests} requests of three processes that race for the last cent of %s exactly 25 are served, in ${rounds} rounds`,
  async (_whose, credit, budget) => {
    for (let round = 0; round < rounds; round += 1) {
      const { accountId } = (await creditedUser(db, credit)).actor;
      const apiKeyId = await keyWithBudget(db, accountId, budget);
      const shares = [67, 67, 66].map((count) => ({ accountId, apiKeyId, each: Number(each), count }));
      const served = await Promise.all(runners.map((runner, n) => runner.run(shares[n] ?? {})));
      expect(served.reduce((sum, count) => sum + count)).toBe(Number(cent / each));
      expect(await readBalance(db, accountId)).toMatchObject({ balanceMicroUsd: credit - cent, reservedMicroUsd: 0n });
      const key = await db.apiKey.findUniqueOrThrow({ where: { id: apiKeyId } });
      expect(key.spentMicroUsd).toBe(cent);
    }
    expect((await checkLedger(db)).problems).toEqual([]);
  },
  rounds * 20_000,
);
