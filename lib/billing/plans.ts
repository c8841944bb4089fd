/** What an account may use. Figures are the product's published plans as of November 2026; they stand here alone. */
export type Plan = {
  name: string;
  /** source tokens that may be compiled in a period, over all faces */
  compileTokens: number;
  /** null: the quota is given once and never again */
  periodDays: number | null;
  maxFaces: number;
};

export const plans = {
  free: { name: "Free", compileTokens: 5_000, periodDays: null, maxFaces: 10 },
  standard: { name: "Standard", compileTokens: 50_000, periodDays: 30, maxFaces: 100 },
  pro: { name: "Pro", compileTokens: 1_000_000, periodDays: 30, maxFaces: 1_000 },
} as const satisfies Record<string, Plan>;

export type PlanId = keyof typeof plans;

/**
 * Deleting a text gives its quota back, so compile–delete–compile could be had without end. All the compiling of a
 * period, given back or not, is capped at this multiple of the quota; what goes beyond is on credit.
 */
export const compileWorkMultiple = 3;

/** A stored plan id as a plan. @throws {RangeError} for an id that no longer exists */
export function planOf(id: string): Plan {
  if (!(id in plans)) throw new RangeError(`No plan is called ${id}.`);
  return plans[id as PlanId];
}
