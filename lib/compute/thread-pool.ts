import { fromErrorMessage, type ThreadReply, type ThreadRequest } from "./thread-message";
import { TaskError } from "./task-error";
import { startThread, type ThreadHandle, type ThreadOptions, type Transferable } from "./start-thread";

/** A thread whose caller has gone may finish within this time: starting a new one costs about as much. */
const ABORT_GRACE_MS = 250;

export type RunOptions = {
  /** Aborting drops a queued call; a running one is given up at once, and its thread soon after. */
  signal?: AbortSignal;
  /** Counted from when a thread takes the call, its start included; waiting in the queue is free. */
  timeoutMs?: number;
  /** Takes seconds, and nobody waits for a word of it: such calls leave a thread to the others, where there are two. */
  isPatient?: boolean;
  /** Buffers of the input that the caller gives away instead of copying. */
  transfer?: readonly Transferable[];
};

export type ThreadPoolOptions = ThreadOptions & {
  /** How many threads at most; each starts when it is first needed. */
  threads: number;
};

type Call = {
  request: ThreadRequest;
  options: RunOptions;
  isSettled: boolean;
  settle(outcome: { output: unknown } | { error: unknown }): void;
  begin(): void;
};

type Thread = {
  handle: ThreadHandle;
  call: Call | null;
  /** What it has run before: models and tables of these are loaded. */
  warmFor: Set<string>;
};

/**
 * A few worker threads that take calls one at a time from one queue, first come first served; patient ones let others
 * by while they would take the last thread.
 *
 * A call prefers the thread that ran its kind before, where models are loaded. A thread that is stuck or dead is
 * replaced by the next call; the calls in the queue do not notice.
 */
export class ThreadPool {
  readonly #options: ThreadOptions;
  readonly #threads = new Set<Thread>();
  readonly #queue: Call[] = [];
  #size: number;
  #nextId = 1;

  constructor({ threads, ...options }: ThreadPoolOptions) {
    this.#options = options;
    this.#size = threads;
  }

  /** Runs a task of the entry module. @throws what the task throws, the signal's reason, or a TaskError */
  run(name: string, input: unknown, options: RunOptions = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (options.signal?.aborted) return reject(options.signal.reason);
      const giveUp = this.#giveUp.bind(this);
      this.#queue.push(createCall({ id: this.#nextId++, name, input }, options, { resolve, reject, giveUp }));
      this.#dispatch();
    });
  }

  /** Changes how many threads there may be; running ones are kept. */
  resize(threads: number): void {
    this.#size = threads;
    this.#dispatch();
  }

  /** Ends every thread. Calls under way and in the queue reject with a TaskError. */
  async close(): Promise<void> {
    const error = new TaskError("closed", "The pool of threads was closed.");
    this.#size = 0;
    for (const call of this.#queue.splice(0)) call.settle({ error });
    const open = [...this.#threads];
    for (const thread of open) this.#retire(thread, error);
    await Promise.all(open.map((thread) => thread.handle.terminate()));
  }

  #dispatch(): void {
    for (let call = this.#nextCall(); call !== undefined; call = this.#nextCall()) {
      const thread = this.#pickThread(call.request.name);
      if (thread === null) return;
      this.#queue.splice(this.#queue.indexOf(call), 1);
      this.#begin(thread, call);
    }
  }

  #nextCall(): Call | undefined {
    const patient = [...this.#threads].filter(({ call }) => call?.options.isPatient === true).length;
    const isFull = patient >= Math.max(1, this.#size - 1);
    return this.#queue.find(({ options }) => !(isFull && options.isPatient === true));
  }

  #pickThread(name: string): Thread | null {
    const idle = [...this.#threads].filter((thread) => thread.call === null);
    const warm = idle.find((thread) => thread.warmFor.has(name));
    if (warm !== undefined) return warm;
    if (this.#threads.size < this.#size) return this.#addThread();
    return idle.sort((a, b) => a.warmFor.size - b.warmFor.size)[0] ?? null;
  }

  #addThread(): Thread {
    const handle = startThread(this.#options, {
      onReply: (reply) => this.#finish(thread, reply),
      onDeath: (error) => this.#retire(thread, error),
    });
    const thread: Thread = { handle, call: null, warmFor: new Set() };
    this.#threads.add(thread);
    return thread;
  }

  #begin(thread: Thread, call: Call): void {
    thread.call = call;
    thread.warmFor.add(call.request.name);
    thread.handle.ref();
    try {
      thread.handle.send(call.request, call.options.transfer ?? []);
      call.begin();
    } catch (error) {
      // The input cannot be cloned: the thread never heard of it.
      call.settle({ error });
      release(thread);
    }
  }

  #finish(thread: Thread, reply: ThreadReply): void {
    if (thread.call?.request.id !== reply.id) return;
    thread.call.settle(reply.ok ? { output: reply.output } : { error: fromErrorMessage(reply.error) });
    release(thread);
    this.#dispatch();
  }

  #retire(thread: Thread, error: unknown): void {
    if (!this.#threads.delete(thread)) return;
    void thread.handle.terminate();
    thread.call?.settle({ error });
    this.#dispatch();
  }

  #giveUp(call: Call, error: unknown, graceMs: number): void {
    call.settle({ error });
    const position = this.#queue.indexOf(call);
    if (position >= 0) this.#queue.splice(position, 1);
    const retireIfBusy = () => {
      const thread = [...this.#threads].find((candidate) => candidate.call === call);
      if (thread !== undefined) this.#retire(thread, error);
    };
    if (graceMs === 0) retireIfBusy();
    else setTimeout(retireIfBusy, graceMs).unref();
  }
}

/** An idle thread must not keep the process alive. */
function release(thread: Thread): void {
  thread.call = null;
  thread.handle.unref();
}

type CallEnds = {
  resolve(output: unknown): void;
  reject(error: unknown): void;
  giveUp(call: Call, error: unknown, graceMs: number): void;
};

function createCall(request: ThreadRequest, options: RunOptions, ends: CallEnds): Call {
  const { signal, timeoutMs } = options;
  let timer: NodeJS.Timeout | undefined;
  const onAbort = () => ends.giveUp(call, signal?.reason, ABORT_GRACE_MS);
  const onTimeout = () => {
    const message = `${request.name} took longer than ${(timeoutMs ?? 0) / 1000} s.`;
    ends.giveUp(call, new TaskError("timeout", message), 0);
  };
  const call: Call = {
    request,
    options,
    isSettled: false,
    begin() {
      if (timeoutMs !== undefined) timer = setTimeout(onTimeout, timeoutMs);
    },
    settle(outcome) {
      if (call.isSettled) return;
      call.isSettled = true;
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      if ("error" in outcome) ends.reject(outcome.error);
      else ends.resolve(outcome.output);
    },
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  return call;
}
