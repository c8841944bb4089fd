import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { startTestPostgres } from "@/lib/db/pg-test-server";
import { project } from "@/lib/launch/settings";
import { bundle } from "@/lib/launch/web-build";
import {
  askAtOnce,
  askInTurn,
  type Leave,
  leave,
  quantile,
  startSlowProvider,
  type Target,
  type Timing,
} from "./bench-chat-load";
import { seed } from "./bench-chat-seed";

/**
 * Measures what this product adds to a model's answer: CPU time of the server process for a request, and time to the
 * first token and to the last, beside a bare proxy of `node:http` in the same run. `npm run bench:chat`
 *
 * Every round asks each server in turn, warm: one request at a time for the times, sixteen at a time for the CPU.
 * `--next` adds an empty route of Next, which is built first; `--only=face,bare` leaves others out; `--cpu-prof` writes
 * the profile of the server to the working directory.
 */
const rounds = 5;
const inTurn = 60;
const atOnce = 480;
const hands = 16;
const leavesEach = 50;

const options = process.argv.slice(2);
const only = options
  .find((option) => option.startsWith("--only="))
  ?.slice(7)
  .split(",");
const messages = [
  { role: "system", content: "You answer in one sentence." },
  { role: "user", content: "What do you keep in winter, and why does the kiln matter to you?" },
  { role: "assistant", content: "I keep bread and letters." },
  { role: "user", content: "And what about patience, the river, and the glaze that you love?" },
];
const question = messages.at(-1)?.content ?? "";
let asked = 0;
const write = (model: string, content: string) =>
  JSON.stringify({ model, messages: messages.with(-1, { role: "user", content }), stream: true, max_tokens: 256 });
const body = (model: string) => () => write(model, question);
/** A question that nobody asked before, so that its meaning has to be worked out. */
const newBody = (model: string) => () => write(model, `${question} Number ${asked++}?`);

// this process hashes the key that its children check
// eslint-disable-next-line no-restricted-properties -- the settings of all its processes are made here
const settings = Object.assign(process.env, {
  NODE_ENV: "production",
  FACES_SECRET: "a-secret-that-only-the-bench-knows-01234",
  LOG_LEVEL: "error",
  RATE_LIMITS: '{"factor":1000}',
});

type Server = { child: ChildProcess; url: string; cpu(): Promise<number> };
type Measured = { cpu: number[]; timings: Timing[] };

async function start(file: string, args: string[], env: Record<string, string> = {}): Promise<Server> {
  const execArgv = options.includes("--cpu-prof") && args[0] === "faces" ? ["--cpu-prof"] : [];
  const child = fork(file, args, { execArgv, env: { ...settings, ...env } });
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  const cpu = async () => {
    child.send("cpu");
    const [{ cpu: microseconds }] = (await once(child, "message")) as [{ cpu: number }];
    return microseconds;
  };
  return { child, url: `http://127.0.0.1:${port}`, cpu };
}

/** A project of one route that does nothing, built once. */
function buildEmptyNext(): string {
  const dir = join(project, ".data", "bench-next");
  if (existsSync(join(dir, ".next", "BUILD_ID"))) return dir;
  mkdirSync(join(dir, "app", "empty"), { recursive: true });
  writeFileSync(
    join(dir, "app", "empty", "route.js"),
    'export const POST = async (r) => { await r.text(); return new Response("ok"); };\n',
  );
  writeFileSync(
    join(dir, "app", "layout.js"),
    "export default ({ children }) => <html><body>{children}</body></html>;\n",
  );
  writeFileSync(join(dir, "package.json"), '{"private":true}\n');
  execFileSync(process.execPath, [join(project, "node_modules/next/dist/bin/next"), "build", "--webpack", dir], {
    stdio: "ignore",
  });
  return dir;
}

async function measure({ cpu }: Server, target: Target, into: Measured): Promise<void> {
  into.timings.push(...(await askInTurn(target, inTurn)));
  const before = await cpu();
  await askAtOnce(target, atOnce, hands);
  into.cpu.push(((await cpu()) - before) / atOnce);
}

function tell(name: string, { cpu, timings }: Measured, bareCpu: number[], direct: Timing[]): void {
  const ratio = quantile(
    cpu.map((value, round) => value / (bareCpu[round] ?? NaN)),
    0.5,
  );
  const added = (q: number, pick: keyof Timing) => {
    const of = (all: Timing[]) =>
      quantile(
        all.map((timing) => timing[pick]),
        q,
      );
    return (of(timings) - of(direct)).toFixed(2).padStart(8);
  };
  const figures = [quantile(cpu, 0.5).toFixed(0).padStart(8), ratio.toFixed(2).padStart(6)];
  const times = [added(0.5, "firstMs"), added(0.95, "firstMs"), added(0.5, "totalMs"), added(0.95, "totalMs")];
  console.log(name.padEnd(34), ...figures, ...times);
}

const postgres = await startTestPostgres();
const children: ChildProcess[] = [];
try {
  await migrate(postgres.url);
  const db = connect(postgres.url, 2);
  const key = await seed(db);
  await db.$disconnect();
  const file = join(project, "node_modules", ".cache", "faces", "bench-chat-server.cjs");
  await bundle("lib/chat/bench-chat-server.ts", file);

  const upstream = await start(file, ["upstream"]);
  const bare = await start(file, ["bare", upstream.url]);
  const slow = await startSlowProvider(
    'data: {"choices":[{"index":0,"delta":{"content":"yes"},"finish_reason":null}]}\n\n',
  );
  const own = [
    { name: "own", base_url: `${upstream.url}/v1`, models: ["free"] },
    { name: "slow", base_url: `${slow.url}/v1`, models: ["slow"] },
  ];
  const faces = await start(file, ["faces"], {
    ...{ DATABASE_URL: postgres.url },
    ...{ OPENAI_API_KEY: "bench", OPENAI_BASE_URL: `${upstream.url}/v1`, MODEL_SERVERS: JSON.stringify(own) },
  });
  children.push(upstream.child, bare.child, faces.child);

  const headers = { authorization: `Bearer ${key}` };
  const direct = { url: `${upstream.url}/v1/chat/completions`, headers, body: body("gpt-4o-mini") };
  const ours = (path: string, model: string, make = body) => ({
    url: `${faces.url}/v1${path}`,
    headers,
    body: make(model),
  });
  const cases: [string, string, Server, Target][] = [
    ["bare", "bare node:http proxy", bare, { ...direct, url: `${bare.url}/v1/chat/completions` }],
    ["free", "own model server, no face, free", faces, ours("/chat/completions", "free")],
    ["openai", "/v1/openai pass-through, priced", faces, ours("/openai/chat/completions", "gpt-4o-mini")],
    ["face", "face, 1,000 primitives, free", faces, ours("/chat/completions", "mara@free")],
    ["new", "the same, a new question each", faces, ours("/chat/completions", "mara@free", newBody)],
    ["priced", "face, 1,000 primitives, priced", faces, ours("/chat/completions", "mara@gpt-4o-mini")],
    ["builtin", "face, built-in engine", faces, ours("/chat/completions", "mara@builtin")],
  ];
  if (options.includes("--next")) {
    const next = await start(file, ["next", buildEmptyNext()]);
    children.push(next.child);
    cases.push(["next", "empty route of Next", next, { ...direct, url: `${next.url}/empty` }]);
  }
  const chosen = cases.filter(([id]) => id === "bare" || only === undefined || only.includes(id));
  const results = new Map(chosen.map(([id]) => [id, { cpu: [], timings: [] } as Measured]));
  for (const [, , , target] of chosen) await askAtOnce(target, atOnce, hands);
  const directly: Timing[] = [];
  for (let round = 1; round <= rounds; round++) {
    directly.push(...(await askInTurn(direct, inTurn)));
    const order = round % 2 === 0 ? chosen : [...chosen].reverse();
    for (const [id, , server, target] of order)
      await measure(server, target, results.get(id) ?? { cpu: [], timings: [] });
  }
  const bareCpu = results.get("bare")?.cpu ?? [];
  console.log(`${"".padEnd(34)}  CPU µs   ×bare   added ms: first token p50, p95; last p50, p95`);
  for (const [id, name] of chosen) tell(name, results.get(id) ?? { cpu: [], timings: [] }, bareCpu, directly);
  for (const model of ["slow", "mara@slow"]) {
    for (const isBeforeFirst of [true, false]) {
      const leaves: Leave[] = [];
      for (let n = 0; n < leavesEach; n++)
        leaves.push(await leave(ours("/chat/completions", model), slow, isBeforeFirst));
      const ms = leaves.map(({ cancelledMs }) => cancelledMs);
      const when = isBeforeFirst ? "before the first byte" : "in the middle";
      const wasted = Math.max(...leaves.map(({ wastedChunks }) => wastedChunks));
      console.log(
        `${model}: client gone ${when}, ${leavesEach} of ${leavesEach} cancelled upstream after p50 ${quantile(ms, 0.5).toFixed(1)} ms, most ${Math.max(...ms).toFixed(1)} ms; wasted chunks at most ${wasted}`,
      );
    }
  }
} finally {
  // a process that writes its profile does so at its own end
  for (const child of children) child.disconnect();
  await Promise.all(children.map((child) => once(child, "exit")));
  await postgres.stop();
}
process.exit(0);
