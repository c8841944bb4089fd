import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import { grant } from "@/lib/billing/ledger";
import { creditedUser, workOf } from "@/lib/billing/ledger-testing";
import { reserve } from "@/lib/billing/reservations";
import type { StatementEntry } from "@/lib/billing/show-statement";
import { settle } from "@/lib/billing/usage";
import { testDatabase } from "@/lib/db/testing";
import { testCaller } from "@/lib/http/testing";
import { GET } from "./route";

const { db } = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), "faces-statement-"));
afterAll(() => rm(folder, { recursive: true }));

type Listed = { data: StatementEntry[]; has_more: boolean; next_cursor: string | null };

async function lived() {
  const ctx = await creditedUser(db, 1_000_000n);
  const { accountId } = ctx.actor;
  await grant(db, { accountId, amountMicroUsd: 5n, reference: "gift", note: '=2+2, "for you"\nand yours — ü' });
  const hold = { accountId, apiKeyId: null, amountMicroUsd: 9_000n, expiresInSeconds: 60 };
  await settle(db, workOf(accountId, 1_234n, { reservationId: await reserve(db, hold) }));
  await reserve(db, hold);
  await creditedUser(db, 77n);
  return { accountId, caller: await testCaller(ctx, { scopes: ["billing:read"] }) };
}

const verify = (path: string) =>
  promisify(execFile)(process.execPath, ["--import", "tsx", "lib/billing/verify-ledger.ts", path]).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
  );

it("lists the ledger page by page, in money and in what is hashed", async () => {
  const { accountId, caller } = await lived();
  const entries: StatementEntry[] = [];
  let query = "?limit=2";
  for (let pages = 1; ; pages += 1) {
    const { status, body } = await caller.call(GET, { query });
    expect(status).toBe(200);
    const { data, has_more, next_cursor } = body as Listed;
    entries.push(...data);
    expect(has_more).toBe(pages < 3);
    if (next_cursor === null) break;
    query = `?limit=2&cursor=${next_cursor}`;
  }
  expect(
    entries.map(({ kind, amount_usd, balance_after_usd, held_after_usd }) => [
      kind,
      amount_usd,
      balance_after_usd,
      held_after_usd,
    ]),
  ).toEqual([
    ["grant", 1, 1, 0],
    ["grant", 0.000005, 1.000005, 0],
    ["hold", 0, 1.000005, 0.009],
    ["charge", -0.001234, 0.998771, 0],
    ["hold", 0, 0.998771, 0.009],
  ]);
  // by hand, as the documentation tells
  const { hash, ...first } = entries[0] ?? ({} as StatementEntry);
  const lines = [
    "faces ledger 1",
    accountId,
    1,
    "grant",
    "system:grants",
    accountId,
    1_000_000,
    0,
    1_000_000,
    0,
    "test",
  ];
  const text = [...lines, "", "", "", "", first.created_at, "0".repeat(64)].join("\n");
  expect(createHash("sha256").update(text).digest("hex")).toBe(hash);
});

it("streams it as CSV, which anybody can add and hash again, and which tells when one digit is another", async () => {
  const { accountId, caller } = await lived();
  const headers = { authorization: `Bearer ${caller.key}` };
  const request = new Request("http://faces.test/v1/billing/statement?format=csv", { headers });
  const response = await GET(request, { params: Promise.resolve(undefined) });
  const csv = await response.text();
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(csv).not.toMatch(/(^|,|")[=+@]/m);
  const path = join(folder, "mine.csv");
  await writeFile(path, csv);
  expect(await verify(path)).toEqual({
    code: 0,
    stdout: `${accountId}: 5 entries end at $0.998771, of which $0.009000 is held.\nEverything adds up.\n`,
  });
  await writeFile(path, csv.replace(",1234,", ",1233,"));
  const { code, stdout } = await verify(path);
  expect(code).toBe(1);
  expect(stdout).toContain("entry 4: leaves 998772, not 998771");
  expect(stdout).toContain("entry 4: hashes to ");
});

it("gives a part of the time, and refuses what is no time", async () => {
  const { caller } = await lived();
  const of = async (query: string) => (await caller.call(GET, { query })).body as Listed;
  expect((await of("?from=2020-01-01&to=2020-02-01")).data).toEqual([]);
  expect((await of("?from=2020-01-01")).data).toHaveLength(5);
  for (const query of ["?from=yesterday", "?to=2026-13-01", "?cursor=acc", "?limit=0", "?format=xml"]) {
    expect((await caller.call(GET, { query })).status, query).toBe(422);
  }
});
