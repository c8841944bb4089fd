import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { log } from "@/lib/log";

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;
/** A server that does not answer must not hold up a stop. */
const END_TIMEOUT_MS = 500;

export type ListenOptions = {
  url: string;
  channels: readonly string[];
  onNotification(channel: string, payload: string): void;
  /** The connection is there, the first time or again: what was told before is missed. */
  onConnected(): void;
};

export type Listener = {
  isConnected(): boolean;
  close(): Promise<void>;
};

/**
 * Listens to PostgreSQL's notifications on a connection of its own, and connects again whenever it breaks.
 *
 * Notifications of the time between are lost, so whoever listens must look by himself in `onConnected`, and now and
 * then while it is not connected (a pooler between may not pass notifications at all).
 */
export function listen(options: ListenOptions): Listener {
  const closing = new AbortController();
  let current: Client | null = null;

  const loop = async (): Promise<void> => {
    let pauseMs = FIRST_PAUSE_MS;
    while (!closing.signal.aborted) {
      try {
        await listenOnce(options, closing.signal, (client) => {
          current = client;
          pauseMs = FIRST_PAUSE_MS;
          options.onConnected();
        });
      } catch (error) {
        if (!closing.signal.aborted) log.warn("Notifications are cut off; connecting again", { error });
      }
      current = null;
      await sleep(pauseMs / 2 + (Math.random() * pauseMs) / 2, undefined, { signal: closing.signal }).catch(
        () => undefined,
      );
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  };
  const done = loop();

  return {
    isConnected: () => current !== null,
    async close() {
      closing.abort();
      await done;
    },
  };
}

/** Returns when it is told to close; throws when the connection breaks. */
async function listenOnce(
  options: ListenOptions,
  signal: AbortSignal,
  onReady: (client: Client) => void,
): Promise<void> {
  const client = new Client({ connectionString: options.url, keepAlive: true, connectionTimeoutMillis: 10_000 });
  const broken = new Promise<never>((_resolve, reject) => {
    client.on("error", reject);
    client.on("end", () => reject(new Error("The connection was closed.")));
  });
  // it may break while nobody waits for it yet
  broken.catch(() => undefined);
  try {
    await Promise.race([client.connect(), aborted(signal)]);
    if (signal.aborted) return;
    client.on("notification", ({ channel, payload }) => options.onNotification(channel, payload ?? ""));
    for (const channel of options.channels) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    if (signal.aborted) return;
    onReady(client);
    await Promise.race([broken, aborted(signal)]);
  } finally {
    const end = client.end().catch(() => undefined);
    await Promise.race([end, sleep(END_TIMEOUT_MS, undefined, { ref: false })]);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
