import { unzipSync, type UnzipFileInfo } from "fflate";
import { Refusal } from "./reading";

/** The files of an archive that were asked for, by path. */
export type Unpacked = Map<string, Uint8Array>;

const megabyte = 1024 * 1024;
const maxEntries = 10_000;
const maxEntryBytes = 64 * megabyte;
const maxTotalBytes = 128 * megabyte;
/** Text packs ten to one; a bomb a thousand to one. Small files may repeat themselves. */
const maxRatio = 150;
const freeBytes = megabyte;

/**
 * Unpacks the wanted files of a zip archive, within limits that are checked before anything is unpacked. What an entry
 * says of its size is all the room it gets, and an archive in the archive stays packed.
 *
 * @throws {Refusal} `too_large` it unpacks to more than it should; `unreadable` damaged or cut off
 */
export function unzip(bytes: Uint8Array, fileName: string, isWanted: (path: string) => boolean): Unpacked {
  let entries = 0;
  let total = 0;
  const filter = ({ name, size, originalSize }: UnzipFileInfo): boolean => {
    entries += 1;
    if (entries > maxEntries) throw new Refusal("too_large", `${fileName} holds more than ${maxEntries} files.`);
    if (!isWanted(name) || name.endsWith("/")) return false;
    total += originalSize;
    const isBomb = originalSize > freeBytes && originalSize > size * maxRatio;
    if (isBomb || originalSize > maxEntryBytes || total > maxTotalBytes) {
      throw new Refusal("too_large", `${fileName} unpacks to more than can be read. Upload its text by itself.`);
    }
    return true;
  };
  try {
    return new Map(Object.entries(unzipSync(bytes, { filter })));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("unreadable", `${fileName} is damaged or cut off: it cannot be unpacked.`);
  }
}

/** The paths in an archive. @throws {Refusal} as `unzip` */
export function listZip(bytes: Uint8Array, fileName: string): string[] {
  const paths: string[] = [];
  unzip(bytes, fileName, (path) => {
    paths.push(path);
    return false;
  });
  return paths;
}
