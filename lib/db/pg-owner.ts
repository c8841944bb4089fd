import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The unprivileged user and group that PostgreSQL runs as when we are root ("nobody" almost everywhere). */
const NOBODY = 65534;

/** The user that runs PostgreSQL: ourselves, or an unprivileged one when we are root, whom PostgreSQL refuses. */
export type PgOwner = { isOther: boolean; uid: number; gid: number; spawn: { uid?: number; gid?: number } };

export function pgOwner(): PgOwner {
  const uid = process.getuid?.() ?? -1;
  if (uid !== 0) return { isOther: false, uid, gid: process.getgid?.() ?? -1, spawn: {} };
  return { isOther: true, uid: NOBODY, gid: NOBODY, spawn: { uid: NOBODY, gid: NOBODY } };
}

/** Whether `owner` may enter `folder`, tried rather than computed: modes do not tell of ACLs and mounts. */
export async function canEnter(owner: PgOwner, folder: string): Promise<boolean> {
  if (!owner.isOther) return true;
  try {
    await run("/bin/sh", ["-c", 'cd -- "$1"', "sh", folder], { cwd: "/", ...owner.spawn });
    return true;
  } catch {
    return false;
  }
}

/** A failure whose message is all that the person at the terminal needs: no stack is shown. */
export class PgError extends Error {
  readonly isForPeople = true;
}

/** An error about the built-in database always names the way around it. */
export function pgError(sentence: string, cause?: unknown): PgError {
  const way = "Set DATABASE_URL to a PostgreSQL of your own to run without it.";
  return new PgError(`${sentence} ${way}`, cause === undefined ? undefined : { cause });
}
