import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { ChainCheck } from "./check-chain";
import { csvHead, fromCsvLine } from "./statement-csv";

/**
 * Adds and hashes a statement again that was saved as CSV, without a database.
 *
 * @returns one check for each account in it
 * @throws {Error} in words, when the file is no statement
 */
export async function checkStatement(path: string): Promise<ChainCheck[]> {
  const chains = new Map<string, ChainCheck>();
  let isHead = true;
  for await (const line of createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity })) {
    if (isHead) {
      if (line.replace(/^\uFEFF/, "") !== csvHead.trimEnd()) throw new Error(`${path} is no statement of a ledger.`);
      isHead = false;
    } else if (line !== "") {
      const row = fromCsvLine(line);
      let chain = chains.get(row.account_id);
      if (chain === undefined) chains.set(row.account_id, (chain = new ChainCheck(row.account_id)));
      chain.add(row);
    }
  }
  return [...chains.values()];
}
