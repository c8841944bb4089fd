import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { migrate, migrationsFolder, schemaFile } from "@/lib/db/migrate";
import { noFilters, readMigrations, withSchemaEngine } from "@/lib/db/pg-schema-engine";
import { startTestPostgres } from "@/lib/db/pg-test-server";
import { LaunchError, tell } from "@/lib/launch/launch-error";

/*
 * `npm run db:migration -- name_in_words`: writes the SQL between prisma/migrations and prisma/schema.prisma as
 * the next migration, and proves on a throw-away server that it applies.
 */
const name = process.argv[2] ?? "";
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  throw new LaunchError("Name the change in small words: npm run db:migration -- add_face_language");
}

const server = await startTestPostgres();
try {
  const sql = await difference(server.url);
  if (sql === null) {
    tell("prisma/schema.prisma says what the migrations say: there is nothing to write.");
  } else {
    const folder = join(migrationsFolder, `${timestamp(new Date())}_${name}`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "migration.sql"), sql);
    await migrate(server.url);
    tell(`${sql}\nWritten to ${folder} and applied to an empty database. Read it before you commit it.`);
  }
} finally {
  await server.stop();
}

async function difference(url: string): Promise<string | null> {
  const text = await readFile(schemaFile, "utf8");
  const from = { tag: "migrations" as const, ...(await readMigrations(migrationsFolder)) };
  const to = { tag: "schemaDatamodel" as const, files: [{ path: schemaFile, content: text }] };
  const result = await withSchemaEngine(url, { path: schemaFile, text }, (engine) =>
    engine.diff({ from, to, script: true, exitCode: null, filters: noFilters }),
  );
  const sql = result.stdout ?? "";
  return sql.trim() === "" || sql.includes("-- This is an empty migration") ? null : sql;
}

/** Prisma's own form, so that its tools sort these among theirs. */
function timestamp(time: Date): string {
  return time.toISOString().replaceAll(/[-:T]/g, "").slice(0, 14);
}
