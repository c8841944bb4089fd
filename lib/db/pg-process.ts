import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { stat, truncate } from "node:fs/promises";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import type { PgBinaries } from "./pg-binaries";
import { pgError, type PgOwner } from "./pg-owner";

const LOG_LIMIT_BYTES = 10_000_000;
/** Crash recovery replays the log before it answers; on a slow disk that takes its time. */
const START_TIMEOUT_SECONDS = 120;
const STOP_TIMEOUT_SECONDS = 20;

export type PgServerOptions = {
  binaries: PgBinaries;
  owner: PgOwner;
  cluster: string;
  logFile: string;
  /** postgres settings, each a `name=value`. */
  settings: readonly string[];
  /** The address to try until it answers. */
  urlOf: (port: number) => string;
  /** The port to take when it is free, so that a restart keeps the address that others hold. */
  preferredPort: number | null;
  /** In its own session, so that Ctrl-C in the terminal does not reach it before its clients. */
  detached: boolean;
};

export type PgServer = { pid: number; port: number; exited: Promise<void> };

/** Starts postgres on a cluster and waits until it answers. @throws {Error} one sentence and the end of its log */
export async function startPgServer(options: PgServerOptions): Promise<PgServer> {
  await capLog(options.logFile);
  const deadline = Date.now() + START_TIMEOUT_SECONDS * 1000;
  let port = await freePort(options.preferredPort);
  for (;;) {
    const logStart = await size(options.logFile);
    const server = launch(options, port);
    if (await answersBefore(options.urlOf(port), server.exited, deadline)) return server;
    const log = readFileSync(options.logFile).subarray(logStart).toString("utf8");
    // A port taken since it was found free, or backends of a killed postmaster that still hold its memory.
    const isPassing = /could not bind|Address already in use|shared memory block .* is still in use/.test(log);
    if (!isPassing || Date.now() > deadline) {
      throw pgError(`PostgreSQL did not start: ${lastLines(log)} (its log: ${options.logFile}).`);
    }
    await sleep(200);
    port = await freePort(null);
  }
}

function launch(options: PgServerOptions, port: number): PgServer {
  const log = openSync(options.logFile, "a", 0o600);
  const settings = [...options.settings, `port=${port}`].flatMap((setting) => ["-c", setting]);
  const child = spawn(options.binaries.postgres, ["-D", options.cluster, ...settings], {
    cwd: options.cluster,
    detached: options.detached,
    stdio: ["ignore", log, log],
    ...options.owner.spawn,
  });
  closeSync(log);
  child.unref();
  const exited = Promise.race([once(child, "exit"), once(child, "error")]).then(
    () => undefined,
    () => undefined,
  );
  return { pid: child.pid ?? -1, port, exited };
}

async function answersBefore(url: string, exited: Promise<void>, deadline: number): Promise<boolean> {
  let hasExited = false;
  void exited.then(() => (hasExited = true));
  while (!hasExited && Date.now() < deadline) {
    if (await answers(url)) return true;
    await sleep(30);
  }
  return false;
}

/** Whether a database takes our name and password and runs a query. */
export async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  // A server going down breaks idle clients with an event; unheard, it would end this process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What a running or dead postmaster left in its folder: pid on the first line, port on the fourth. */
export function readPostmaster(cluster: string): { pid: number; port: number } | null {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

/**
 * Removes a postmaster.pid that names a living process which is no postgres on this folder.
 *
 * PostgreSQL itself sees through a dead pid; but after a reboot or in a restarted container the number may
 * belong to another program of ours, and it would refuse to start for ever.
 */
export function removeForeignPidFile(cluster: string): void {
  const postmaster = readPostmaster(cluster);
  if (postmaster === null || !isAlive(postmaster.pid) || isPostmasterOf(postmaster.pid, cluster)) return;
  rmSync(join(cluster, "postmaster.pid"), { force: true });
}

/** True unless the system shows that the process is something else; where it cannot be told, caution says yes. */
export function isPostmasterOf(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  try {
    const isPostgres = basename(readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0] ?? "") === "postgres";
    return isPostgres && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch (error) {
    return process.platform !== "linux" || (error as NodeJS.ErrnoException).code === "EACCES";
  }
}

/** Ends a postmaster: fast shutdown first, then at once (the next start replays its log). */
export async function stopPostmaster(pid: number, timeoutSeconds = STOP_TIMEOUT_SECONDS): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + timeoutSeconds * 1000;
    while (Date.now() < deadline) {
      if (!isAlive(pid)) return;
      await sleep(20);
    }
  }
}

/** @returns false for a dead process and for one that only waits for its parent to notice (a zombie) */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return process.platform !== "linux";
  }
}

/** A port of this machine that nobody listens on; `preferred` when that one is free. */
export async function freePort(preferred: number | null): Promise<number> {
  const server = createServer();
  try {
    server.listen(preferred ?? 0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  } catch {
    return freePort(null);
  } finally {
    server.close();
  }
}

async function size(file: string): Promise<number> {
  return existsSync(file) ? (await stat(file)).size : 0;
}

async function capLog(file: string): Promise<void> {
  if ((await size(file)) > LOG_LIMIT_BYTES) await truncate(file, 0);
}

function lastLines(log: string): string {
  const lines = log.trim().split("\n").filter(Boolean);
  return lines.slice(-3).join(" / ") || "it ended without a word";
}
