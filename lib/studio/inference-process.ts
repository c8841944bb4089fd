import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setPriority } from "node:os";
import { join } from "node:path";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { AnswerMessage, InferenceTask, TaskMessage } from "./inference-tasks";

/** Resident memory at which the process is ended in the middle of a task. */
const maxResidentBytes = 1_200 * 1024 * 1024;
const heapMegabytes = 512;
const watchMs = 250;
const pageBytes = 4096;
const lowPriority = 10;
/** Kept of what it says on standard error, for the log. */
const errorCharacters = 2_000;

type Ending = "timeout" | "memory" | "stopped";

type Task = {
  id: number;
  onProgress: ((done: number, stage: string) => void) | undefined;
  resolve(answer: AnswerMessage): void;
  reject(error: Error): void;
};

/** One child with models and decoders in it: no settings, no secrets, an end with its parent, a bound on its memory. */
export class InferenceProcess {
  residentBytes = 0;
  isAlive = true;
  private readonly child: ChildProcess;
  private task: Task | null = null;
  private tasks = 0;
  private ending: Ending | null = null;
  private errors = "";
  private readonly watch: NodeJS.Timeout;

  constructor() {
    const script = join(process.cwd(), "lib", "studio", "inference-child.ts");
    const flags = [`--max-old-space-size=${heapMegabytes}`, "--expose-gc", "--import", "tsx"];
    this.child = spawn(process.execPath, [...flags, script], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      serialization: "advanced",
      // one arena: what the threads of the image library free is given back, and used again
      env: { NODE_ENV: "production", MALLOC_ARENA_MAX: "1" },
    });
    this.child.on("message", (message) => this.receive(message as AnswerMessage));
    this.child.on("error", (error) => this.end(error));
    this.child.on("close", () => this.end(null));
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.errors = (this.errors + text).slice(-errorCharacters);
    });
    this.watch = setInterval(() => this.look(), watchMs).unref();
    process.once("exit", this.killNow);
    stepBack(this.child.pid);
    this.rest();
  }

  get pid(): number | null {
    return this.child.pid ?? null;
  }

  /** @throws {AppError} it died or was killed before it answered */
  run(task: InferenceTask, input: unknown, onProgress: Task["onProgress"]): Promise<AnswerMessage> {
    return new Promise((resolve, reject) => {
      const id = ++this.tasks;
      this.task = { id, onProgress, resolve, reject };
      this.child.ref();
      this.child.channel?.ref();
      const message: TaskMessage = { id, task, input };
      this.child.send(message, (error) => {
        if (error) this.end(error);
      });
    });
  }

  kill(ending: Ending): void {
    this.ending ??= ending;
    this.killNow();
  }

  private readonly killNow = (): void => {
    this.child.kill("SIGKILL");
  };

  private receive(message: AnswerMessage): void {
    const { task } = this;
    if (!task || message.id !== task.id) return;
    if (message.kind === "progress") {
      task.onProgress?.(message.done, message.stage);
      return;
    }
    this.residentBytes = message.resident;
    this.task = null;
    this.rest();
    task.resolve(message);
  }

  /** Without a task it keeps nobody from ending. */
  private rest(): void {
    this.child.unref();
    this.child.channel?.unref();
    (this.child.stderr as { unref?: () => void } | null)?.unref?.();
  }

  private end(error: Error | null): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    clearInterval(this.watch);
    process.removeListener("exit", this.killNow);
    const { task } = this;
    this.task = null;
    if (!task) return;
    if (this.ending === null) log.error("the inference process died", { error, said: this.errors });
    task.reject(toError(this.ending));
  }

  /** Buffers and wasm lie outside the heap that the flag bounds; where the system tells it, the whole size is watched. */
  private look(): void {
    readFile(`/proc/${this.child.pid}/statm`, "utf8").then(
      (statm) => {
        this.residentBytes = Number(statm.split(" ")[1]) * pageBytes;
        if (this.residentBytes <= maxResidentBytes) return;
        log.warn("the inference process took too much memory", { bytes: this.residentBytes });
        this.kill("memory");
      },
      () => undefined,
    );
  }
}

/** Behind whatever answers requests. */
function stepBack(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, lowPriority);
  } catch {
    // it may be gone already
  }
}

function toError(ending: Ending | null): AppError {
  if (ending === "memory")
    return new AppError("too_large", "The image took too much memory to work on. Use a smaller one.");
  if (ending === "timeout") return new AppError("unavailable", "The image took too long to work on.");
  const sentence = "The process that works on images ended unexpectedly. Try again.";
  return new AppError("unavailable", sentence, { retryAfterSeconds: 5 });
}
