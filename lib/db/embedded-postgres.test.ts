import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findEmbeddedUrl, startEmbeddedPostgres, type EmbeddedPostgres } from "./embedded-postgres";
import { isAlive, isPostmasterOf } from "./pg-process";

let parent: string;
let dataFolder: string;
let servers: EmbeddedPostgres[];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "faces-embedded-"));
  // The database's user has to pass through when the tests run as root.
  await chmod(parent, 0o711);
  dataFolder = join(parent, "data");
  servers = [];
});

afterEach(async () => {
  for (const server of servers) await server.stop();
  await rm(parent, { recursive: true, force: true });
});

describe("startEmbeddedPostgres", () => {
  it("keeps every row over a clean stop and a start, on the same address", async () => {
    const first = await start();
    await query(first.url, "create table kept (n int)");
    await query(first.url, "insert into kept values (1)");
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, "select n from kept")).toEqual([{ n: 1 }]);
  });

  it("keeps every acknowledged row when it is killed, and starts again over what is left", async () => {
    const first = await start();
    await query(first.url, "create table kept (n int)");
    for (let n = 0; n < 20; n += 1) await query(first.url, `insert into kept values (${n})`);
    process.kill(first.pid, "SIGKILL");
    await first.exited;
    expect(existsSync(join(first.cluster, "postmaster.pid"))).toBe(true);

    const second = await start();
    expect(second.isReused).toBe(false);
    expect(await query(second.url, "select count(*)::int as n from kept")).toEqual([{ n: 20 }]);
  });

  it("uses a living server of the same folder again", async () => {
    const first = await start();
    const second = await start();
    expect(second).toMatchObject({ url: first.url, pid: first.pid, isReused: true });
  });

  it("is not stopped by a pid file whose number now belongs to another program", async () => {
    const first = await start();
    await first.stop();
    const other = spawn("sleep", ["60"], { stdio: "ignore" });
    const lines = [other.pid, first.cluster, 1, 5432, "", "127.0.0.1", "0 0", ""];
    await writeFile(join(first.cluster, "postmaster.pid"), lines.join("\n"), { mode: 0o644 });
    try {
      const second = await start();
      expect(await query(second.url, "select 1 as n")).toEqual([{ n: 1 }]);
      expect(other.exitCode).toBeNull();
    } finally {
      other.kill();
    }
  });

  it("makes the cluster anew when making it was interrupted", async () => {
    await mkdir(join(dataFolder, "postgres.partial-old"), { recursive: true, mode: 0o711 });
    await writeFile(join(dataFolder, "postgres.partial-old", "PG_VERSION"), "18\n");
    if (process.getuid?.() === 0) await chmod(dataFolder, 0o711);
    const server = await start();
    expect(await query(server.url, "select 1 as n")).toEqual([{ n: 1 }]);
    expect(existsSync(join(dataFolder, "postgres.partial-old"))).toBe(false);
  });

  it("keeps its password to its owner and refuses other passwords", async () => {
    const server = await start();
    const { mode } = await stat(join(dataFolder, "postgres.json"));
    expect(mode & 0o777).toBe(0o600);
    const wrong = Object.assign(new URL(server.url), { password: "wrong" }).href;
    await expect(query(wrong, "select 1")).rejects.toThrow(/password authentication failed/);
  });

  it("says what to do when the password file is lost, and touches no data", async () => {
    const server = await start();
    await server.stop();
    await rm(join(dataFolder, "postgres.json"));
    await expect(startEmbeddedPostgres({ dataFolder })).rejects.toThrow(/postgres\.json does not: put it back/);
    expect(await readFile(join(server.cluster, "PG_VERSION"), "utf8")).toBe("18\n");
  });

  it("names the folder that cannot be made", async () => {
    const file = join(parent, "file");
    await writeFile(file, "");
    await expect(startEmbeddedPostgres({ dataFolder: join(file, "data") })).rejects.toThrow(
      /data folder .*file\/data cannot be written \(ENOTDIR\): set FACES_DATA_DIR/,
    );
  });
});

describe("findEmbeddedUrl", () => {
  it("finds the running database of a folder, and none before or after", async () => {
    expect(await findEmbeddedUrl(dataFolder)).toBeNull();
    const server = await start();
    expect(await findEmbeddedUrl(dataFolder)).toBe(server.url);
    await server.stop();
    expect(await findEmbeddedUrl(dataFolder)).toBeNull();
  });
});

describe("isPostmasterOf", () => {
  it("takes no other program for a database", () => {
    expect(isPostmasterOf(process.pid, tmpdir())).toBe(false);
  });
});

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataFolder, isDurable: true });
  servers.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
