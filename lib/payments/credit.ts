import { refund, reverse, topUp as post } from "@/lib/billing/ledger";
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
  return post(tx, payment);
}

/** Takes back the credit of a payment that was refunded or disputed, also below zero. @returns false when done before */
export function takeBack(tx: Transaction, movement: Movement): Promise<boolean> {
  return reverse(tx, movement);
}

/** Gives credit back whose refund failed or whose dispute was won. @returns false when done before */
export function giveBack(tx: Transaction, movement: Movement): Promise<boolean> {
  return refund(tx, movement);
}

const microUsdPerCent = 10_000n;

/** Stripe's cents as micro-USD. */
export function microUsdFromCents(cents: number): bigint {
  return BigInt(cents) * microUsdPerCent;
}
