import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const TAIL_LINES = 15;
const HEARTBEAT_SECONDS = 15;

/**
 * Runs `npm ci` when node_modules is missing, incomplete, older than package-lock.json or made for another platform.
 *
 * @param {string} project
 * @param {(line: string) => void} tell
 */
export async function installPackages(project, tell) {
  if (isInstalled(project)) return;
  requireOwnFolder(project);
  tell("Installing packages with npm ci (once, about a minute) …");
  const started = Date.now();
  const heartbeat = setInterval(
    () => tell(`  still installing, ${Math.round((Date.now() - started) / 1000)} s`),
    HEARTBEAT_SECONDS * 1000,
  );
  try {
    await npmCi(project);
  } finally {
    clearInterval(heartbeat);
  }
  writeFileSync(stampFile(project), stamp(project));
  tell(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** npm writes node_modules/.package-lock.json last, so an interrupted install does not look whole. */
export function isInstalled(project) {
  const installed = join(project, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  if (existsSync(stampFile(project)) && readFileSync(stampFile(project), "utf8") === stamp(project)) return true;
  // Installed by hand with npm: trusted when it was done after the lockfile last changed.
  return statSync(installed).mtimeMs >= statSync(join(project, "package-lock.json")).mtimeMs;
}

/** `npm ci` empties node_modules first: behind a link, that of somebody else. */
function requireOwnFolder(project) {
  const entry = lstatSync(join(project, "node_modules"), { throwIfNoEntry: false });
  if (!entry?.isSymbolicLink()) return;
  const error = new Error(
    "node_modules is a link to another folder and does not fit package-lock.json. Remove the link, or run `npm ci` where it points.",
  );
  error.isForPeople = true;
  throw error;
}

function npmCi(project) {
  const [command, ...before] = npmCommand();
  // Types and the test tools are part of a build, whatever NODE_ENV says.
  const flags = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const child = spawn(command, [...before, ...flags], {
    cwd: project,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32" && before.length === 0,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (output += part));
  return new Promise((done, fail) => {
    child.once("error", (error) => fail(installError(`npm could not be run (${error.code ?? error.message})`, output)));
    child.once("close", (code, signal) =>
      code === 0 ? done() : fail(installError(`npm ci ended with ${code === null ? signal : `code ${code}`}`, output)),
    );
  });
}

/** The very npm that runs us, on the Node that runs it: ours may be the one that npm ci is about to replace. */
function npmCommand() {
  const cli = process.env.npm_execpath;
  if (cli && basename(cli) === "npm-cli.js" && existsSync(cli)) {
    return [process.env.npm_node_execpath ?? process.execPath, cli];
  }
  return ["npm"];
}

function installError(what, output) {
  // npm closes some errors with its whole usage text, which would push the reason out of sight.
  const reason = output.replace(/npm error (Clean install a project|Usage:)[\s\S]*?(?=npm error A complete log|$)/, "");
  const lines = reason.split("\n").filter((line) => line.trim() !== "" && line.trim() !== "npm error");
  const tail = lines.slice(-TAIL_LINES).join("\n");
  const way = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|network/.test(output)
    ? "the package registry cannot be reached; check the network and `npm config get registry`"
    : /ENOSPC/.test(output)
      ? "the disk is full"
      : /EACCES|EPERM|EROFS/.test(output)
        ? "this folder cannot be written"
        : /EUSAGE/.test(output)
          ? "package.json and package-lock.json do not belong together"
          : "the lines above say why";
  const error = new Error(`${tail ? `${tail}\n` : ""}The packages are not installed: ${what}; ${way}.`);
  error.isForPeople = true;
  return error;
}

function stampFile(project) {
  return join(project, "node_modules", ".faces-install");
}

function stamp(project) {
  const lock = createHash("sha256")
    .update(readFileSync(join(project, "package-lock.json")))
    .digest("hex");
  return `${process.platform}-${process.arch} ${lock}\n`;
}
