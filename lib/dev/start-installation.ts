import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clusterOf, readPgAccess } from "@/lib/db/pg-cluster";
import { freePort } from "@/lib/db/pg-process";
import { project } from "@/lib/launch/settings";

export type Installation = {
  /** where it answers, without a slash at the end */
  url: string;
  dataFolder: string;
  /** all it printed so far */
  output(): string;
  /** Stops it as Ctrl-C does. With `keepData` another may be started on the folder. @returns its exit code */
  stop(options?: { keepData?: boolean }): Promise<number | null>;
};

/**
 * Starts the whole product as `npm start` does, on a free port and an empty data folder, and waits until it
 * answers. It ends with this process, however that ends.
 *
 * @param options.env settings on top of this process's own; PORT and FACES_DATA_DIR are chosen unless given
 * @throws {Error} with all that it printed when it does not come up
 */
export async function startInstallation(options: { env?: Record<string, string> } = {}): Promise<Installation> {
  const parent = await mkdtemp(join(tmpdir(), "faces-installation-"));
  // The database's user has to pass through when we are root.
  await chmod(parent, 0o711);
  const dataFolder = options.env?.["FACES_DATA_DIR"] ?? join(parent, "data");
  const port = options.env?.["PORT"] ?? String(await freePort(null));
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [join(project, "lib", "launch", "start.mjs")], {
    cwd: project,
    env: { ...process.env, FACES_DATA_DIR: dataFolder, DATABASE_URL: "", PUBLIC_URL: url, ...options.env, PORT: port },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  const exited = once(child, "exit");
  const ready = new Promise<void>((done) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (part: Buffer) => {
        output += part.toString("utf8");
        if (output.includes("Stop with Ctrl-C.")) done();
      });
    }
  });
  const cameUp = await Promise.race([ready.then(() => true), exited.then(() => false)]);
  if (!cameUp) {
    await rm(parent, { recursive: true, force: true });
    throw new Error(`The installation did not come up:\n${output}`);
  }
  return {
    url,
    dataFolder,
    output: () => output,
    async stop({ keepData = false } = {}) {
      child.kill("SIGTERM");
      await exited;
      if (!keepData) await removeData(parent, dataFolder);
      return child.exitCode;
    },
  };
}

async function removeData(parent: string, dataFolder: string): Promise<void> {
  const access = await readPgAccess(dataFolder);
  if (access?.relocatedTo) await rm(join(clusterOf(dataFolder, access), ".."), { recursive: true, force: true });
  await rm(parent, { recursive: true, force: true });
}
