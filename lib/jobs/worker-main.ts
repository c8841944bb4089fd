import { availableParallelism } from "node:os";
import { ensureSampleFace } from "@/lib/compile/ensure-sample-face";
import { closePool, setThreads } from "@/lib/compute/pool";
import { databaseUrl, db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { startHousekeeping } from "./housekeeping";
import { registry } from "./registry";
import { startWorker } from "./worker";

/** Whoever stops a worker waits no longer than this; what is not given back by then, the sweep finds. */
const STOP_TIMEOUT_MS = 10_000;
const MAX_THREADS = 2;

setThreads(Math.min(MAX_THREADS, availableParallelism()));
const stopHousekeeping = startHousekeeping(db());
const starting = startWorker({ url: databaseUrl(), db: db(), jobs: registry });
process.on("SIGTERM", () => stopOrFail("SIGTERM"));
process.on("SIGINT", () => stopOrFail("SIGINT"));
// only a child with a channel to its parent is told; one that has lost its launcher must not stay behind
process.on("disconnect", () => stopOrFail("its launcher is gone"));

const worker = await starting;
if (env().SAMPLE_FACE) {
  // an installation without its sample still works
  await ensureSampleFace(db()).catch((error: unknown) => log.error("The sample face was not made", { error }));
}
log.info("The worker is ready", { worker: worker.id, jobs: registry.map(({ name }) => name) });
// a launcher that is gone by now does not hear it, and is told of by its disconnecting
process.send?.("ready", undefined, undefined, () => undefined);

async function stop(cause: string): Promise<void> {
  setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
  log.info("The worker is stopping", { cause });
  stopHousekeeping();
  await (await starting).stop();
  await closePool();
  await db().$disconnect();
  process.exit(0);
}

function stopOrFail(cause: string): void {
  stop(cause).catch((error: unknown) => {
    log.error("The worker did not stop cleanly", { error });
    process.exit(1);
  });
}
