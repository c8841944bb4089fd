import { randomInt } from "node:crypto";
import type { Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

const leaseMs = 120_000;
const renewMs = 30_000;

export type ExportLease = { renew(): Promise<void>; end(): Promise<void> };

/**
 * Lets one export of an account be sent at a time, by whichever process. A reader who stops reading loses it after two
 * minutes.
 *
 * @throws {AppError} `rate_limited` another one is being sent
 */
export async function beginExport(db: Db, accountId: string): Promise<ExportLease> {
  const key = `export ${accountId}`;
  // so that one who lost it does not end that of the next
  const token = randomInt(2 ** 31);
  const until = () => new Date(Date.now() + leaseMs);
  const taken = await db.$executeRaw`
    INSERT INTO rate_counters (key, "window", count, expires_at) VALUES (${key}, 0, ${token}, ${until()})
    ON CONFLICT (key, "window") DO UPDATE SET expires_at = excluded.expires_at, count = excluded.count
      WHERE rate_counters.expires_at < now()`;
  if (taken === 0) {
    throw new AppError("rate_limited", "An export of this account is being sent already. Wait until it has arrived.", {
      retryAfterSeconds: 30,
    });
  }
  let renewedAt = Date.now();
  return {
    async renew() {
      if (Date.now() - renewedAt < renewMs) return;
      renewedAt = Date.now();
      await db.rateCounter.updateMany({ where: { key, count: token }, data: { expiresAt: until() } });
    },
    async end() {
      await db.rateCounter.deleteMany({ where: { key, count: token } });
    },
  };
}
