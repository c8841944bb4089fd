import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { findPgBinaries } from "./pg-binaries";
import {
  clusterOf,
  ensureCluster,
  ensureDataFolder,
  ensurePgAccess,
  PG_USER,
  readPgAccess,
  SYSTEM_FOLDER,
  writePgAccess,
} from "./pg-cluster";
import { canEnter, pgError, pgOwner, type PgOwner } from "./pg-owner";
import {
  answers,
  isAlive,
  isPostmasterOf,
  readPostmaster,
  removeForeignPidFile,
  startPgServer,
  stopPostmaster,
} from "./pg-process";

const DATABASE = "faces";
/** How long a server of ours may take to replay its log after a crash. */
const ANSWER_TIMEOUT_SECONDS = 120;

/** Sized for a machine of two cores and 2 GB that also runs the product; room for a web, a few workers and a guest. */
const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "max_connections=60",
  "shared_buffers=128MB",
  "jit=off",
  "max_parallel_workers_per_gather=0",
  "log_min_messages=warning",
  "timezone=UTC",
] as const;

export type EmbeddedPostgresOptions = {
  dataFolder: string;
  /** Takes one line for the person at the terminal. */
  tell?: (line: string) => void;
  /** False trades safety at a crash for speed: tests only. */
  isDurable?: boolean;
  /** In its own session, so that Ctrl-C does not reach it before its clients do. Default true. */
  detached?: boolean;
};

export type EmbeddedPostgres = {
  /** Connection string of the product's database, password included. */
  url: string;
  pid: number;
  cluster: string;
  /** True when it was already running: its last launcher was killed. */
  isReused: boolean;
  /** Settles when the server is gone, however that came. */
  exited: Promise<void>;
  /** Ends it: fast shutdown, then harder. Idempotent. */
  stop(): Promise<void>;
};

/**
 * Starts PostgreSQL on a data folder, makes what is missing, and waits until it answers.
 *
 * Nothing that a `kill -9` leaves behind stands in the way: a living server of this folder is used again,
 * a stale pid file is seen through, a half-made cluster is made anew.
 *
 * @throws {Error} one sentence that says what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataFolder = resolve(options.dataFolder);
  const tell = options.tell ?? (() => undefined);
  const owner = pgOwner();
  await ensureDataFolder(dataFolder, owner);
  const access = await ensurePgAccess(dataFolder, owner, tell);
  const cluster = clusterOf(dataFolder, access);
  const running = await findRunning(cluster, access.password);
  if (running !== null) return running;

  const binaries = await findPgBinaries(owner, await binariesFolder(dataFolder, owner), tell);
  const isDurable = options.isDurable ?? true;
  await ensureCluster(cluster, access.password, { binaries, owner, isDurable });
  removeForeignPidFile(cluster);
  const server = await startPgServer({
    binaries,
    owner,
    cluster,
    logFile: `${dataFolder}/postgres.log`,
    settings: isDurable ? SETTINGS : [...SETTINGS, "fsync=off", "synchronous_commit=off", "full_page_writes=off"],
    urlOf: (port) => urlOf(port, access.password, "postgres"),
    preferredPort: access.port,
    detached: options.detached ?? true,
  });
  await ensureDatabase(urlOf(server.port, access.password, "postgres"));
  await writePgAccess(dataFolder, { ...access, port: server.port });
  return {
    url: urlOf(server.port, access.password, DATABASE),
    pid: server.pid,
    cluster,
    isReused: false,
    exited: server.exited,
    stop: () => stopPostmaster(server.pid),
  };
}

/** The connection string of the database that runs on a data folder, or null when none answers. */
export async function findEmbeddedUrl(dataFolder: string): Promise<string | null> {
  const access = await readPgAccess(resolve(dataFolder));
  if (access === null) return null;
  const running = await findRunning(clusterOf(resolve(dataFolder), access), access.password);
  return running?.url ?? null;
}

async function findRunning(cluster: string, password: string): Promise<EmbeddedPostgres | null> {
  const postmaster = readPostmaster(cluster);
  if (postmaster === null || !isPostmasterOf(postmaster.pid, cluster)) return null;
  const maintenanceUrl = urlOf(postmaster.port, password, "postgres");
  // One that is just starting or replaying its log answers in a moment; one that is shutting down goes away.
  const deadline = Date.now() + ANSWER_TIMEOUT_SECONDS * 1000;
  while (!(await answers(maintenanceUrl))) {
    if (!isAlive(postmaster.pid)) return null;
    if (Date.now() > deadline) {
      throw pgError(`A PostgreSQL (pid ${postmaster.pid}) runs on ${cluster} but does not take our password.`);
    }
    await sleep(100);
  }
  await ensureDatabase(maintenanceUrl);
  return {
    url: urlOf(postmaster.port, password, DATABASE),
    pid: postmaster.pid,
    cluster,
    isReused: true,
    exited: untilDead(postmaster.pid),
    stop: () => stopPostmaster(postmaster.pid),
  };
}

/** A server that is not our child tells nobody of its end. */
async function untilDead(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(1000, undefined, { ref: false });
}

async function binariesFolder(dataFolder: string, owner: PgOwner): Promise<string> {
  return (await canEnter(owner, dataFolder)) ? dataFolder : SYSTEM_FOLDER;
}

async function ensureDatabase(maintenanceUrl: string): Promise<void> {
  const client = new Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function urlOf(port: number, password: string, database: string): string {
  return `postgresql://${PG_USER}:${password}@127.0.0.1:${port}/${database}`;
}
