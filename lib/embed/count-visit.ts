import type { Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { EmbedRow } from "./read-embed";
import { type Visitor, visitorDigest } from "./visitor-ticket";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** An address may be a household's, a school's: so many visitors' worth of messages come from one. */
const visitorsOfAnAddress = 5;
const messagesPerMinute = 10;

/** Where a visitor calls from, as far as the connection tells. */
export type VisitorPlace = {
  /** of IPv6 the block that a customer has */
  address: string;
  /** what the browser says of itself */
  browser: string;
};

type Count = { key: string; window: number; limit: number; expiresAt: Date };

/**
 * Counts a visitor's message: by the visitor, by the address and browser, and by the address alone, so that whoever
 * empties the browser's storage has not become another. All processes count together, exactly.
 *
 * @throws {AppError} `rate_limited` with the seconds until the next may be sent
 */
export async function countVisit(db: Db, embed: EmbedRow, visitor: Visitor, place: VisitorPlace): Promise<void> {
  const now = Date.now();
  const here = `${embed.id} ${visitorDigest(`${place.address}\n${place.browser}`)}`;
  const day = windowOf(now, dayMs);
  const perDay = embed.visitorMessagesPerDay;
  const counts: Count[] = [
    { key: `visit minute ${here}`, ...windowOf(now, minuteMs), limit: messagesPerMinute },
    { key: `visit day ${embed.id} ${visitor.id}`, ...day, limit: perDay },
    { key: `visit day ${here}`, ...day, limit: perDay },
    { key: `visit day ${embed.id} ${visitorDigest(place.address)}`, ...day, limit: perDay * visitorsOfAnAddress },
  ];
  const full = await takeAll(db, counts);
  if (full === null) return;
  const seconds = Math.max(1, Math.ceil((full.expiresAt.getTime() - now) / 1000));
  const message = full.key.startsWith("visit minute")
    ? "That was fast. Wait a moment before the next message."
    : `That is all for today: this page takes ${perDay} ${perDay === 1 ? "message" : "messages"} a day from each visitor.`;
  throw new AppError("rate_limited", message, { retryAfterSeconds: seconds });
}

function windowOf(now: number, lengthMs: number): { window: number; expiresAt: Date } {
  const window = Math.floor(now / lengthMs);
  return { window, expiresAt: new Date((window + 1) * lengthMs) };
}

/** Counts one in each, or in none. @returns the one that is full */
async function takeAll(db: Db, counts: Count[]): Promise<Count | null> {
  // in the order of their keys: two processes that hold rows of each other's would wait for ever
  const sorted = counts.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const refused = Symbol("refused");
  let full: Count | null = null;
  await db
    .$transaction(async (tx) => {
      const rows = await tx.$queryRaw<{ key: string; count: number }[]>`
        INSERT INTO rate_counters (key, "window", count, expires_at)
        SELECT key, "window", 1, expires_at
        FROM unnest(${sorted.map(({ key }) => key)}::text[], ${sorted.map(({ window }) => window)}::bigint[],
                    ${sorted.map(({ expiresAt }) => expiresAt)}::timestamptz[]) AS taken (key, "window", expires_at)
        ON CONFLICT (key, "window") DO UPDATE SET count = rate_counters.count + 1
        RETURNING key, count`;
      full = counts.find(({ key, limit }) => (rows.find((row) => row.key === key)?.count ?? 0) > limit) ?? null;
      if (full !== null) throw refused;
    })
    .catch((error: unknown) => {
      if (error !== refused) throw error;
    });
  return full;
}
