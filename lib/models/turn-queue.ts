import { AppError } from "@/lib/errors";

/** Lets one at a time in, in the order they came; a line that is too long is refused at once. */
export class TurnQueue {
  #isBusy = false;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly longest: number) {}

  /** How many wait. */
  get length(): number {
    return this.#waiting.length;
  }

  /**
   * Waits for a turn. Whoever is aborted while waiting leaves the line.
   *
   * @returns gives the turn back; later calls of it do nothing
   * @throws {AppError} `rate_limited` too many wait already
   * @throws the signal's reason
   */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#isBusy) await this.#wait(signal);
    this.#isBusy = true;
    let isOut = false;
    return () => {
      if (isOut) return;
      isOut = true;
      const next = this.#waiting.shift();
      if (next === undefined) this.#isBusy = false;
      else next();
    };
  }

  async #wait(signal: AbortSignal): Promise<void> {
    if (this.#waiting.length >= this.longest) {
      const sentence = `The local model answers one at a time, and ${this.longest} are waiting already. Try again in a moment.`;
      throw new AppError("rate_limited", sentence, { retryAfterSeconds: 10 });
    }
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.push(enter);
    });
  }
}
