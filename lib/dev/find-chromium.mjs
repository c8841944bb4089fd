// Finds a Chromium for the browser tests; never lets them be skipped for want of one.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

const systemNames = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const systemPaths = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * @typedef {{ executablePath: string, args: string[], env: Record<string, string>, from: string }} Chromium
 * `env` comes on top of the process's own.
 */

/**
 * The first that exists and says its version: PLAYWRIGHT_CHROMIUM_PATH, Playwright's own, the system's, the one
 * inside @sparticuz/chromium, one that Playwright downloads now.
 *
 * @returns {Promise<Chromium>}
 * @throws {Error} one line that names all of them
 */
export async function findChromium() {
  const wanted = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  if (wanted) {
    if (await runs(wanted)) return found(wanted, "PLAYWRIGHT_CHROMIUM_PATH");
    throw new Error(`PLAYWRIGHT_CHROMIUM_PATH is ${wanted}, which does not run as a Chromium.`);
  }
  const { chromium } = require("@playwright/test");
  if (await runs(chromium.executablePath())) return found(chromium.executablePath(), "Playwright");
  for (const path of systemCandidates()) if (await runs(path)) return found(path, "the system");
  const packaged = await unpackSparticuz().catch(() => null);
  if (packaged !== null) return packaged;
  const cli = join(require.resolve("@playwright/test/package.json"), "..", "cli.js");
  await run(process.execPath, [cli, "install", "chromium"]).catch(() => null);
  if (await runs(chromium.executablePath())) return found(chromium.executablePath(), "a download by Playwright");
  throw new Error(
    "No Chromium runs here: tried PLAYWRIGHT_CHROMIUM_PATH (unset), Playwright's own, a system chromium or chrome, " +
      "the package @sparticuz/chromium, and `npx playwright install chromium`. Set PLAYWRIGHT_CHROMIUM_PATH to one.",
  );
}

function found(executablePath, from, env = {}) {
  // The sandbox refuses root and needs user namespaces that containers withhold; the tests open our own pages only.
  // /dev/shm is often too small in containers.
  return { executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"], env, from };
}

function systemCandidates() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return [...systemNames.flatMap((name) => folders.map((folder) => join(folder, name))), ...systemPaths];
}

/** A file that exists may still be a stub that only tells how to install the browser. */
async function runs(path, env = {}) {
  if (!existsSync(path)) return false;
  if (process.platform === "win32") return true;
  try {
    const { stdout } = await run(path, ["--version"], { timeout: 20_000, env: { ...process.env, ...env } });
    return /Chrom/.test(stdout);
  } catch {
    return false;
  }
}

/** Unpacks into a folder of this user and version; a marker written last tells a whole one from a half one. */
async function unpackSparticuz() {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  const { version } = require(join(require.resolve("@sparticuz/chromium"), "..", "..", "package.json"));
  const folder = join(tmpdir(), `faces-chromium-${version}-${process.getuid?.() ?? 0}`);
  const marker = join(folder, "complete");
  if (!existsSync(marker)) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  const script = `const { default: chromium } = await import(${JSON.stringify("@sparticuz/chromium")});
    const executablePath = await chromium.executablePath();
    const { FONTCONFIG_PATH, LD_LIBRARY_PATH } = process.env;
    process.stdout.write(JSON.stringify({ executablePath, env: { FONTCONFIG_PATH, LD_LIBRARY_PATH } }));`;
  // A process of its own, since importing the package rewrites the environment; it brings its libraries only
  // where it believes to be on AWS Lambda.
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" },
  });
  const { executablePath, env } = JSON.parse(stdout);
  if (!(await runs(executablePath, env))) return null;
  await writeFile(marker, "");
  return found(executablePath, "@sparticuz/chromium", env);
}
