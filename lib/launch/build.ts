import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildOpenApi } from "./openapi-build";
import { buildWeb, webBundle } from "./web-build";
import { openApiFile } from "@/lib/openapi/document-file";
import { LaunchError, tell } from "./launch-error";
import { project } from "./settings";
import { takeName } from "./single-instance";
import { sourceStamp } from "./source-stamp";

const stampFile = join(project, ".next", "faces-stamp");
const TAIL_LINES = 40;

/** Runs `next build` unless the last one was made of the same sources. One at a time for a project. */
export async function buildWhenStale(signal: AbortSignal): Promise<void> {
  if (await isBuilt()) return;
  const turn = await waitForTurn(signal);
  try {
    if (await isBuilt()) return;
    tell("Building the pages (once per version, about a minute) …");
    const started = Date.now();
    const stamp = await sourceStamp(project, process.env);
    await rm(stampFile, { force: true });
    await nextBuild(signal);
    await buildWeb();
    await buildOpenApi();
    await writeFile(stampFile, stamp);
    tell(`Built in ${Math.round((Date.now() - started) / 1000)} s.`);
  } finally {
    turn.release();
  }
}

async function isBuilt(): Promise<boolean> {
  const made = [stampFile, join(project, ".next", "BUILD_ID"), join(project, webBundle), join(project, openApiFile)];
  if (!made.every((path) => existsSync(path))) return false;
  return (await readFile(stampFile, "utf8")) === (await sourceStamp(project, process.env));
}

async function waitForTurn(signal: AbortSignal): Promise<{ release(): void }> {
  for (let round = 0; ; round += 1) {
    const turn = await takeName(`build ${project}`);
    if ("release" in turn) return turn;
    if (round === 0) tell("Waiting for another build of this project …");
    await sleep(500, undefined, { signal });
  }
}

function nextBuild(signal: AbortSignal): Promise<void> {
  const cli = join(project, "node_modules", "next", "dist", "bin", "next");
  const child = spawn(process.execPath, [cli, "build"], {
    cwd: project,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    signal,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part: Buffer) => (output += part.toString("utf8")));
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => {
      if (code === 0) return done();
      const tail = output.trim().split("\n").slice(-TAIL_LINES).join("\n");
      fail(new LaunchError(`${tail}\nThe pages could not be built (next build ended with ${code ?? "a signal"}).`));
    });
  });
}
