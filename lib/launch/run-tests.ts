import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildWhenStale } from "./build";
import { tell } from "./launch-error";
import { project } from "./settings";
import { playwrightCounts, vitestCounts, type Counts } from "./test-counts";

/*
 * `npm test`: what `npm run check` checks without running tests, then unit tests, the build, and the browser's
 * journeys. A part that fails does not keep the next from running; the sum of all is the last line.
 */
const STEP_TIMEOUT_MS = 30 * 60_000;
/** Scripts of package.json that either pass or fail; they count only when they fail. */
const gates = ["format:check", "lint", "types"];

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopping.abort());

const reports = await mkdtemp(join(tmpdir(), "faces-test-"));
const sum: Counts = { passed: 0, failed: 0, skipped: 0 };
try {
  await runGates();
  await runStep("unit tests", runVitest);
  await runStep("browser tests", runPlaywright);
} finally {
  await rm(reports, { recursive: true, force: true });
}
if (stopping.signal.aborted) {
  tell("Stopped before the end.");
  sum.failed += 1;
}
if (sum.skipped > 0) tell(`${sum.skipped} skipped`);
tell(`${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed === 0 ? 0 : 1);

async function runStep(name: string, run: () => Promise<Counts>): Promise<void> {
  if (stopping.signal.aborted) return;
  tell(`\n── ${name}`);
  const counts = await run().catch((error: unknown): Counts => {
    tell(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1, skipped: 0 };
  });
  sum.passed += counts.passed;
  sum.failed += counts.failed;
  sum.skipped += counts.skipped;
}

async function runGates(): Promise<void> {
  const { scripts } = JSON.parse(await readFile(join(project, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  for (const gate of gates) {
    const script = scripts[gate];
    if (script === undefined) continue;
    await runStep(gate, async () => ({ passed: 0, failed: (await runShell(script)) === 0 ? 0 : 1, skipped: 0 }));
  }
}

async function runVitest(): Promise<Counts> {
  const report = join(reports, "vitest.json");
  const exitCode = await runNode([
    join("node_modules", "vitest", "vitest.mjs"),
    "run",
    "--config=lib/dev/vitest.config.ts",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  return vitestCounts(await readJson(report), exitCode);
}

async function runPlaywright(): Promise<Counts> {
  await buildWhenStale(stopping.signal);
  const report = join(reports, "playwright.json");
  const exitCode = await runNode(
    [
      join("node_modules", "@playwright", "test", "cli.js"),
      "test",
      "--config=lib/dev/playwright.config.ts",
      "--reporter=list,json",
    ],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  );
  return playwrightCounts(await readJson(report), exitCode);
}

function runNode(args: string[], env: Record<string, string> = {}): Promise<number> {
  return exitOf(spawn(process.execPath, args, { ...childOptions(), env: { ...process.env, ...env } }));
}

/** As npm would run it: with node_modules/.bin on the PATH. */
function runShell(script: string): Promise<number> {
  const path = `${join(project, "node_modules", ".bin")}${process.platform === "win32" ? ";" : ":"}${process.env["PATH"] ?? ""}`;
  return exitOf(spawn(script, { ...childOptions(), shell: true, env: { ...process.env, PATH: path } }));
}

function childOptions(): SpawnOptions {
  return { cwd: project, stdio: ["ignore", "inherit", "inherit"], signal: stopping.signal, timeout: STEP_TIMEOUT_MS };
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((done) => {
    child.once("error", () => done(1));
    child.once("exit", (code) => done(code ?? 1));
  });
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return null;
  }
}
