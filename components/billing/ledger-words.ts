import { formatMoney } from "@/lib/format";

/**
 * Money of the ledger: four digits at least, six where the fifth or sixth says something, so that a column adds up.
 *
 * @param usd US dollars
 * @param isSigned what moves says in which direction
 */
export function formatLedgerUsd(usd: number, isSigned = false): string {
  const micro = Math.round(usd * 1e6);
  const amount = formatMoney(micro / 1e6, micro % 100 === 0 ? 4 : 6);
  return isSigned && micro > 0 ? `+${amount}` : amount;
}
