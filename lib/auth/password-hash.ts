import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { AppError } from "@/lib/errors";

/**
 * Argon2id with 19 MiB, two passes and one lane: the least that OWASP's Password Storage Cheat Sheet names
 * (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id).
 */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const hashBytes = 32;
const saltBytes = 16;

/** Each takes a thread of Node's four for about a tenth of a second: files and names need the others. */
const maxAtOnce = 2;
/** What waits longer than some seconds is better told to come back. */
const maxWaiting = 50;

let running = 0;
const waiting: (() => void)[] = [];

type Cost = typeof cost;

/** A password as it is stored: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, the form of the reference implementation. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await derive(password, salt, cost, hashBytes);
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(hash)}`;
}

/**
 * Whether `password` is the one that was hashed.
 *
 * @param stored null: nobody has one. It takes as long then, so that the time does not tell who has an account
 * @throws {AppError} `rate_limited` too many are being checked
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const parts = stored === null ? null : parse(stored);
  const expected = parts?.hash ?? Buffer.alloc(hashBytes);
  const hash = await derive(password, parts?.salt ?? Buffer.alloc(saltBytes), parts?.cost ?? cost, expected.length);
  return timingSafeEqual(hash, expected) && parts !== null;
}

function parse(stored: string): { salt: Buffer; hash: Buffer; cost: Cost } {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(stored);
  if (match === null) throw new RangeError("What is stored as a password's hash is none.");
  const [, memory, passes, parallelism, salt = "", hash = ""] = match;
  return {
    salt: Buffer.from(salt, "base64"),
    hash: Buffer.from(hash, "base64"),
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
  };
}

/** On a thread of its own: the event loop goes on. */
function derive(password: string, salt: Buffer, { memory, passes, parallelism }: Cost, tagLength: number) {
  const input = { message: password, nonce: salt, memory, passes, parallelism, tagLength };
  return inTurn(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        argon2("argon2id", input, (error, hash) => (error === null ? resolve(hash) : reject(error)));
      }),
  );
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < maxAtOnce) running += 1;
  else {
    if (waiting.length >= maxWaiting) {
      throw new AppError("rate_limited", "Too many people are signing in at this moment. Try again in some seconds.", {
        retryAfterSeconds: 5,
      });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  try {
    return await work();
  } finally {
    // the place goes to whoever waits, else it is free again
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
