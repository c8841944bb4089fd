// Runs before anything is installed, on any Node from 20.20: Node's own modules only.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { installPackages } from "./install-packages.mjs";
import { generatePrismaClient } from "./generate-prisma-client.mjs";
import { findPackagedNode, PRODUCT_NODE_MAJOR } from "./packaged-node.mjs";

export const project = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** A failure whose message is all that the person at the terminal needs. */
export class LaunchError extends Error {
  isForPeople = true;
}

/** One line for the person at the terminal. */
export function tell(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * Installs what is missing, then runs a TypeScript entry on Node 24: in this process when it is one, else in
 * a child that gets our signals and ends with us.
 *
 * @param {string} entry path inside the project, such as "lib/launch/run.ts"
 */
export async function prepareAndRun(entry) {
  try {
    process.chdir(project);
    loadEnvFile();
    // The second process of a re-execution finds everything prepared.
    if (process.env.FACES_PREPARED !== "1") await prepare();
    if (isProductNode() || process.env.FACES_PREPARED === "1") {
      delete process.env.FACES_PREPARED;
      stopWithParent();
      const { register } = await import("tsx/esm/api");
      register();
      await import(pathToFileURL(join(project, entry)).href);
    } else {
      process.exitCode = await runOnPackagedNode();
    }
  } catch (error) {
    process.stderr.write(`${error.isForPeople ? error.message : (error.stack ?? error)}\n`);
    process.exit(1);
  }
}

/** Packages and the generated database client, as package-lock.json and schema.prisma say. */
export async function prepare() {
  await installPackages(project, tell);
  const node = (await findPackagedNode(project)) ?? process.execPath;
  await generatePrismaClient(project, node, tell);
}

function isProductNode() {
  return Number(process.versions.node.split(".")[0]) === PRODUCT_NODE_MAJOR;
}

/** `.env` holds what the shell does not say; Next reads it too, the worker and the launcher do not. */
function loadEnvFile() {
  const file = join(project, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}

async function runOnPackagedNode() {
  const node = await findPackagedNode(project);
  if (node === null && Number(process.versions.node.split(".")[0]) < PRODUCT_NODE_MAJOR) {
    throw new LaunchError(
      `npm has no Node ${PRODUCT_NODE_MAJOR} that runs on ${process.platform}-${process.arch} here, and this is Node ${process.versions.node}: install Node ${PRODUCT_NODE_MAJOR}, then run this again.`,
    );
  }
  const child = spawn(node ?? process.execPath, process.argv.slice(1), {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, FACES_PREPARED: "1" },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  stopWithParent();
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("exit", (code, signal) => done(code ?? (signal ? 1 : 0)));
  });
}

/** npm or our own first half killed without a chance to say so: stop as if they had. */
function stopWithParent() {
  const stop = () => process.kill(process.pid, "SIGTERM");
  if (process.channel) {
    process.once("disconnect", stop);
    process.channel.unref();
  } else if (process.env.npm_lifecycle_event) {
    const before = ancestors();
    const timer = setInterval(() => {
      if (ancestors() === before) return;
      clearInterval(timer);
      stop();
    }, 1000);
    timer.unref();
  }
}

/** Our parent and its parent: between npm and us there is a shell, which outlives npm. */
function ancestors() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, "utf8");
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(")")).split(" ")[2]}`;
  } catch {
    return String(process.ppid);
  }
}
