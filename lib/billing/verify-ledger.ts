/*
 * `npm run verify:ledger` adds and hashes the ledger of the running installation again, and compares it with what is
 * reserved, used and spent. `-- acc_…` does it for one account, `-- statement.csv` for a saved statement, with no
 * database. It ends with 1 when something is wrong, and says what.
 */
import { resolve } from "node:path";
import { connect } from "@/lib/db/client";
import { findEmbeddedUrl } from "@/lib/db/embedded-postgres";
import { env } from "@/lib/env";
import type { Problem } from "./check-chain";
import { checkLedger } from "./check-ledger";
import { checkStatement } from "./check-statement";
import { usdText } from "./money";

const mostShown = 100;

const [what] = process.argv.slice(2);
const problems = what?.endsWith(".csv") ? await verifyStatement(what) : await verifyInstallation(what);
for (const problem of problems.slice(0, mostShown)) say(toSentence(problem));
if (problems.length > mostShown) say(`… and ${problems.length - mostShown} more.`);
say(problems.length === 0 ? "Everything adds up." : `${problems.length} things do not add up.`);
process.exitCode = problems.length === 0 ? 0 : 1;

async function verifyStatement(path: string): Promise<Problem[]> {
  const chains = await checkStatement(path);
  for (const { accountId, entries, balanceMicroUsd, heldMicroUsd, isWhole } of chains) {
    const part = isWhole ? "" : ", of a part of the time,";
    say(
      `${accountId}: ${entries} entries${part} end at ${usdText(balanceMicroUsd)}, of which ${usdText(heldMicroUsd)} is held.`,
    );
  }
  return chains.flatMap((chain) => chain.problems);
}

async function verifyInstallation(accountId: string | undefined): Promise<Problem[]> {
  const folder = resolve(env().FACES_DATA_DIR ?? ".data");
  const url = env().DATABASE_URL ?? (await findEmbeddedUrl(folder));
  if (url === null) {
    const problem = { accountId: accountId ?? "", seq: null };
    return [{ ...problem, what: `No database runs on ${folder}: start with npm start, or set DATABASE_URL.` }];
  }
  const db = connect(url, 1);
  try {
    const { accounts, entries, openHolds, books, problems } = await checkLedger(db, accountId);
    if (accountId !== undefined && accounts === 0) return [{ accountId, seq: null, what: "there is no such account" }];
    say(`${entries} entries of ${accounts} accounts, ${openHolds} open holds.`);
    for (const [book, amount] of [...books].sort()) say(`${book.padEnd(16)} ${usdText(amount).padStart(20)}`);
    say(
      `${"together".padEnd(16)} ${usdText([...books.values()].reduce((sum, amount) => sum + amount, 0n)).padStart(20)}`,
    );
    return problems;
  } finally {
    await db.$disconnect();
  }
}

function toSentence({ accountId, seq, what }: Problem): string {
  return [accountId, seq === null ? "" : `entry ${seq}`, what].filter((part) => part !== "").join(": ");
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
