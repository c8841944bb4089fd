import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { Settlement } from "./meter-settlement";

/** `under way`: what was delivered so far, written anew every few seconds; `over`: only the storing failed. */
type NoteState = "under way" | "over";

const Note = z.object({ state: z.enum(["under way", "over"]), settlement: Settlement });

/** A settlement that waits in a file of the data folder. */
export type Note = z.infer<typeof Note> & { name: string; ageMs: number };

/**
 * Writes a settlement to a file of the data folder.
 *
 * @returns false when that failed too
 */
export async function writeNote(settlement: Settlement, state: NoteState): Promise<boolean> {
  const path = pathOf(`${settlement.traceId}.json`);
  const text = JSON.stringify({ state, settlement }, (_key, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
  try {
    await mkdir(folder(), { recursive: true, mode: 0o700 });
    // a process that dies while it writes must leave the note before this one
    await writeFile(`${path}.new`, text, { mode: 0o600 });
    await rename(`${path}.new`, path);
    return true;
  } catch (error) {
    log.error("a note of a call could not be written", { traceId: settlement.traceId, error });
    return false;
  }
}

/** Removes the note of a call that was stored. */
export async function forgetNote(traceId: string): Promise<void> {
  await rm(pathOf(`${traceId}.json`), { force: true }).catch((error: unknown) =>
    log.warn("a note of a settled call stays", { traceId, error }),
  );
}

/** Removes what a process that died while it wrote a note left of it: nobody will end it, and it tells of a person. */
export async function dropBrokenNotes(olderThanMs: number): Promise<void> {
  const names = await readdir(folder()).catch(() => []);
  for (const path of names.filter((name) => name.endsWith(".json.new")).map(pathOf)) {
    const found = await stat(path).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs >= olderThanMs) await rm(path, { force: true });
  }
}

/** The names of all notes. */
export async function listNotes(): Promise<string[]> {
  const names = await readdir(folder()).catch(() => []);
  return names.filter((name) => name.endsWith(".json"));
}

/** Null for a note that another process has settled meanwhile; one that cannot be read is put aside. */
export async function readNote(name: string): Promise<Note | null> {
  const path = pathOf(name);
  const found = await Promise.all([readFile(path, "utf8"), stat(path)]).catch(() => null);
  if (found === null) return null;
  const [text, { mtimeMs }] = found;
  try {
    return { ...Note.parse(JSON.parse(text)), name, ageMs: Date.now() - mtimeMs };
  } catch (error) {
    log.error("a note of a call cannot be read and is put aside", { path, error });
    await rename(path, `${path}.unreadable`);
    return null;
  }
}

function pathOf(name: string): string {
  return join(folder(), name);
}

function folder(): string {
  return join(env().FACES_DATA_DIR ?? ".data", "unsettled");
}
