import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/client";
import { listen, type Listener } from "@/lib/jobs/listen";
import { log } from "@/lib/log";
import type { Change } from "./row-cache";

/** As the triggers of the migration `change_notifications` name it. */
const channel = "faces_changes";
const heartbeatMs = 2_000;
/** A change that takes longer than this to be told is one that may not be told at all. */
const echoTimeoutMs = 1_000;

export type FeedOptions = {
  url: string;
  db: Pick<Db, "$executeRaw">;
  onChange(change: Change): void;
  /** Changes may have been missed. */
  onGap(): void;
};

/**
 * Hears of every committed change of keys, accounts, sessions and faces, within milliseconds.
 *
 * That it does is proven again and again: a message goes to the database by the way that changes take, and must come
 * back. A connection that only looks alive, or a pooler that drops notifications, is found out so.
 */
export class ChangeFeed {
  readonly #options: FeedOptions;
  readonly #listener: Listener;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #echoes = new Map<string, () => void>();
  #isProven = false;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#listener = listen({
      url: options.url,
      channels: [channel],
      onNotification: (_channel, payload) => this.#hear(payload),
      onConnected: () => {
        this.#lose();
        void this.#prove();
      },
    });
    this.#heartbeat = setInterval(() => void this.#prove(), heartbeatMs).unref();
  }

  /** Whether every change up to now was told, or will be in a moment. */
  isCurrent(): boolean {
    return this.#isProven && this.#listener.isConnected();
  }

  /** Resolves when all changes that were committed before the call have been told; or will not be, as `onGap` said. */
  async caughtUp(): Promise<void> {
    if (this.isCurrent() && !(await this.#echo())) this.#lose();
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    this.#isProven = false;
    this.#lose();
    await this.#listener.close();
  }

  async #prove(): Promise<void> {
    if (!this.#listener.isConnected()) return this.#lose();
    if (await this.#echo()) this.#isProven = true;
    else this.#lose();
  }

  #lose(): void {
    if (this.#isProven) log.warn("changes of the database are not heard for now: everything is read anew");
    this.#isProven = false;
    this.#options.onGap();
  }

  /** Notifications come in the order of their commits: when this one is back, all earlier ones have come. */
  async #echo(): Promise<boolean> {
    const id = randomUUID();
    const back = new Promise<true>((resolve) => this.#echoes.set(id, () => resolve(true)));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), echoTimeoutMs)));
    const sent = this.#options.db.$executeRaw`SELECT pg_notify(${channel}, ${`echo ${id}`})`.then(
      () => back,
      () => false,
    );
    try {
      return await Promise.race([sent, late]);
    } finally {
      clearTimeout(timer);
      this.#echoes.delete(id);
    }
  }

  #hear(payload: string): void {
    const [table = "", value = "*"] = payload.split(" ");
    if (table === "echo") this.#echoes.get(value)?.();
    else this.#options.onChange({ table, value });
  }
}
