import { readdir, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it, vi } from "vitest";
import { settleNotes } from "@/lib/chat/meter-replay";
import { testDatabase } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import { newId } from "@/lib/ids";
import { checkLedger } from "./check-ledger";
import { judge, notedTokens, storedPieces, type Wrong } from "@/lib/chat/meter-kill-books";
import { Victim } from "@/lib/chat/meter-kill-child";
import { seededRandom } from "@/lib/seeded-random";
import { compilePiece, createPieces, topUpOnce } from "./kill-work";
import { creditedUser, keyWithBudget } from "./ledger-testing";
import { sweepReservations } from "./reservations";

/** `KILLS=200` for the long run: so many calls are cut off in each phase. `KILL_SEED` does one run again. */
const kills = Number(process.env["KILLS"] ?? 2);
const firstSeed = Number(process.env["KILL_SEED"] ?? Date.now() % 1_000_000_000);

/** Where a call can be when its process dies, in the words of lib/chat/meter-kill-victim.ts. */
const phases = {
  before: "before the hold",
  holding: "inside the hold",
  held: "between hold and first byte",
  stream: "mid-stream, nothing noted",
  noted: "mid-stream, noted",
  last: "between last byte and settling",
  settling: "inside the settling",
  settled: "settled, the end not told",
  releasing: "inside a release",
  compiling: "inside a job's charge",
  paying: "inside a top-up",
};
type Phase = keyof typeof phases;
const isPhase = (name: string): name is Phase => name in phases;

const dataFolder = join(tmpdir(), `faces-kill-${process.pid}-${Date.now()}`);
const notes = join(dataFolder, "unsettled");
vi.stubEnv("FACES_DATA_DIR", dataFolder);
vi.stubEnv("OPENAI_API_KEY", "fake-key");
const { db, url } = await testDatabase();
await createPieces(db);
let started = 0;
/** A process whose connections are known by its name. */
function startVictim(): Victim {
  const name = `victim_${(started += 1)}`;
  const marked = new URL(url);
  marked.searchParams.set("application_name", name);
  return Victim.start(name, marked.href, dataFolder, process.env);
}
let next = startVictim();

afterAll(async () => {
  await next.kill();
  await rm(dataFolder, { recursive: true, force: true });
});

const random = seededRandom(firstSeed);

const caught = Object.fromEntries(Object.keys(phases).map((phase) => [phase, 0])) as Record<Phase, number>;
const wrong: Wrong = { lost: [], double: [], reserved: [] };
const startedAt = performance.now();
const sums = { processes: 0, calls: 0, delivered: 0, unpaid: 0, longestUnpaidMs: 0 };

it(
  `a process that is killed ${kills} times in each phase loses nothing, charges nothing twice and leaves nothing held`,
  async () => {
    for (;;) {
      const [rarest] = (Object.keys(caught) as Phase[]).sort((a, b) => caught[a] - caught[b]);
      if (rarest === undefined || caught[rarest] >= kills) break;
      await killOnce(rarest);
      if (sums.processes % 50 === 0) tell();
      expect(wrong, `KILL_SEED=${firstSeed}`).toEqual({ lost: [], double: [], reserved: [] });
    }
    expect((await checkLedger(db)).problems).toEqual([]);
    // not even half a note that was being written
    expect(await readdir(notes)).toEqual([]);
    tell();
  },
  60_000 + kills * 30_000,
);

/** How far a long run is. */
function tell(): void {
  if (kills <= 2) return;
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  process.stdout.write(`${JSON.stringify({ seed: firstSeed, seconds, ...sums, caught })}\n`);
}

async function killOnce(phase: Phase): Promise<void> {
  const { accountId } = (await creditedUser(db, 1_000_000_000n)).actor;
  await db.account.update({ where: { id: accountId }, data: { plan: "free", overflowEnabled: true } });
  const apiKeyId = random() < 0.5 ? await keyWithBudget(db, accountId, 500_000_000n) : null;
  const faceId = newId("face");
  const face = { id: faceId, accountId, username: faceId.slice(-20), syncCreditMicroUsd: 1_000_000_000n };
  await db.face.create({ data: face });
  const victim = next;
  await victim.begin({ accountId, apiKeyId, faceId, seed: Math.floor(random() * 2 ** 32) });
  next = startVictim();
  await sleep(60 + random() * 100);
  await killIn(victim, accountId, phase);

  for (const { phase: last } of victim.current.values()) if (isPhase(last)) caught[last] += 1;
  const noted = await notedTokens();
  await succeed({ accountId, apiKeyId, faceId }, victim);
  sums.processes += 1;
  sums.calls += victim.calls.size;
  for (const { delivered } of victim.calls.values()) sums.delivered += delivered.length;
  const { pieces, longestMs } = await judge(db, accountId, victim, noted, wrong);
  sums.unpaid += pieces;
  sums.longestUnpaidMs = Math.max(sums.longestUnpaidMs, longestMs);
}

const isStatement = (phase: Phase) => ["holding", "settling", "compiling", "paying"].includes(phase);

/** Half of the time somebody else is at the account's books, so that what it wants to write waits inside its statement. */
async function killIn(victim: Victim, accountId: string, phase: Phase): Promise<void> {
  const kill = async () => {
    await victim.until(phase);
    await sleep(random() * 4);
    await victim.kill();
  };
  if (!isStatement(phase) || random() < 0.5) return kill();
  await transaction(db, async (tx) => {
    await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${accountId} FOR NO KEY UPDATE`;
    await Promise.race([kill(), sleep(1_000)]);
  });
  await victim.kill();
}

/**
 * What comes after a death, in any order and more than once: notes are settled, holds that ended are swept, the job runs
 * again, the webhook is delivered again.
 */
async function succeed(owner: { accountId: string; apiKeyId: string | null; faceId: string }, victim: Victim) {
  const { accountId } = owner;
  // what the dead process had sent may still be running in the database
  const isEarly = random() < 0.5;
  if (!isEarly) await untilGone(victim);
  const names = [...victim.calls.keys()];
  const steps = [
    async () => {
      const longAgo = new Date(Date.now() - 61_000);
      for (const name of await readdir(notes).catch(() => [])) await utimes(join(notes, name), longAgo, longAgo);
      expect(await settleNotes(db)).toBe(0);
    },
    async () => {
      if (isEarly) await untilGone(victim);
      // its holds have ended instead of ending in twenty minutes
      await db.$executeRaw`UPDATE reservations SET expires_at = now() - interval '1 second' WHERE account_id = ${accountId}`;
      await sweepReservations(db);
    },
    async () => {
      for (const name of names.filter((one) => one.startsWith("compile:"))) await compilePiece(db, owner, name);
      for (const name of names.filter((one) => one.startsWith("topup:"))) await topUpOnce(db, accountId, name);
    },
  ];
  // a piece that its owner was told of must not need the successor
  const stored = await storedPieces(db, accountId);
  for (const { name, isAnswered } of victim.calls.values())
    if (isAnswered && name.startsWith("compile:") && !stored.has(name)) wrong.lost.push(`${name} was answered`);
  steps.sort(() => random() - 0.5);
  for (const step of steps) await step();
  const before = await db.ledgerEntry.count({ where: { accountId } });
  for (const step of steps) await step();
  const after = await db.ledgerEntry.findMany({ where: { accountId }, orderBy: { seq: "asc" } });
  for (const { kind, reference } of after.slice(before))
    wrong.double.push(`${kind} of ${reference} in the second round`);
}

/** The database has done all that the dead process had sent. */
function untilGone({ name }: Victim): Promise<void> {
  return vi.waitFor(
    async () => {
      const [row] = await db.$queryRaw<{ open: bigint }[]>`
        SELECT count(*) AS open FROM pg_stat_activity
        WHERE application_name = ${name} AND datname = current_database()`;
      expect(row?.open).toBe(0n);
    },
    { timeout: 30_000, interval: 2 },
  );
}
