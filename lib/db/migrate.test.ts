import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrate, migrationsFolder, schemaFile } from "./migrate";
import { noFilters, readMigrations, withSchemaEngine } from "./pg-schema-engine";
import { startTestPostgres, type TestPostgres } from "./pg-test-server";
import { readFile } from "node:fs/promises";

const schema = `datasource db {\n  provider = "postgresql"\n}\nmodel Note {\n  id String @id\n  text String\n}\n`;

let server: TestPostgres;
let folder: string;

beforeAll(async () => {
  server = await startTestPostgres();
  folder = await mkdtemp(join(tmpdir(), "faces-migrate-"));
  await writeFile(join(folder, "schema.prisma"), schema);
  await addMigration("20260101000000_notes", 'CREATE TABLE "Note" ("id" TEXT PRIMARY KEY, "text" TEXT NOT NULL);');
}, 60_000);

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

describe("migrate", () => {
  it("applies every migration once, and none the second time", async () => {
    const url = await server.createDatabase();
    expect(await migrate(url, scratch())).toEqual(["20260101000000_notes"]);
    expect(await migrate(url, scratch())).toEqual([]);
    expect(await query(url, 'select count(*)::int as n from "Note"')).toEqual([{ n: 0 }]);
  });

  it("runs once when many processes start together", async () => {
    const url = await server.createDatabase();
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(url, scratch())));
    expect(applied.flat()).toEqual(["20260101000000_notes"]);
    expect(await query(url, "select migration_name from _prisma_migrations")).toHaveLength(1);
  });

  it("names the migration that fails, and leaves no lock behind", async () => {
    const url = await server.createDatabase();
    await migrate(url, scratch());
    await addMigration("20260102000000_broken", "ALTER TABLE missing ADD COLUMN x INT;");
    await expect(migrate(url, scratch())).rejects.toThrow(/20260102000000_broken/);
    expect(await query(url, "select 1 from pg_locks where locktype = 'advisory'")).toEqual([]);
    await rm(join(folder, "migrations", "20260102000000_broken"), { recursive: true });
  });

  it("ends at exactly the tables of schema.prisma", async () => {
    const url = await server.createDatabase();
    await migrate(url);
    const text = await readFile(schemaFile, "utf8");
    const from = { tag: "migrations" as const, ...(await readMigrations(migrationsFolder)) };
    const to = { tag: "schemaDatamodel" as const, files: [{ path: schemaFile, content: text }] };
    const { stdout } = await withSchemaEngine(url, { path: schemaFile, text }, (engine) =>
      engine.diff({ from, to, script: true, exitCode: null, filters: noFilters }),
    );
    expect(stdout).toContain("empty migration");
  }, 30_000);
});

function scratch() {
  return { migrationsFolder: join(folder, "migrations"), schemaFile: join(folder, "schema.prisma") };
}

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, "migrations", name), { recursive: true });
  await writeFile(join(folder, "migrations", name, "migration.sql"), sql);
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
