import { charge, grant } from "@/lib/billing/ledger";
import type { Transaction } from "@/lib/db/client";

type Movement = {
  accountId: string;
  /** above zero */
  amountMicroUsd: bigint;
  /** Stripe's id of what moved the money: it moves credit once */
  reference: string;
  note: string;
};

/** Credits a payment. @returns false when this payment was credited before */
export function topUp(tx: Transaction, payment: Movement): Promise<boolean> {
  return grant(tx, payment);
}

/** Takes back the credit of a payment that was refunded or disputed, also below zero. @returns false when done before */
export function takeBack(tx: Transaction, refund: Movement): Promise<boolean> {
  return charge(tx, refund);
}

/** Gives credit back whose refund failed or whose dispute was won. @returns false when done before */
export function giveBack(tx: Transaction, refund: Movement): Promise<boolean> {
  return grant(tx, refund);
}

const microUsdPerCent = 10_000n;

/** Stripe's cents as micro-USD. */
export function microUsdFromCents(cents: number): bigint {
  return BigInt(cents) * microUsdPerCent;
}
