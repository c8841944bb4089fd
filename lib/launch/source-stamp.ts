import { createHash, type Hash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** What a build is made of; the generated client follows from prisma/. */
const sources = [
  "app",
  "components",
  "lib",
  "public",
  "prisma",
  "next.config.ts",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];
const ignored = /(^|\/)(lib\/db\/generated|lib\/launch\/(?!web-)[^/]+|lib\/dev)(\/|$)|\.test\.tsx?$/;

/**
 * A hash of everything that a build depends on. Contents rather than times: a clone or a checkout changes all
 * times and no content.
 */
export async function sourceStamp(project: string, environment: Record<string, string | undefined>): Promise<string> {
  const hash = createHash("sha256");
  for (const source of sources) await addPath(hash, project, source);
  // Next writes these into the pages.
  const settings = Object.keys(environment)
    .filter((key) => key.startsWith("NEXT_PUBLIC_"))
    .sort();
  for (const key of settings) hash.update(`${key}=${environment[key]}\0`);
  return hash.digest("hex");
}

async function addPath(hash: Hash, project: string, path: string): Promise<void> {
  const absolute = join(project, path);
  if (ignored.test(path) || !existsSync(absolute)) return;
  if ((await stat(absolute)).isDirectory()) {
    for (const name of (await readdir(absolute)).sort()) await addPath(hash, project, `${path}/${name}`);
    return;
  }
  const content = await readFile(absolute);
  hash.update(`${path}\0${content.length}\0`).update(content);
}
