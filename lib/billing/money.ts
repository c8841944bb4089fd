/** Micro-USD per USD: money is an integer of these inside, a decimal number of USD on the wire. */
export const microUsdPerUsd = 1_000_000;

/** The most that moves at once, ten million dollars: more is an error. The tables refuse it too. */
export const mostMicroUsd = 10_000_000_000_000n;

/**
 * USD from the wire to micro-USD, rounded to the nearest.
 *
 * @param usd zero or more
 * @throws {RangeError} it is negative, not a number, or more than anything costs: schemas say so kindly before
 */
export function microUsdFromUsd(usd: number): bigint {
  if (!Number.isFinite(usd)) throw new RangeError("That is no amount of money.");
  return requireAmount(BigInt(Math.round(usd * microUsdPerUsd)));
}

/** Micro-USD to USD for the wire: exact for every amount below nine billion dollars. */
export function usdFromMicroUsd(microUsd: bigint): number {
  return Number(microUsd) / microUsdPerUsd;
}

/** The amount, in micro-USD. @throws {RangeError} it is negative or more than anything costs */
export function requireAmount(microUsd: bigint): bigint {
  if (microUsd < 0n || microUsd > mostMicroUsd) throw new RangeError(`${microUsd} micro-USD is no amount that moves.`);
  return microUsd;
}

/** An amount as people read it, to the micro-USD. */
export function usdText(microUsd: bigint): string {
  return `$${usdFromMicroUsd(microUsd).toFixed(6)}`;
}
