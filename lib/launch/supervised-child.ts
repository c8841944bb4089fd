import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { tell } from "./launch-error";
import { project } from "./settings";

/** A child that lives shorter than this did not recover from what ended it. */
const QUICK_DEATH_SECONDS = 20;
const MAX_QUICK_DEATHS = 5;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** What a child sends its parent once it does its work. */
const READY = "ready";

export type ChildPlan = {
  name: "web" | "worker";
  /** arguments of our own Node */
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Lines of its stdout that say nothing new to a person. */
  quiet?: RegExp;
  /** Asked before a restart: why another try is in vain, or null. */
  whyHopeless?: () => Promise<string | null>;
};

export type SupervisedChild = {
  pid(): number | null;
  /** Resolves when the child has said for the first time that it is ready. */
  ready: Promise<void>;
  /** SIGTERM, and SIGKILL when it takes longer. Idempotent. */
  stop(timeoutSeconds: number): Promise<void>;
};

/**
 * Keeps a child process running: a death is told in a line and followed by a restart, each a little later.
 *
 * @param onGivenUp called once with the reason when it keeps dying
 */
export function superviseChild(plan: ChildPlan, onGivenUp: (reason: string) => void): SupervisedChild {
  const stopping = new AbortController();
  const ready = Promise.withResolvers<void>();
  let child: ChildProcess | null = null;

  const loop = async (): Promise<void> => {
    let quickDeaths = 0;
    while (!stopping.signal.aborted) {
      const born = Date.now();
      child = start(plan);
      child.on("message", (message) => message === READY && ready.resolve());
      const how = await ending(child);
      if (stopping.signal.aborted) return;
      quickDeaths = Date.now() - born < QUICK_DEATH_SECONDS * 1000 ? quickDeaths + 1 : 0;
      const reason =
        (await plan.whyHopeless?.()) ??
        (quickDeaths >= MAX_QUICK_DEATHS
          ? `it ended ${quickDeaths} times in a row, last with ${how}; its own lines above say why`
          : null);
      if (reason !== null) return onGivenUp(`The ${plan.name} process does not stay up: ${reason}.`);
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** quickDeaths, LONGEST_PAUSE_MS);
      tell(`The ${plan.name} process ended with ${how}; starting it again in ${pauseMs / 1000} s.`);
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const done = loop();

  return {
    pid: () => child?.pid ?? null,
    ready: ready.promise,
    async stop(timeoutSeconds) {
      stopping.abort();
      child?.kill("SIGTERM");
      const timer = setTimeout(() => child?.kill("SIGKILL"), timeoutSeconds * 1000);
      await done;
      clearTimeout(timer);
    },
  };
}

function start(plan: ChildPlan): ChildProcess {
  const guard = pathToFileURL(join(project, "lib", "launch", "child-guard.mjs")).href;
  const child = spawn(process.execPath, ["--import", guard, ...plan.args], {
    cwd: project,
    env: plan.env,
    // In a session of its own: Ctrl-C reaches the launcher alone, which ends its children in order.
    detached: true,
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  if (child.stdout) {
    const lines = createInterface({ input: child.stdout });
    lines.on("line", (line) => {
      if (line.trim() !== "" && plan.quiet?.test(line) !== true) tell(line);
    });
  }
  return child;
}

/** How it ended, in words. */
async function ending(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
    return code === null ? `signal ${signal}` : `code ${code}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
