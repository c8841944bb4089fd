import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine, SchemaFilter } from "@prisma/schema-engine-wasm";
import { schemaAdapterFactory } from "./pg-schema-adapter";

export const noFilters: SchemaFilter = { externalTables: [], externalEnums: [] };

type EngineGlue = {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
  SchemaEngine: { new: typeof SchemaEngine.new };
};

/**
 * Runs `use` with Prisma's schema engine on a database.
 *
 * The engine is the WebAssembly one that Prisma ships for its CLI: the native one is downloaded at run time,
 * and Faces installs from the package registry alone. Its loader is written for bundlers, so it is loaded by hand.
 */
export async function withSchemaEngine<T>(
  url: string,
  schema: { path: string; text: string },
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await (loaded ??= loadGlue());
  const factory = schemaAdapterFactory(url);
  const adapter = bindMigrationAwareSqlAdapterFactory(factory);
  try {
    const engine = await SchemaEngine.new({ datamodels: [[schema.path, schema.text]] }, () => undefined, adapter);
    return await use(engine);
  } finally {
    await factory.close();
  }
}

let loaded: Promise<EngineGlue> | undefined;

async function loadGlue(): Promise<EngineGlue> {
  // A panic inside the engine leaves its promise open for ever: better an end with the reason.
  const panics = {
    set_message(message: string): never {
      throw new Error(`Prisma's schema engine failed: ${message}`);
    },
  };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panics });
  const root = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const glue = (await import(pathToFileURL(join(root, "schema_engine_bg.js")).href)) as EngineGlue;
  const wasm = await WebAssembly.compile(await readFile(join(root, "schema_engine_bg.wasm")));
  const imports = { "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports };
  const instance = await WebAssembly.instantiate(wasm, imports);
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports["__wbindgen_start"];
  if (typeof start === "function") start();
  return glue;
}

/** The migrations of a folder in their order, as the engine wants them. */
export async function readMigrations(folder: string): Promise<MigrationList> {
  const entries = existsSync(folder) ? await readdir(folder, { withFileTypes: true }) : [];
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  return {
    baseDir: folder,
    shadowDbInitScript: "",
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok" as const, value: await readFile(join(folder, name, "migration.sql"), "utf8") },
        },
      })),
    ),
  };
}
