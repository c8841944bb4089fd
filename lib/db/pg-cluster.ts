import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import {
  chmod,
  chown,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { PgBinaries } from "./pg-binaries";
import { canEnter, pgError, PgError, type PgOwner } from "./pg-owner";

const run = promisify(execFile);

/** Where clusters and programs go that their user could not reach otherwise. */
export const SYSTEM_FOLDER = "/var/lib/faces";
export const PG_USER = "faces";
const PG_MAJOR = "18";

const PgAccess = z.object({
  password: z.string().min(1),
  /** the last port, taken again when it is free */
  port: z.number().int().nullable(),
  /** null: in the data folder, so that the folder can be moved */
  relocatedTo: z.string().nullable(),
});

/** What the data folder remembers about its database (`postgres.json`, 0600). */
export type PgAccess = z.infer<typeof PgAccess>;

/**
 * Makes a folder that holds our data, closed to other users; PostgreSQL's own user may pass through.
 *
 * @throws {Error} one sentence when it cannot be made or written
 */
export async function ensureDataFolder(folder: string, owner: PgOwner): Promise<void> {
  try {
    if (!existsSync(folder)) {
      await mkdirWithParents(folder);
      if (owner.isOther) {
        await chown(folder, 0, owner.gid);
        await chmod(folder, 0o710);
      }
    }
    const probe = await mkdtemp(join(folder, ".write-"));
    await rm(probe, { recursive: true });
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new PgError(`The data folder ${folder} cannot be written (${reason}): set FACES_DATA_DIR to one that can.`, {
      cause: error,
    });
  }
}

/** One by one: Node's own `recursive` never ends below folders such as /proc that say ENOENT to every mkdir. */
async function mkdirWithParents(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await mkdirWithParents(dirname(folder));
  await mkdir(folder, { mode: 0o700 });
}

/** The access kept in a data folder, or null before the first start. @throws {Error} when the file is damaged */
export async function readPgAccess(dataFolder: string): Promise<PgAccess | null> {
  const file = accessFile(dataFolder);
  if (!existsSync(file)) return null;
  try {
    return PgAccess.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    throw pgError(`${file} is damaged: put a backup back, or move the data folder away to start empty.`, error);
  }
}

export async function writePgAccess(dataFolder: string, access: PgAccess): Promise<void> {
  const temporary = await writeTemporary(dataFolder, access);
  await rename(temporary, accessFile(dataFolder));
}

/** The access of a data folder; the first caller decides on the password and the place. */
export async function ensurePgAccess(
  dataFolder: string,
  owner: PgOwner,
  tell: (line: string) => void,
): Promise<PgAccess> {
  const known = await readPgAccess(dataFolder);
  if (known !== null) return known;
  const relocatedTo = await relocation(dataFolder, owner);
  if (relocatedTo !== null) tell(`The database is kept in ${relocatedTo}: its user cannot enter ${dataFolder}.`);
  const cluster = relocatedTo ?? join(dataFolder, "postgres");
  if (existsSync(cluster)) await setAside(cluster, relocatedTo !== null, tell);
  const temporary = await writeTemporary(dataFolder, {
    password: randomBytes(24).toString("base64url"),
    port: null,
    relocatedTo,
  });
  // `link` fails when another process was first, whose password then holds.
  await link(temporary, accessFile(dataFolder)).catch(() => undefined);
  await rm(temporary, { force: true });
  const made = await readPgAccess(dataFolder);
  if (made === null) throw pgError(`${accessFile(dataFolder)} could not be written.`);
  return made;
}

/** Where the cluster of a data folder stands. */
export function clusterOf(dataFolder: string, access: PgAccess): string {
  return access.relocatedTo ?? join(dataFolder, "postgres");
}

/** Makes the cluster when there is none; whole or not at all, however it is interrupted. */
export async function ensureCluster(
  cluster: string,
  password: string,
  context: { binaries: PgBinaries; owner: PgOwner; isDurable: boolean },
): Promise<void> {
  const versionFile = join(cluster, "PG_VERSION");
  if (existsSync(cluster)) {
    const major = existsSync(versionFile) ? (await readFile(versionFile, "utf8")).trim() : "none";
    if (major === PG_MAJOR) return;
    throw pgError(`${cluster} is not a PostgreSQL ${PG_MAJOR} cluster (version: ${major}).`);
  }
  const parent = dirname(cluster);
  await mkdir(parent, { recursive: true, mode: 0o755 });
  await removePartials(cluster);
  const partial = await mkdtemp(`${cluster}.partial-`);
  const passwordFile = `${partial}.password`;
  try {
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (context.owner.isOther) {
      await chown(partial, context.owner.uid, context.owner.gid);
      await chown(passwordFile, context.owner.uid, context.owner.gid);
    }
    await initdb(partial, passwordFile, context);
    await rename(partial, cluster);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(partial, { recursive: true, force: true });
  }
}

async function initdb(
  folder: string,
  passwordFile: string,
  { binaries, owner, isDurable }: { binaries: PgBinaries; owner: PgOwner; isDurable: boolean },
): Promise<void> {
  // The builtin locale sorts and folds the same on every machine, whatever it has installed.
  const flags = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const access = [`--username=${PG_USER}`, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
  const sync = isDurable ? [] : ["--no-sync"];
  try {
    await run(binaries.initdb, ["-D", folder, "--no-instructions", ...flags, ...access, ...sync], {
      cwd: "/",
      ...owner.spawn,
    });
  } catch (error) {
    const stderr = (error as { stderr?: string }).stderr?.trim().split("\n").slice(-2).join(" / ");
    throw pgError(`The database could not be made (${stderr ?? String(error)}).`, error);
  }
}

/** A cluster in the data folder is reachable by its owner, or it has to live elsewhere. */
async function relocation(dataFolder: string, owner: PgOwner): Promise<string | null> {
  if (await canEnter(owner, dataFolder)) return null;
  const name = createHash("sha256")
    .update(await realpath(dataFolder))
    .digest("hex")
    .slice(0, 16);
  return join(SYSTEM_FOLDER, name, "postgres");
}

/**
 * A cluster without its password. Beside its lost file it may be somebody's data: we stop. Elsewhere it is what
 * remains of a data folder that was deleted in order to start anew: it makes room, but stays.
 */
async function setAside(cluster: string, isRelocated: boolean, tell: (line: string) => void): Promise<void> {
  if (!isRelocated) {
    throw pgError(
      `${cluster} exists but its password file postgres.json does not: put it back, or move the folder away.`,
    );
  }
  const aside = `${cluster}.until-${new Date().toISOString().replaceAll(":", "-")}`;
  await rename(cluster, aside);
  tell(`An older database of this folder was moved to ${aside}; delete it when you do not need it.`);
}

async function removePartials(cluster: string): Promise<void> {
  const prefix = `${basename(cluster)}.partial-`;
  for (const name of await readdir(dirname(cluster))) {
    if (name.startsWith(prefix)) await rm(join(dirname(cluster), name), { recursive: true, force: true });
  }
}

function accessFile(dataFolder: string): string {
  return join(dataFolder, "postgres.json");
}

async function writeTemporary(dataFolder: string, access: PgAccess): Promise<string> {
  const temporary = `${accessFile(dataFolder)}.${randomBytes(6).toString("hex")}`;
  await writeFile(temporary, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 });
  return temporary;
}
