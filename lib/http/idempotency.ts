import { createHash, randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/client";
import { AppError, InvalidInputError } from "@/lib/errors";
import { holdsKey } from "@/lib/redact-keys";
import { sourceOf, streamOf } from "@/lib/net/byte-source";
import { leaseSeconds, type Running, runningOnes } from "./idempotency-lease";

/** What makes two requests the same request: known before, or only when the body has been read to its end. */
export type Fingerprint = { known: string } | { whenRead: () => Promise<string> };

export type OnceInput = {
  accountId: string;
  key: string;
  fingerprint: Fingerprint;
  /** the answer is never written down */
  isSecret?: boolean;
};

/** The fingerprint of a request whose body was read. @param caller what its answer may depend on besides */
export function requestFingerprint(caller: string, method: string, path: string, body: Uint8Array): string {
  return createHash("sha256").update(`${caller} ${method} ${path}\n`).update(body).digest("hex");
}

/**
 * Runs `work` once per account and key, and replays its answer afterwards.
 *
 * What passes by itself or with money is not kept (402, 429, 5xx), nor what nobody waited for (499, a stream that broke
 * off): a caller must be able to try again. A stream that came to its end was had and paid for; it is not kept, so
 * asking for it again is told so. A secret answer is never written down: asking for it again is told that it was shown.
 *
 * While it runs, its process says so again and again; when that process dies, the next request may run after
 * `leaseSeconds`.
 *
 * @throws {AppError} `idempotency_mismatch` the key was used for another request; `conflict` the first still runs, or
 * its answer is not kept
 */
export async function once(db: Db, input: OnceInput, work: () => Promise<Response>): Promise<Response> {
  const { accountId, key, fingerprint } = input;
  requireUsableKey(key);
  const running = { accountId, key, owner: randomUUID() };
  const known = "known" in fingerprint ? fingerprint.known : "";
  const began = await db.$executeRaw`
    INSERT INTO idempotency_records (account_id, key, fingerprint, body, created_at)
    VALUES (${accountId}, ${key}, ${known}, ${running.owner}, now())
    ON CONFLICT (account_id, key) DO UPDATE SET fingerprint = EXCLUDED.fingerprint, body = EXCLUDED.body, created_at = now()
    WHERE idempotency_records.status IS NULL
      AND idempotency_records.created_at < now() - make_interval(secs => ${leaseSeconds})`;
  if (began === 0) {
    return replay(await db.idempotencyRecord.findUnique({ where: { accountId_key: { accountId, key } } }), fingerprint);
  }
  const record = new RunningRecord(db, running, input);
  try {
    return await record.keep(await work());
  } catch (error) {
    await record.drop();
    throw error;
  }
}

/** A record whose work runs in this process. */
class RunningRecord {
  #isOver = false;

  constructor(
    readonly db: Db,
    readonly running: Running,
    readonly input: OnceInput,
  ) {
    runningOnes().add(db, running);
  }

  /** The answer, once it is written down; a stream at once, to be written down when it ends. */
  async keep(response: Response): Promise<Response> {
    const { fingerprint, isSecret = false } = this.input;
    const isUnread = "whenRead" in fingerprint && response.status >= 300;
    if (isPassing(response.status) || isUnread) await this.drop();
    else if (isStream(response)) return this.#follow(response);
    else await this.#end(response.status, isSecret ? null : await response.clone().text());
    return response;
  }

  async drop(): Promise<void> {
    if (!this.#finish()) return;
    const { accountId, key, owner } = this.running;
    await this.db.idempotencyRecord.deleteMany({ where: { accountId, key, status: null, body: owner } });
  }

  /** @param body null: it is not kept */
  async #end(status: number, body: string | null): Promise<void> {
    const { fingerprint } = this.input;
    const whole = "whenRead" in fingerprint ? await fingerprint.whenRead() : fingerprint.known;
    if (!this.#finish()) return;
    const { accountId, key, owner } = this.running;
    // another may have begun, if this process was silent for too long
    const where = { accountId, key, status: null, body: owner };
    await this.db.idempotencyRecord.updateMany({ where, data: { status, body, fingerprint: whole } });
  }

  #follow(response: Response): Response {
    if (response.body === null) return response;
    const source = sourceOf(response.body);
    const body = streamOf({
      next: async () => {
        try {
          const bytes = await source.next();
          if (bytes === null) await this.#end(response.status, null);
          return bytes;
        } catch (error) {
          await this.drop();
          throw error;
        }
      },
      cancel: () => {
        source.cancel();
        // when this fails, it is as after a crash
        this.drop().catch(() => undefined);
      },
    });
    return new Response(body, { status: response.status, headers: response.headers });
  }

  #finish(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    runningOnes().remove(this.running);
    return true;
  }
}

function requireUsableKey(key: string): void {
  const param = "idempotency-key";
  if (key.length > 255) throw new InvalidInputError("Idempotency-Key is longer than 255 characters.", param);
  if (holdsKey(key)) {
    throw new InvalidInputError(
      "Idempotency-Key holds an API key. Send any other text, a random one for instance.",
      param,
    );
  }
}

function isStream(response: Response): boolean {
  return response.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
}

function isPassing(status: number): boolean {
  return status === 402 || status === 429 || status === 499 || status >= 500;
}

type Kept = { fingerprint: string; status: number | null; body: string | null };

async function replay(record: Kept | null, fingerprint: Fingerprint): Promise<Response> {
  const isRunning = record === null || record.status === null;
  if (!isRunning || "known" in fingerprint) {
    const asked = "known" in fingerprint ? fingerprint.known : await fingerprint.whenRead();
    if (record !== null && record.fingerprint !== asked) {
      throw new AppError("idempotency_mismatch", "This Idempotency-Key was already used for another request.");
    }
  }
  if (record === null || record.status === null) {
    throw new AppError("conflict", "The first request with this Idempotency-Key is still running.", {
      retryAfterSeconds: 1,
    });
  }
  if (record.body === null) {
    const why = "This was done before with this Idempotency-Key, and its answer was a stream or a secret, which is not";
    throw new AppError("conflict", `${why} kept. Send another Idempotency-Key to ask anew.`);
  }
  const headers = { "content-type": "application/json", "idempotent-replayed": "true" };
  return new Response(record.body, { status: record.status, headers });
}
