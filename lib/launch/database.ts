import { existsSync } from "node:fs";
import { findEmbeddedUrl, startEmbeddedPostgres, type EmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { LaunchError, tell } from "./launch-error";
import type { Settings } from "./settings";

export type Database = { url: string; stop(): Promise<void> };

/**
 * The installation's database: the one of DATABASE_URL, else the built-in one, kept running on its address.
 *
 * @param onLost called once with the reason when it cannot be brought back
 */
export async function openDatabase(settings: Settings, onLost: (reason: string) => void): Promise<Database> {
  if (settings.databaseUrl !== null) return { url: settings.databaseUrl, stop: async () => undefined };
  if (settings.only === "web" || settings.only === "worker") return joinRunning(settings);

  let server = await startEmbeddedPostgres({ dataFolder: settings.dataFolder, tell });
  if (server.isReused) tell("The database of an earlier start was still running; it is used again.");
  let isStopping = false;
  const { url } = server;
  const watch = async (watched: EmbeddedPostgres): Promise<void> => {
    await watched.exited;
    if (isStopping) return;
    tell("The database ended unexpectedly; starting it again.");
    server = await startEmbeddedPostgres({ dataFolder: settings.dataFolder, tell });
    if (server.url !== url) throw new LaunchError("The database came back on another port; start again.");
    return watch(server);
  };
  watch(server).catch((error: unknown) => onLost(error instanceof Error ? error.message : String(error)));
  return {
    url,
    async stop() {
      isStopping = true;
      await server.stop();
    },
  };
}

/** More processes for an installation that runs already: they leave its database alone. */
async function joinRunning(settings: Settings): Promise<Database> {
  const url = existsSync(settings.dataFolder) ? await findEmbeddedUrl(settings.dataFolder) : null;
  if (url === null) {
    throw new LaunchError(
      `No database runs on ${settings.dataFolder}: run npm start first, or set DATABASE_URL or FACES_DATA_DIR.`,
    );
  }
  return { url, stop: async () => undefined };
}
