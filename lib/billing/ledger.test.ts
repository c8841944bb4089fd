import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testDatabase, testUser } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import { newId } from "@/lib/ids";
import { ChainCheck } from "./check-chain";
import { checkLedger } from "./check-ledger";
import { grant, readBalance, refund, reverse, topUp } from "./ledger";
import { creditedUser, keyWithBudget, workOf } from "./ledger-testing";
import { readLedger } from "./read-ledger";
import { extendHold, prolongReservation, release, reserve, sweepReservations } from "./reservations";
import { settle } from "./usage";

const { db } = await testDatabase();

/** In one account; there are as many accounts as it takes. `LEDGER_OPERATIONS=10000` for the long run. */
const operationsAtOnce = 250;
const operations = Number(process.env["LEDGER_OPERATIONS"] ?? 1_000);

const amount = fc.bigInt({ min: 0n, max: 3_000n });
const step = fc.oneof(
  fc.record({ do: fc.constantFrom("grant", "topup", "refund", "reversal"), amount, twice: fc.boolean() }),
  fc.record({ do: fc.constantFrom("hold", "dead hold"), amount, withKey: fc.boolean() }),
  fc.record({ do: fc.constantFrom("settle", "settle again", "release", "extend", "prolong"), amount, which: fc.nat() }),
  fc.record({ do: fc.constant("settle unheld"), amount }),
  fc.record({ do: fc.constant("sweep") }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Hold = { id: string; held: bigint; isDead: boolean; keyId: string | null; isOpen: boolean; reference: string };

/** An account beside a model of it that knows no rows, locks or hashes. */
class Pair {
  private balance = 0n;
  private readonly holds: Hold[] = [];
  private readonly chain: ChainCheck;
  private after = 0n;
  private spent = 0n;

  private constructor(
    private readonly accountId: string,
    private readonly keyId: string,
    private readonly budget: bigint,
  ) {
    this.chain = new ChainCheck(accountId);
  }

  static async create(): Promise<Pair> {
    const { accountId } = (await testUser(db)).actor;
    const budget = 20_000n;
    return new Pair(accountId, await keyWithBudget(db, accountId, budget), budget);
  }

  private heldBy(keyId?: string): bigint {
    const open = this.holds.filter(
      (hold) => hold.isOpen && !hold.isDead && (keyId === undefined || hold.keyId === keyId),
    );
    return open.reduce((sum, { held }) => sum + held, 0n);
  }

  private covers(more: bigint, keyId: string | null): boolean {
    if (this.balance - this.heldBy() < more) return false;
    return keyId === null || this.spent + this.heldBy(keyId) + more <= this.budget;
  }

  async apply(each: Step): Promise<void> {
    if (each.do === "sweep") {
      await sweepReservations(db);
      for (const hold of this.holds) if (hold.isDead) hold.isOpen = false;
    } else if ("twice" in each) await this.post(each.do, each.amount, each.twice);
    else if ("withKey" in each) await this.hold(each.amount, each.withKey ? this.keyId : null, each.do === "dead hold");
    else if ("which" in each)
      await this.change(each.do, each.amount, this.holds[each.which % (this.holds.length || 1)]);
    else {
      expect(await settle(db, workOf(this.accountId, each.amount))).toBe(true);
      this.balance -= each.amount;
    }
    await this.verify();
  }

  private async post(kind: string, amountMicroUsd: bigint, twice: boolean): Promise<void> {
    const entry = { accountId: this.accountId, amountMicroUsd, reference: newId("request") };
    const post = { grant, topup: topUp, refund, reversal: reverse }[kind] ?? grant;
    if (amountMicroUsd === 0n) return void (await expect(post(db, entry)).rejects.toThrow(RangeError));
    expect(await post(db, entry)).toBe(true);
    if (twice) expect(await post(db, entry)).toBe(false);
    this.balance += kind === "reversal" ? -amountMicroUsd : amountMicroUsd;
  }

  private async hold(amountMicroUsd: bigint, keyId: string | null, isDead: boolean): Promise<void> {
    const asked = { accountId: this.accountId, apiKeyId: keyId, amountMicroUsd, expiresInSeconds: isDead ? -1 : 3_600 };
    const covered = this.covers(amountMicroUsd, keyId);
    const held = reserve(db, asked).catch((error: unknown) => error);
    expect(typeof (await held)).toBe(covered ? "string" : "object");
    // whoever asks for money ends what is dead
    for (const hold of this.holds) if (hold.isDead) hold.isOpen = false;
    if (!covered) return;
    const id = String(await held);
    this.holds.push({ id, held: amountMicroUsd, isDead, keyId, isOpen: true, reference: newId("trace") });
  }

  private async change(what: string, amountMicroUsd: bigint, hold: Hold | undefined): Promise<void> {
    if (hold === undefined) return;
    const isAlive = hold.isOpen && !hold.isDead;
    if (what === "release") {
      expect(await release(db, hold.id)).toBe(hold.isOpen);
      hold.isOpen = false;
    } else if (what === "prolong") expect(await prolongReservation(db, hold.id, 3_600)).toBe(isAlive);
    else if (what === "extend") {
      const more = amountMicroUsd > hold.held ? amountMicroUsd - hold.held : 0n;
      const isCovered = isAlive && (more === 0n || this.covers(more, hold.keyId));
      expect(await extendHold(db, hold.id, amountMicroUsd)).toBe(isCovered);
      if (isAlive && more > 0n) for (const other of this.holds) if (other.isDead) other.isOpen = false;
      if (isCovered) hold.held += more;
    } else await this.settle(amountMicroUsd, hold, what === "settle again");
  }

  private async settle(cost: bigint, hold: Hold, again: boolean): Promise<void> {
    const { id: reservationId, keyId: apiKeyId, reference } = hold;
    const work = workOf(this.accountId, cost, { reservationId, apiKeyId, reference });
    const isNew = (await db.usageRecord.count({ where: { reference } })) === 0;
    expect(await settle(db, work)).toBe(isNew);
    if (again) expect(await settle(db, { ...work, costMicroUsd: cost + 1n })).toBe(false);
    hold.isOpen = false;
    if (!isNew) return;
    this.balance -= cost;
    if (apiKeyId !== null) this.spent += cost;
  }

  /** The database says what the model says, its entries add up to it, and their chain is whole. */
  private async verify(): Promise<void> {
    const rows = await readLedger(db, this.accountId, { after: this.after }, 1_000);
    for (const row of rows) this.chain.add(row);
    this.after = rows.at(-1)?.seq ?? this.after;
    expect(this.chain.problems).toEqual([]);
    const [sums] = await db.$queryRaw<{ balance: bigint; held: bigint }[]>`
      SELECT (COALESCE(SUM(amount_micro_usd) FILTER (WHERE credit_book = account_id), 0)
        - COALESCE(SUM(amount_micro_usd) FILTER (WHERE debit_book = account_id), 0))::bigint AS balance,
        COALESCE(SUM(held_change_micro_usd), 0)::bigint AS held
      FROM ledger_entries WHERE account_id = ${this.accountId}`;
    const stillHeld = this.holds.reduce((sum, { isOpen, held }) => sum + (isOpen ? held : 0n), 0n);
    expect(sums).toEqual({ balance: this.balance, held: stillHeld });
    expect(await readBalance(db, this.accountId)).toMatchObject({
      balanceMicroUsd: this.balance,
      reservedMicroUsd: this.heldBy(),
    });
  }

  async finish(): Promise<void> {
    expect((await checkLedger(db, this.accountId)).problems).toEqual([]);
    const key = await db.apiKey.findUniqueOrThrow({ where: { id: this.keyId } });
    expect(key.spentMicroUsd).toBe(this.spent);
  }
}

it(
  `adds up after each of ${operations} operations of any kind in any order`,
  async () => {
    const sizes = { minLength: operationsAtOnce, maxLength: operationsAtOnce, size: "max" } as const;
    await fc.assert(
      fc.asyncProperty(fc.array(step, sizes), async (steps) => {
        const pair = await Pair.create();
        for (const each of steps) await pair.apply(each);
        await pair.finish();
      }),
      { numRuns: Math.ceil(operations / operationsAtOnce), endOnFailure: true },
    );
    const { problems, books } = await checkLedger(db);
    expect(problems).toEqual([]);
    expect([...books.values()].reduce((sum, each) => sum + each, 0n)).toBe(0n);
  },
  operations * 60 + 60_000,
);

describe("delivered work is charged once", () => {
  const balance = async (accountId: string) => (await readBalance(db, accountId)).balanceMicroUsd;
  const held = (accountId: string, seconds = 60) =>
    reserve(db, { accountId, apiKeyId: null, amountMicroUsd: 500n, expiresInSeconds: seconds });
  const kinds = async (accountId: string) => (await readLedger(db, accountId, {}, 100)).map(({ kind }) => kind);

  it("when it is settled twice, and its hold is released after that", async () => {
    const { accountId } = (await creditedUser(db, 1_000n)).actor;
    const work = workOf(accountId, 300n, { reservationId: await held(accountId) });
    expect(await settle(db, work)).toBe(true);
    expect(await settle(db, work)).toBe(false);
    expect(await release(db, work.reservationId ?? "")).toBe(false);
    expect(await balance(accountId)).toBe(700n);
    expect(await kinds(accountId)).toEqual(["grant", "hold", "charge"]);
  });

  it("when its hold was released before, twice", async () => {
    const { accountId } = (await creditedUser(db, 1_000n)).actor;
    const reservationId = await held(accountId);
    expect([await release(db, reservationId), await release(db, reservationId)]).toEqual([true, false]);
    expect(await settle(db, workOf(accountId, 300n, { reservationId }))).toBe(true);
    expect(await balance(accountId)).toBe(700n);
    expect(await kinds(accountId)).toEqual(["grant", "hold", "release", "charge"]);
  });

  it("when its hold was swept before, also beyond what is left", async () => {
    const { accountId } = (await creditedUser(db, 1_000n)).actor;
    const reservationId = await held(accountId, -1);
    expect(await sweepReservations(db)).toBe(1);
    const work = workOf(accountId, 1_200n, { reservationId });
    expect([await settle(db, work), await settle(db, work)]).toEqual([true, false]);
    expect(await balance(accountId)).toBe(-200n);
    expect((await checkLedger(db, accountId)).problems).toEqual([]);
  });

  it("when the process dies before, during and after its settlement", async () => {
    const { accountId } = (await creditedUser(db, 1_000n)).actor;
    const work = workOf(accountId, 300n, { reservationId: await held(accountId) });
    const dying = transaction(db, async (tx) => {
      await settle(tx, work);
      throw new Error("killed");
    });
    await expect(dying).rejects.toThrow("killed");
    expect(await readBalance(db, accountId)).toMatchObject({ balanceMicroUsd: 1_000n, reservedMicroUsd: 500n });
    expect(await settle(db, work)).toBe(true);
    expect(await settle(db, work)).toBe(false);
    expect(await readBalance(db, accountId)).toMatchObject({ balanceMicroUsd: 700n, reservedMicroUsd: 0n });
  });

  it("when twenty sweeps, releases and settlements race for its hold", async () => {
    const { accountId } = (await creditedUser(db, 1_000n)).actor;
    const reservationId = await held(accountId, -1);
    const work = workOf(accountId, 300n, { reservationId });
    const racing = Array.from({ length: 20 }, () => [
      settle(db, work),
      release(db, reservationId),
      sweepReservations(db),
    ]);
    await Promise.all(racing.flat());
    expect(await readBalance(db, accountId)).toMatchObject({ balanceMicroUsd: 700n, reservedMicroUsd: 0n });
    expect((await checkLedger(db, accountId)).problems).toEqual([]);
  });
});

describe("amounts that cannot be", () => {
  it("are refused by the code", async () => {
    const { accountId } = (await creditedUser(db, 1_000n)).actor;
    for (const amountMicroUsd of [-1n, 0n, 10n ** 14n]) {
      await expect(grant(db, { accountId, amountMicroUsd, reference: "x" })).rejects.toThrow(RangeError);
    }
    await expect(settle(db, workOf(accountId, -1n))).rejects.toThrow(RangeError);
    const less = { accountId, apiKeyId: null, amountMicroUsd: -1n, expiresInSeconds: 1 };
    await expect(reserve(db, less)).rejects.toThrow(RangeError);
    // a request may ask for the moon: it is refused as one that cannot be paid
    const moon = reserve(db, { ...less, amountMicroUsd: 10n ** 30n });
    await expect(moon).rejects.toMatchObject({ code: "insufficient_credits" });
  });

  it("are refused by the tables", async () => {
    const { accountId } = (await creditedUser(db, 1_000n)).actor;
    const post = (kind: string, sum: bigint) =>
      db.$queryRaw`SELECT ledger_post(${accountId}, ${kind}, ${sum}, 'x', NULL)`;
    for (const [kind, sum] of [
      ["grant", -1n],
      ["grant", 10n ** 14n],
      ["hold", 1n],
      ["gift", 1n],
    ] as const) {
      await expect(post(kind, sum)).rejects.toThrow();
    }
    const usage = db.$executeRaw`INSERT INTO usage_records (id, account_id, kind, model, input_tokens, cost_micro_usd, reference)
      VALUES ('use_x', ${accountId}, 'chat', 'm', 1, ${10n ** 14n}, 'x')`;
    await expect(usage).rejects.toThrow();
    expect((await readBalance(db, accountId)).balanceMicroUsd).toBe(1_000n);
  });
});
