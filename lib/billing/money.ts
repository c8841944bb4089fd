/** Micro-USD per USD: money is an integer of these inside, a decimal number of USD on the wire. */
export const microUsdPerUsd = 1_000_000;

/**
 * USD from the wire to micro-USD, rounded to the nearest.
 *
 * @param usd finite; schemas bound it before
 */
export function microUsdFromUsd(usd: number): bigint {
  return BigInt(Math.round(usd * microUsdPerUsd));
}

/** Micro-USD to USD for the wire: exact for every amount below nine billion dollars. */
export function usdFromMicroUsd(microUsd: bigint): number {
  return Number(microUsd) / microUsdPerUsd;
}
