import { z } from "zod";

export type Counts = { passed: number; failed: number; skipped: number };

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number().default(0),
  numTodoTests: z.number().default(0),
});

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

/** @param report what `vitest --reporter=json` wrote, or null when it wrote nothing */
export function vitestCounts(report: unknown, exitCode: number): Counts {
  const parsed = VitestReport.safeParse(report);
  if (!parsed.success) return crashed;
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = parsed.data;
  return honest({ passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }, exitCode);
}

/** @param report what Playwright's json reporter wrote, or null when it wrote nothing */
export function playwrightCounts(report: unknown, exitCode: number): Counts {
  const parsed = PlaywrightReport.safeParse(report);
  if (!parsed.success) return crashed;
  const { expected, unexpected, flaky, skipped } = parsed.data.stats;
  return honest({ passed: expected + flaky, failed: unexpected, skipped }, exitCode);
}

const crashed: Counts = { passed: 0, failed: 1, skipped: 0 };

/** A runner that failed outside its tests, or found none, has failed once. */
function honest(counts: Counts, exitCode: number): Counts {
  const isSilentFailure = counts.failed === 0 && (exitCode !== 0 || counts.passed === 0);
  return isSilentFailure ? { ...counts, failed: 1 } : counts;
}
