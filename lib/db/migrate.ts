import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { noFilters, readMigrations, withSchemaEngine } from "./pg-schema-engine";

const project = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const schemaFile = join(project, "prisma", "schema.prisma");
export const migrationsFolder = join(project, "prisma", "migrations");

/** Any number that nothing else locks; two processes that start together migrate one after the other. */
const LOCK_ID = 4_660_337;

export type MigrateOptions = { migrationsFolder?: string; schemaFile?: string };

/**
 * Brings a database to the state of `prisma/migrations`, recording each in `_prisma_migrations`, so that
 * `prisma migrate deploy` may go on from here. Called by many at once it runs once.
 *
 * @param url a PostgreSQL connection string
 * @returns the names of the migrations applied now, in order; empty when all were there
 * @throws {Error} when a migration fails, with its name and PostgreSQL's reason
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const schemaPath = options.schemaFile ?? schemaFile;
  const text = await readFile(schemaPath, "utf8");
  const migrationsList = await readMigrations(options.migrationsFolder ?? migrationsFolder);
  if (migrationsList.migrationDirectories.length === 0) return [];
  return withMigrationLock(url, () =>
    withSchemaEngine(url, { path: schemaPath, text }, async (engine) => {
      const applied = await engine.applyMigrations({ migrationsList, filters: noFilters });
      return applied.appliedMigrationNames;
    }),
  );
}

/** A session lock: it falls with the connection, so a killed process leaves none behind. */
async function withMigrationLock<T>(url: string, run: () => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK_ID]);
    return await run();
  } finally {
    await client.end();
  }
}
