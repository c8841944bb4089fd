import { randomBytes } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { access, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { NotFoundError } from "@/lib/errors";
import type { ObjectStore } from "./store";

/** Ids and slashes: nothing in it can leave the folder or hide in it. */
const keyForm = /^[a-z0-9_]+(?:\/[a-z0-9_]+)*$/;
const maxKeyLength = 300;
const unfinished = ".part";

/**
 * A store in a folder of this machine. A file is written beside its place, flushed, and then renamed into it.
 *
 * @param folder made when it is missing; several processes may share it
 */
export function localStore(folder: string): ObjectStore {
  const root = resolve(folder);
  const pathOf = (key: string): string => {
    if (!keyForm.test(key) || key.length > maxKeyLength) throw new RangeError(`not a storage key: ${key}`);
    return join(root, ...key.split("/"));
  };

  return {
    async put(key, body, { signal }) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true });
      const part = `${path}.${randomBytes(6).toString("hex")}${unfinished}`;
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

    async *list(prefix) {
      const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      for (const entry of entries) {
        const path = join(entry.parentPath, entry.name);
        const key = path
          .slice(root.length + 1)
          .split(sep)
          .join("/");
        if (!entry.isFile() || !key.startsWith(prefix)) continue;
        // a file that is gone by now was deleted, which is what a sweep wants
        const found = await stat(path).catch(() => null);
        if (found !== null) yield { key, writtenAt: found.mtime };
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
