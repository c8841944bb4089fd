import { createHash } from "node:crypto";
import { AppError, InvalidInputError } from "@/lib/errors";
import type { Db } from "@/lib/db/client";
import { isUniqueViolation } from "@/lib/db/transaction";

const abandonedAfterMs = 10 * 60 * 1000;

/** What makes two requests the same request. */
export function requestFingerprint(method: string, path: string, body: Uint8Array): string {
  return createHash("sha256").update(`${method} ${path}\n`).update(body).digest("hex");
}

/**
 * Runs `work` once per account and key, and replays its answer afterwards.
 *
 * What passes by itself or with money is not kept (402, 429, 5xx), nor what nobody waited for (499): a caller must be
 * able to try again. Streams are not kept either.
 *
 * A secret answer is never written down: asking for it again is told that it was shown.
 *
 * @throws {AppError} `idempotency_mismatch` the key was used for another request; `conflict` the first still runs
 */
export async function once(
  db: Db,
  input: { accountId: string; key: string; fingerprint: string; isSecret?: boolean },
  work: () => Promise<Response>,
): Promise<Response> {
  const { accountId, key, fingerprint } = input;
  if (key.length > 255)
    throw new InvalidInputError("Idempotency-Key is longer than 255 characters.", "idempotency-key");
  const where = { accountId_key: { accountId, key } };
  await db.idempotencyRecord.deleteMany({
    where: { accountId, key, status: null, createdAt: { lt: new Date(Date.now() - abandonedAfterMs) } },
  });
  try {
    await db.idempotencyRecord.create({ data: { accountId, key, fingerprint } });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return replay(await db.idempotencyRecord.findUnique({ where }), fingerprint);
  }
  try {
    const response = await work();
    // a stream is not held back to be kept: the same key asks anew
    const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
    const body = isStream ? null : await response.clone().text();
    if (isStream || isPassing(response.status)) await db.idempotencyRecord.deleteMany({ where: { accountId, key } });
    else
      await db.idempotencyRecord.update({
        where,
        data: { status: response.status, body: input.isSecret ? null : body },
      });
    return response;
  } catch (error) {
    await db.idempotencyRecord.deleteMany({ where: { accountId, key } });
    throw error;
  }
}

function isPassing(status: number): boolean {
  return status === 402 || status === 429 || status === 499 || status >= 500;
}

function replay(
  record: { fingerprint: string; status: number | null; body: string | null } | null,
  fingerprint: string,
): Response {
  if (record !== null && record.fingerprint !== fingerprint) {
    throw new AppError("idempotency_mismatch", "This Idempotency-Key was already used for another request.");
  }
  if (record === null || record.status === null) {
    throw new AppError("conflict", "The first request with this Idempotency-Key is still running.", {
      retryAfterSeconds: 1,
    });
  }
  if (record.body === null) {
    throw new AppError(
      "conflict",
      "This was done before with this Idempotency-Key, and its answer is shown only once.",
    );
  }
  const headers = { "content-type": "application/json", "idempotent-replayed": "true" };
  return new Response(record.body, { status: record.status, headers });
}
