import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { expect, it } from "vitest";
import { connect } from "@/lib/db/client";
import { migrate, migrationsFolder } from "@/lib/db/migrate";
import { startTestPostgres } from "@/lib/db/pg-test-server";
import { checkLedger } from "./check-ledger";
import { readBalance } from "./ledger";
import { workOf } from "./ledger-testing";
import { readLedger } from "./read-ledger";
import { settle } from "./usage";

it("chains what an installation had before the ledger was one, to the last micro-dollar", async () => {
  const server = await startTestPostgres();
  const before = await mkdtemp(join(tmpdir(), "faces-before-ledger-"));
  try {
    const url = await server.createDatabase();
    await cp(migrationsFolder, before, { recursive: true });
    for (const name of await readdir(before)) {
      if (/^\d+_/.test(name) && name >= "20261121180000_ledger") await rm(join(before, name), { recursive: true });
    }
    await migrate(url, { migrationsFolder: before });
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(old);
    await client.end();
    expect((await migrate(url))[0]).toBe("20261121180000_ledger");
    const db = connect(url);
    try {
      const { problems, accounts, entries, openHolds } = await checkLedger(db);
      expect({ problems, accounts, entries, openHolds }).toEqual({
        problems: [],
        accounts: 3,
        entries: 6,
        openHolds: 2,
      });
      expect(await readBalance(db, "acc_a")).toMatchObject({ balanceMicroUsd: 900n, reservedMicroUsd: 50n });
      expect(await readBalance(db, "acc_b")).toMatchObject({ balanceMicroUsd: 7n, reservedMicroUsd: 0n });
      expect(await readBalance(db, "acc_c")).toMatchObject({ balanceMicroUsd: 0n, reservedMicroUsd: 0n });
      expect((await readLedger(db, "acc_a", {}, 10)).map(({ kind, note }) => [kind, note])).toEqual([
        ["grant", "of two lines"],
        ["charge", "m"],
        ["charge", "chat m"],
        ["hold", null],
      ]);
      const work = workOf("acc_a", 30n, { reservationId: "res_a" });
      expect(await settle(db, work)).toBe(true);
      // what was charged before is not charged again
      expect(await settle(db, workOf("acc_a", 40n, { reference: "trc_1" }))).toBe(false);
      expect(await readBalance(db, "acc_a")).toMatchObject({ balanceMicroUsd: 870n, reservedMicroUsd: 0n });
      expect((await checkLedger(db)).problems).toEqual([]);
    } finally {
      await db.$disconnect();
    }
  } finally {
    await rm(before, { recursive: true });
    await server.stop();
  }
});

const old = `
  INSERT INTO accounts (id) VALUES ('acc_a'), ('acc_b'), ('acc_c');
  INSERT INTO ledger_entries (id, account_id, kind, amount_micro_usd, reference, note, created_at) VALUES
    ('led_1', 'acc_a', 'grant', 1000, 'req_1', E'of two\nlines', '2026-01-01'),
    ('led_2', 'acc_b', 'grant', 7, 'req_1', NULL, '2026-01-02'),
    ('led_4', 'acc_a', 'charge', -40, 'trc_1', 'chat m', '2026-01-04'),
    ('led_3', 'acc_a', 'charge', -60, 'compile:doc_1:1:0', 'm', '2026-01-03'),
    ('led_5', 'acc_b', 'grant', 0 + 1, 'req_2', '', '2026-01-05');
  DELETE FROM ledger_entries WHERE id = 'led_5';
  INSERT INTO usage_records (id, account_id, kind, model, input_tokens, cost_micro_usd, reference) VALUES
    ('use_1', 'acc_a', 'compile', 'm', 30, 60, 'doc_1:1:0'),
    ('use_2', 'acc_a', 'chat', 'm', 3, 40, 'trc_1');
  INSERT INTO reservations (id, account_id, amount_micro_usd, expires_at) VALUES
    ('res_a', 'acc_a', 50, now() + interval '1 hour'), ('res_b', 'acc_b', 5, '2026-01-06');`;
