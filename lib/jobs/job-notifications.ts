import { databaseUrl } from "@/lib/db/client";
import { channels } from "./channels";
import { listen, type Listener } from "./listen";

const FALLBACK_INTERVAL_MS = 1000;
const LINGER_MS = 10_000;

/** Gets the id of a job that has changed; null when something may have been missed: look again. */
export type JobNotificationCallback = (jobId: string | null) => void;

/** Tells many of what happens to jobs, over one connection that is open while anybody listens. */
export class JobNotifications {
  readonly #url: string;
  readonly #callbacks = new Set<JobNotificationCallback>();
  #listener: Listener | undefined;
  #fallback: NodeJS.Timeout | undefined;
  #closing: NodeJS.Timeout | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /** @returns ends it; the connection lingers for whoever comes back in a moment */
  subscribe(callback: JobNotificationCallback): () => void {
    // one function may subscribe twice, and each must end on its own
    const own: JobNotificationCallback = (jobId) => callback(jobId);
    this.#callbacks.add(own);
    clearTimeout(this.#closing);
    if (this.#listener === undefined) this.#open();
    return () => {
      this.#callbacks.delete(own);
      if (this.#callbacks.size > 0) return;
      clearTimeout(this.#closing);
      this.#closing = setTimeout(() => void this.close(), LINGER_MS);
    };
  }

  /** Resolves at the next change of a job, when something may have been missed, at the timeout or the abort. */
  waitForJob(jobId: string, { timeoutMs, signal }: WaitOptions): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        unsubscribe();
        clearTimeout(timer);
        signal?.removeEventListener("abort", end);
        resolve();
      };
      const unsubscribe = this.subscribe((changed) => {
        if (changed === null || changed === jobId) end();
      });
      const timer = setTimeout(end, timeoutMs);
      if (signal?.aborted) end();
      else signal?.addEventListener("abort", end, { once: true });
    });
  }

  async close(): Promise<void> {
    clearInterval(this.#fallback);
    clearTimeout(this.#closing);
    const listener = this.#listener;
    this.#listener = undefined;
    await listener?.close();
  }

  #open(): void {
    const listener = listen({
      url: this.#url,
      channels: [channels.progress],
      onNotification: (_channel, jobId) => this.#tell(jobId),
      onConnected: () => this.#tell(null),
    });
    this.#listener = listener;
    this.#fallback = setInterval(() => {
      if (!listener.isConnected()) this.#tell(null);
    }, FALLBACK_INTERVAL_MS);
  }

  #tell(jobId: string | null): void {
    for (const callback of [...this.#callbacks]) callback(jobId);
  }
}

export type WaitOptions = { timeoutMs: number; signal?: AbortSignal };

// held on globalThis because Next bundles this module more than once
const held = globalThis as { facesJobNotifications?: JobNotifications };

function notifications(): JobNotifications {
  held.facesJobNotifications ??= new JobNotifications(databaseUrl());
  return held.facesJobNotifications;
}

/**
 * Calls back whenever a job's progress or status has changed, with its id, within milliseconds of the commit. All
 * subscribers of a process share one connection; while it is broken they are told every second to look again (null).
 *
 * The callback must not throw. It is also called with null once the connection is there.
 *
 * @returns ends it
 */
export function onJobNotification(callback: JobNotificationCallback): () => void {
  return notifications().subscribe(callback);
}

/**
 * Waits for the next change of a job: resolves then, or at the timeout, or when the signal is aborted. Look again
 * afterwards; what changed between the last look and this call is only seen at the timeout.
 */
export function waitForJob(jobId: string, options: WaitOptions): Promise<void> {
  return notifications().waitForJob(jobId, options);
}
