import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { startEmbeddedPostgres } from "./embedded-postgres";
import { clusterOf, readPgAccess } from "./pg-cluster";
import { isAlive, isPostmasterOf, readPostmaster, stopPostmaster } from "./pg-process";

const PREFIX = "faces-test-pg-";

export type TestPostgres = {
  /** An empty database, ready for `migrate`. */
  url: string;
  /** Makes another database, as a copy of `template` when one is named, and answers its url. */
  createDatabase(template?: string): Promise<string>;
  /** Ends the server and deletes everything. */
  stop(): Promise<void>;
};

/**
 * A PostgreSQL of one's own for a test run, in the system's folder for temporary files, without fsync.
 *
 * One per run and a database per file is the cheap way: a start takes a second or two, a copy of a migrated
 * template some 50 ms. Servers whose test run was killed are swept away by the next start.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  await sweepAbandoned();
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  // Ours alone by default, but the database's user has to pass through it.
  await chmod(folder, 0o711);
  const server = await startEmbeddedPostgres({ dataFolder: join(folder, "data"), isDurable: false, detached: false });
  return {
    url: server.url,
    createDatabase: (template) => createDatabase(server.url, template),
    async stop() {
      await server.stop();
      await removeFolder(folder, server.cluster);
    },
  };
}

async function createDatabase(url: string, template?: string): Promise<string> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const source = template === undefined ? "" : ` template ${client.escapeIdentifier(template)}`;
    await client.query(`create database ${name}${source}`);
  } finally {
    await client.end();
  }
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

async function sweepAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(name.startsWith(PREFIX) ? name.slice(PREFIX.length).split("-")[0] : NaN);
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    const folder = join(tmpdir(), name);
    // Another user's leftovers are not ours to read or to delete.
    await sweep(folder).catch(() => undefined);
  }
}

async function sweep(folder: string): Promise<void> {
  const access = await readPgAccess(join(folder, "data"));
  if (access === null) return rm(folder, { recursive: true, force: true });
  const cluster = clusterOf(join(folder, "data"), access);
  const postmaster = existsSync(cluster) ? readPostmaster(cluster) : null;
  if (postmaster !== null && isPostmasterOf(postmaster.pid, cluster)) await stopPostmaster(postmaster.pid);
  await removeFolder(folder, cluster);
}

async function removeFolder(folder: string, cluster: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  // A relocated cluster has a folder of its own under /var/lib/faces.
  if (!cluster.startsWith(folder)) await rm(dirname(cluster), { recursive: true, force: true });
}
