import { createHash } from "node:crypto";
import type { Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

const windowSeconds = 15 * 60;
/** Somebody who mistypes their password needs fewer; who has forgotten it will not find it by more. */
const maxPerCaller = 10;
/** From however many addresses. Higher, so that a stranger cannot easily keep its owner out. */
const maxPerSubject = 100;

/** What was counted, to be forgotten when the attempt was right. */
export type Attempt = { succeeded(): Promise<void> };

/**
 * Counts an attempt to guess something, before it is looked at, in all processes together.
 *
 * @param what `sign-in`, `invite`, …
 * @param subject whose secret is guessed at; stored hashed only
 * @throws {AppError} `rate_limited`, with the seconds until the next window
 */
export async function countAttempt(
  db: Db,
  { what, subject, address }: { what: string; subject: string; address: string },
): Promise<Attempt> {
  const seconds = Date.now() / 1000;
  const window = BigInt(Math.floor(seconds / windowSeconds));
  const endsIn = windowSeconds - (seconds % windowSeconds);
  const perCaller = keyOf([what, subject, address]);
  const counts = [
    { key: perCaller, max: maxPerCaller },
    { key: keyOf([what, subject]), max: maxPerSubject },
  ];
  for (const { key, max } of counts) {
    if ((await increment(db, key, { window, endsIn })) <= max) continue;
    throw new AppError("rate_limited", `Too many attempts. Try again in ${Math.ceil(endsIn / 60)} minutes.`, {
      retryAfterSeconds: endsIn,
    });
  }
  return {
    async succeeded() {
      await db.rateCounter.deleteMany({ where: { key: perCaller } });
    },
  };
}

async function increment(db: Db, key: string, { window, endsIn }: { window: bigint; endsIn: number }): Promise<number> {
  const expiresAt = new Date(Date.now() + endsIn * 1000);
  const [row] = await db.$queryRaw<{ count: number }[]>`
    INSERT INTO rate_counters (key, "window", count, expires_at) VALUES (${key}, ${window}, 1, ${expiresAt})
    ON CONFLICT (key, "window") DO UPDATE SET count = rate_counters.count + 1 RETURNING count`;
  return row?.count ?? 0;
}

function keyOf([what = "", ...parts]: string[]): string {
  return `${what} ${createHash("sha256").update(parts.join("\n")).digest("base64url")}`;
}
