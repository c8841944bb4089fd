import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** How many times the timeout of silence an answer may take in all: a stream that never ends must end some time. */
const totalTimeouts = 4;
/** How often it is looked after the calls that are under way, in milliseconds. */
const longestTickMs = 5_000;

/** One call of a provider, from its request to the end of its answer. */
export type UpstreamCall = {
  /** aborted when the caller has gone */
  gone: AbortSignal;
  /** aborted then too, when the longest time is up, and by `abort` */
  signal: AbortSignal;
  /** Closes the connection to the provider. @param reason what whoever still reads the answer is told */
  abort(reason?: unknown): void;
  /** Has something done every few seconds while the call is under way. */
  onBeat(beat: () => void): void;
  /** Says that the call is over. */
  close(): void;
};

type Watched = { endsAt: number; abort: (reason: AppError) => void; beat: (() => void) | null };

const watched = new Set<Watched>();
let ticker: NodeJS.Timeout | null = null;

/** How long a provider may be silent, in milliseconds. */
export function silenceMs(): number {
  return env().UPSTREAM_TIMEOUT_SECONDS * 1000;
}

/** The longest that a call of a provider can last, in seconds. */
export function longestCallSeconds(): number {
  return env().UPSTREAM_TIMEOUT_SECONDS * totalTimeouts;
}

/**
 * Opens a call for a caller who may go away. All calls share one timer.
 *
 * @param gone aborted when the caller has gone
 */
export function openCall(gone: AbortSignal): UpstreamCall {
  const controller = new AbortController();
  const leave = () => controller.abort(gone.reason);
  const entry: Watched = {
    endsAt: performance.now() + longestCallSeconds() * 1000,
    abort: (reason) => controller.abort(reason),
    beat: null,
  };
  watched.add(entry);
  ticker ??= setInterval(tick, Math.min(longestTickMs, silenceMs())).unref();
  if (gone.aborted) leave();
  else gone.addEventListener("abort", leave, { once: true });
  return {
    gone,
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    onBeat(beat) {
      entry.beat = beat;
    },
    close() {
      watched.delete(entry);
      gone.removeEventListener("abort", leave);
    },
  };
}

function tick(): void {
  const now = performance.now();
  for (const { endsAt, abort, beat } of watched) {
    if (now >= endsAt) abort(new AppError("upstream_failed", "The model did not finish its answer in time."));
    else beat?.();
  }
  if (watched.size > 0 || ticker === null) return;
  clearInterval(ticker);
  ticker = null;
}
