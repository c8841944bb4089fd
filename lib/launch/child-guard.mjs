// Preloaded into web and worker. They run in sessions of their own so that the launcher can end them in order;
// when the launcher is killed, nobody else would end them.
import { isMainThread } from "node:worker_threads";

const GRACE_MS = 5000;

if (isMainThread && process.channel) {
  // what this process forks is no child of the launcher: without its channel it would end at once
  const at = process.execArgv.indexOf(import.meta.url);
  if (at > 0) process.execArgv.splice(at - 1, 2);
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), GRACE_MS).unref();
  });
  process.channel.unref();
}
