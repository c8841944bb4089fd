import { firstHash, ledgerHash, type LedgerRow } from "./ledger-hash";

/** Something that does not add up, in words; `seq` null where it is about the account as a whole. */
export type Problem = { accountId: string; seq: bigint | null; what: string };

/** A hold that has not ended, as the entries say. */
export type OpenHold = { amountMicroUsd: bigint; apiKeyId: string | null; expiresAt: string | null };

const books: Record<string, (account: string) => readonly [debit: string, credit: string]> = {
  grant: (account) => ["system:grants", account],
  topup: (account) => ["system:payments", account],
  refund: (account) => ["system:refunds", account],
  charge: (account) => [account, "system:revenue"],
  reversal: (account) => [account, "system:payments"],
  hold: (account) => [account, account],
  release: (account) => [account, account],
};

/**
 * Adds and hashes the entries of one account again, one after the other.
 *
 * A statement of a part of the time begins in the middle: what was before its first entry is then taken from that entry.
 */
export class ChainCheck {
  readonly problems: Problem[] = [];
  readonly openHolds = new Map<string, OpenHold>();
  /** what each book has, in micro-USD; together zero */
  readonly books = new Map<string, bigint>();
  entries = 0;
  /** whether it has seen the first entry, so that it knows every hold */
  isWhole = true;
  private last: Pick<
    LedgerRow,
    "seq" | "hash" | "balance_after_micro_usd" | "held_after_micro_usd" | "created_at"
  > | null = null;

  constructor(readonly accountId: string) {}

  add(row: LedgerRow): void {
    const last = (this.last ??= this.before(row));
    this.entries += 1;
    const tell = (what: string) => this.problems.push({ accountId: this.accountId, seq: row.seq, what });
    if (row.account_id !== this.accountId) tell(`belongs to ${row.account_id}`);
    if (row.seq !== last.seq + 1n) tell(`follows number ${last.seq}`);
    if (row.prev_hash !== last.hash) tell("names another hash as the one before it");
    const hash = ledgerHash(row);
    if (row.hash !== hash) tell(`hashes to ${hash}, not to ${row.hash}`);
    if (row.created_at < last.created_at) tell("is older than the entry before it");
    const balance = last.balance_after_micro_usd + effectOf(row);
    if (row.balance_after_micro_usd !== balance) tell(`leaves ${balance}, not ${row.balance_after_micro_usd}`);
    const held = last.held_after_micro_usd + row.held_change_micro_usd;
    if (row.held_after_micro_usd !== held) tell(`leaves ${held} held, not ${row.held_after_micro_usd}`);
    for (const what of this.checkKind(row)) tell(what);
    this.last = row;
  }

  get balanceMicroUsd(): bigint {
    return this.last?.balance_after_micro_usd ?? 0n;
  }

  get heldMicroUsd(): bigint {
    return this.last?.held_after_micro_usd ?? 0n;
  }

  private before(row: LedgerRow) {
    this.isWhole = row.seq === 1n;
    if (this.isWhole) {
      return { seq: 0n, hash: firstHash, balance_after_micro_usd: 0n, held_after_micro_usd: 0n, created_at: "" };
    }
    return {
      seq: row.seq - 1n,
      hash: row.prev_hash,
      balance_after_micro_usd: row.balance_after_micro_usd - effectOf(row),
      held_after_micro_usd: row.held_after_micro_usd - row.held_change_micro_usd,
      created_at: "",
    };
  }

  private *checkKind(row: LedgerRow): Generator<string> {
    const { kind, amount_micro_usd: amount, held_change_micro_usd: change } = row;
    const [debit, credit] = books[kind]?.(this.accountId) ?? [];
    if (debit === undefined || credit === undefined) return yield `is of an unknown kind, ${kind}`;
    if (row.debit_book !== debit || row.credit_book !== credit) yield `a ${kind} goes from ${debit} to ${credit}`;
    this.move(debit, -amount);
    this.move(credit, amount);
    const isMove = kind !== "hold" && kind !== "release";
    if (isMove ? amount <= 0n : amount !== 0n) yield `a ${kind} cannot move ${amount}`;
    if (kind === "hold") yield* this.open(row);
    else if (row.hold_id !== null) yield* this.end(row, row.hold_id);
    else if (change !== 0n) yield `changes what is held and names no hold`;
  }

  private move(book: string, amount: bigint): void {
    this.books.set(book, (this.books.get(book) ?? 0n) + amount);
  }

  private *open({ hold_id, held_change_micro_usd: change, api_key_id, expires_at }: LedgerRow): Generator<string> {
    if (hold_id === null || change < 0n || expires_at === null) return yield "is no hold";
    const before = this.openHolds.get(hold_id)?.amountMicroUsd ?? 0n;
    this.openHolds.set(hold_id, { amountMicroUsd: before + change, apiKeyId: api_key_id, expiresAt: expires_at });
  }

  private *end({ held_change_micro_usd: change }: LedgerRow, holdId: string): Generator<string> {
    const held = this.openHolds.get(holdId);
    if (held === undefined) {
      if (this.isWhole) yield `ends ${holdId}, which is not open`;
      return;
    }
    if (change !== -held.amountMicroUsd) yield `frees ${-change} of the ${held.amountMicroUsd} that ${holdId} held`;
    this.openHolds.delete(holdId);
  }
}

/** What an entry adds to its account's balance. */
function effectOf(row: LedgerRow): bigint {
  const { amount_micro_usd: amount, account_id: account } = row;
  return (row.credit_book === account ? amount : 0n) - (row.debit_book === account ? amount : 0n);
}
