import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { migrate } from "@/lib/db/migrate";
import { ensureDataFolder } from "@/lib/db/pg-cluster";
import { pgOwner } from "@/lib/db/pg-owner";
import { buildWhenStale } from "./build";
import { webBundle } from "./web-build";
import { openDatabase } from "./database";
import { LaunchError, tell } from "./launch-error";
import { keepSecret } from "./secret";
import { project, requireFreePort, type Settings } from "./settings";
import { takeName } from "./single-instance";
import { superviseChild, type ChildPlan, type SupervisedChild } from "./supervised-child";

/** Running requests and jobs get this long to end on their own. */
const STOP_TIMEOUT_SECONDS = 10;
const HEALTH_TIMEOUT_SECONDS = 120;

const workerMain = join("lib", "jobs", "worker-main.ts");

/** What has to be stopped, in the order it was started. */
export type Running = { stops: (() => Promise<void>)[] };

/**
 * Starts the parts that `settings.only` asks for and waits until they answer.
 *
 * @param signal ends it early; what was started by then is in `running`
 * @param giveUp called with the reason when a part cannot be kept running
 */
export async function bringUp(
  settings: Settings,
  running: Running,
  signal: AbortSignal,
  giveUp: (reason: string) => void,
): Promise<void> {
  const { only } = settings;
  const hasWeb = only === "all" || only === "web";
  const hasWorker = only === "all" || only === "worker";
  await ensureDataFolder(settings.dataFolder, pgOwner());
  if (only === "all" || only === "db") await takeDataFolder(settings, running);
  if (hasWeb) await requireFreePort(settings);
  if (hasWorker) requireWorker();
  const secret = settings.secret ?? (await keepSecret(settings.dataFolder));
  if (hasWeb) await buildWhenStale(signal);
  signal.throwIfAborted();

  const database = await openDatabase(settings, giveUp);
  running.stops.push(() => database.stop());
  signal.throwIfAborted();
  await migrateOnce(database.url);
  signal.throwIfAborted();

  const env = childEnv(settings, database.url, secret);
  const web = hasWeb ? superviseChild(webPlan(settings, env), giveUp) : null;
  const worker = hasWorker ? superviseChild(workerPlan(env), giveUp) : null;
  running.stops.push(async () => {
    await Promise.all([web, worker].map((child) => child?.stop(STOP_TIMEOUT_SECONDS)));
  });
  const chatModel = web ? await waitForHealth(settings, signal) : null;
  // the sample face is there before anybody can look for it
  if (worker) await waitUntilReady(worker, signal);
  sayWhatRuns(settings, database.url, chatModel);
}

async function takeDataFolder(settings: Settings, running: Running): Promise<void> {
  const taken = await takeName(`data ${realpathSync(settings.dataFolder)}`);
  if ("holder" in taken) {
    throw new LaunchError(
      `Faces already runs on ${settings.dataFolder}${taken.holder && ` (${taken.holder})`}: stop it first, or set FACES_DATA_DIR to another folder.`,
    );
  }
  taken.describe(`pid ${process.pid}, ${settings.url}`);
  running.stops.push(async () => taken.release());
}

function requireWorker(): void {
  if (!existsSync(join(project, workerMain)))
    throw new LaunchError(`${workerMain} is missing: this copy of Faces is incomplete.`);
}

async function migrateOnce(url: string): Promise<void> {
  try {
    const applied = await migrate(url);
    if (applied.length > 0) tell(`Database brought up to date: ${applied.join(", ")}.`);
  } catch (error) {
    const { host } = new URL(url);
    throw new LaunchError(
      `The database at ${host} could not be brought up to date: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function childEnv(settings: Settings, databaseUrl: string, secret: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(settings.port),
    HOST: settings.host,
    FACES_DATA_DIR: settings.dataFolder,
    DATABASE_URL: databaseUrl,
    FACES_SECRET: secret,
    // next-auth reads this one by itself; without it, it would believe the Host header
    NEXTAUTH_URL: settings.url,
  };
}

function webPlan(settings: Settings, env: NodeJS.ProcessEnv): ChildPlan {
  return {
    name: "web",
    args: [webBundle],
    env,
    quiet: /^\s*✓ Running next\.config/,
    whyHopeless: () =>
      requireFreePort(settings).then(
        () => null,
        (error: Error) => error.message.replace(/\.$/, ""),
      ),
  };
}

function workerPlan(env: NodeJS.ProcessEnv): ChildPlan {
  return { name: "worker", args: ["--import", "tsx", "--conditions=react-server", workerMain], env };
}

async function waitUntilReady(worker: SupervisedChild, signal: AbortSignal): Promise<void> {
  const deadline = sleep(HEALTH_TIMEOUT_SECONDS * 1000, "late" as const, { signal, ref: false });
  if ((await Promise.race([worker.ready, deadline])) === "late")
    throw new LaunchError("The worker process does not become ready; its own lines above say why.");
}

/** @returns the model that serves chat, when the installation says so */
async function waitForHealth(settings: Settings, signal: AbortSignal): Promise<string | null> {
  const host = settings.host === "0.0.0.0" ? "127.0.0.1" : settings.host === "::" ? "[::1]" : settings.host;
  const deadline = Date.now() + HEALTH_TIMEOUT_SECONDS * 1000;
  let last = "no answer";
  while (Date.now() < deadline) {
    try {
      const response = await fetch(`http://${host}:${settings.port}/api/health`, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
      });
      const body = await response.text();
      if (response.ok) return chatModelOf(body);
      last = `${response.status} ${body.slice(0, 200)}`;
    } catch (error) {
      signal.throwIfAborted();
      last = error instanceof Error ? error.message : String(error);
    }
    await sleep(150, undefined, { signal });
  }
  throw new LaunchError(`The web process does not become healthy (GET /api/health: ${last}).`);
}

function chatModelOf(body: string): string | null {
  try {
    const health = JSON.parse(body) as { models?: { chat?: unknown } };
    return typeof health.models?.chat === "string" ? health.models.chat : null;
  } catch {
    return null;
  }
}

function sayWhatRuns(settings: Settings, databaseUrl: string, chatModel: string | null): void {
  const isOwn = settings.databaseUrl === null;
  const lines = {
    all: [
      `Faces   ${settings.url}`,
      `Data    ${settings.dataFolder}`,
      `Chat    ${chatModel ?? "unknown"}`,
      "Stop with Ctrl-C.",
    ],
    web: [`Faces   ${settings.url} (web alone)`, `Chat    ${chatModel ?? "unknown"}`],
    worker: [`A worker more for ${isOwn ? settings.dataFolder : new URL(databaseUrl).host}. Stop with Ctrl-C.`],
    db: [`DATABASE_URL=${isOwn ? databaseUrl : "(yours)"}`, `Data    ${settings.dataFolder}`, "Stop with Ctrl-C."],
  };
  tell(`\n${lines[settings.only].join("\n")}\n`);
}
