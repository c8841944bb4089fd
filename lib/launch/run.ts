import { setTimeout as sleep } from "node:timers/promises";
import { LaunchError, tell } from "./launch-error";
import { bringUp, type Running } from "./bring-up";
import { readSettings } from "./settings";

/** A second Ctrl-C sooner than this is the same one: npm passes on what the terminal already sent. */
const SAME_SIGNAL_MS = 1500;

const stopping = new AbortController();
const running: Running = { stops: [] };
let stopRequestedAt = 0;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, requestStop);

function requestStop(): void {
  const now = Date.now();
  if (stopRequestedAt === 0) {
    stopRequestedAt = now;
    tell("Stopping …");
    stopping.abort();
  } else if (now - stopRequestedAt > SAME_SIGNAL_MS) {
    // Whoever asks twice does not want to wait: children end with this process, the database at its next start.
    process.exit(1);
  }
}

const failure = Promise.withResolvers<never>();
failure.promise.catch(() => undefined);
const giveUp = (reason: string): void => failure.reject(new LaunchError(reason));

try {
  const up = bringUp(readSettings(process.argv.slice(2), process.env), running, stopping.signal, giveUp);
  await Promise.race([up, failure.promise]);
  await Promise.race([untilStopped(), failure.promise]);
} catch (error) {
  if (!stopping.signal.aborted) {
    process.exitCode = 1;
    const isForPeople = error instanceof Error && "isForPeople" in error;
    const text =
      error instanceof Error ? (isForPeople ? error.message : (error.stack ?? error.message)) : String(error);
    process.stderr.write(`${text}\n`);
    stopping.abort();
  }
}
// Last started, first stopped: the database goes when nobody needs it any more.
for (const stop of running.stops.reverse()) await stop().catch(() => undefined);
if (stopRequestedAt > 0) tell("Stopped.");
process.exit();

async function untilStopped(): Promise<void> {
  while (!stopping.signal.aborted)
    await sleep(3_600_000, undefined, { signal: stopping.signal }).catch(() => undefined);
}
