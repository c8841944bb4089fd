import { randomBytes } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { access, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { NotFoundError } from "@/lib/errors";
import { requireKey } from "./storage-key";
import type { ObjectStore } from "./store";

/** Files lie here while they are written; no key is called so. */
const unfinished = ".unfinished";
/** Nothing is written for so long: what is older was left by a crash. */
const leftAfterMs = 60 * 60_000;

/**
 * A store in a folder of this machine. A file is written aside, flushed, and then renamed into its place.
 *
 * @param folder made when it is missing; several processes may share it
 */
export function localStore(folder: string): ObjectStore {
  const root = resolve(folder);
  const pathOf = (key: string): string => join(root, ...requireKey(key).split("/"));

  return {
    async put(key, body, { signal }) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true });
      await mkdir(join(root, unfinished), { recursive: true });
      const part = join(root, unfinished, randomBytes(12).toString("hex"));
      try {
        const source = body instanceof Readable ? body : Readable.from([body]);
        await pipeline(source, createWriteStream(part, { flags: "wx", mode: 0o600 }), {
          ...(signal ? { signal } : {}),
        });
        await flush(part);
        await rename(part, path);
        await flush(dirname(path));
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
    },

    async get(key, { signal } = {}) {
      const path = pathOf(key);
      const file = await open(path, "r").catch((error: unknown) => {
        throw isMissing(error) ? new NotFoundError("The file") : error;
      });
      return createReadStream(path, { fd: file, ...(signal ? { signal } : {}) });
    },

    async delete(key) {
      await rm(pathOf(key), { force: true });
    },

    async exists(key) {
      return access(pathOf(key)).then(
        () => true,
        (error: unknown) => {
          if (isMissing(error)) return false;
          throw error;
        },
      );
    },

    async deleteUnfinished() {
      const folder = join(root, unfinished);
      const names = await readdir(folder).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      for (const name of names) {
        const file = await stat(join(folder, name)).catch(() => null);
        if (file !== null && Date.now() - file.mtimeMs > leftAfterMs) await rm(join(folder, name), { force: true });
      }
    },
  };
}

/** Names and bytes are on the disk when this returns, not only in the system's cache. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";
