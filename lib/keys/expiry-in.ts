const dayMs = 24 * 60 * 60 * 1000;

/** When something ends that lasts so many days from now; null lasts for ever. */
export function expiryIn(days: number | null): Date | null {
  return days === null ? null : new Date(Date.now() + days * dayMs);
}
