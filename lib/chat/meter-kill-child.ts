import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Start } from "@/lib/billing/kill-work";

/** What a lane said of one of its calls. */
export type Told = {
  name: string;
  /** the last thing it was about to do */
  phase: string;
  traceId: string | null;
  /** when each piece reached the client, in milliseconds of the process's clock */
  delivered: number[];
  /** its charge was reported as stored */
  isSettled: boolean;
  /** the work is over and its caller knows */
  isAnswered: boolean;
};

/** The process that is to be killed, and all it ever said: what was really delivered. */
export class Victim {
  readonly calls = new Map<string, Told>();
  /** the call that each lane is at */
  readonly current = new Map<string, Told>();
  private readonly closed: Promise<unknown>;
  private readonly isReady: Promise<unknown>;
  private seen: () => void = () => undefined;

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {
    if (child.stdout === null) throw new Error("It has no output.");
    this.closed = once(child, "close");
    const lines = createInterface({ input: child.stdout });
    this.isReady = once(lines, "line");
    void this.isReady.then(() => lines.on("line", (line) => this.hear(line)));
  }

  /** @param env of the test, to which its database and its folder are added */
  static start(name: string, url: string, dataFolder: string, settings: NodeJS.ProcessEnv): Victim {
    const args = ["--import", "tsx", "--conditions=react-server", "lib/chat/meter-kill-victim.ts", url, dataFolder];
    const env = { ...settings, DATABASE_URL: url, FACES_DATA_DIR: dataFolder, OPENAI_API_KEY: "fake-key" };
    return new Victim(name, spawn(process.execPath, args, { env, stdio: ["pipe", "pipe", "inherit"] }));
  }

  async begin(start: Start): Promise<void> {
    await this.isReady;
    this.child.stdin?.write(`${JSON.stringify(start)}\n`);
  }

  /** Resolves as soon as one of the lanes is in this phase. */
  async until(phase: string): Promise<void> {
    while (![...this.current.values()].some((call) => call.phase === phase)) {
      if (this.child.exitCode !== null) throw new Error("The process ended by itself.");
      await new Promise<void>((resolve) => (this.seen = resolve));
    }
  }

  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.closed;
  }

  private hear(line: string): void {
    const [lane = "", name = "", phase = "", more] = line.split(" ");
    // a line that was cut off by the kill was not said
    if (phase === "") return;
    const fresh = { name, phase, traceId: null, delivered: [], isSettled: false, isAnswered: false };
    const call: Told = this.calls.get(name) ?? fresh;
    call.phase = phase;
    if (more?.startsWith("+")) call.delivered.push(Number(more));
    else if (more !== undefined) call.traceId = more;
    if (phase === "settled") call.isSettled = true;
    if (phase === "answered") call.isAnswered = true;
    this.calls.set(name, call);
    this.current.set(lane, call);
    this.seen();
  }
}
