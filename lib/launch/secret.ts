import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LaunchError } from "./launch-error";

/**
 * The installation's secret, made once and kept in the data folder (0600): losing it signs everybody out and
 * ends every API key, so it is never made anew over one that is there.
 */
export async function keepSecret(dataFolder: string): Promise<string> {
  const file = join(dataFolder, "secret");
  if (!existsSync(file)) await makeOnce(file);
  const secret = (await readFile(file, "utf8")).trim();
  if (secret.length < 32) throw new LaunchError(`${file} is damaged: put a backup back, or set FACES_SECRET.`);
  return secret;
}

/** `link` is all or nothing: of two processes that start together one wins, and no reader sees half a secret. */
async function makeOnce(file: string): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(temporary, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600 });
  try {
    await link(temporary, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}
