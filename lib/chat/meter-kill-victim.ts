/**
 * A process that does metered work in many lanes at once as a server and a worker do, says on its standard output what
 * it is about to do and what it delivered, and is killed by the test. It begins when it is told its account.
 *
 * Its clock runs faster, so that it notes what is under way every few pieces.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Ctx } from "@/lib/auth/context";
import { scopes } from "@/lib/auth/context";
import type { Piece } from "./engine";
import { type Meter, openMeter } from "./meter";
import { startStream } from "./stream";
import { openCall } from "./upstream-call";
import { connect } from "@/lib/db/client";
import { resolveModel } from "@/lib/models/catalogue";
import { compilePiece, killedInput, lanes, type LaneKind, type Start, topUpOnce } from "@/lib/billing/kill-work";
import { seededRandom } from "@/lib/seeded-random";

const haste = 400;
const now = performance.now.bind(performance);
performance.now = () => now() * haste;
const every = setInterval;
globalThis.setInterval = ((work: () => void, ms: number) => every(work, ms / haste)) as typeof setInterval;

const [url = "", dataFolder = ""] = process.argv.slice(2);
const db = connect(url);
await db.$queryRaw`SELECT 1`;
const model = resolveModel("gpt-4o-mini");
process.stdout.write("ready\n");
const { value } = await createInterface({ input: process.stdin })[Symbol.asyncIterator]().next();
const { accountId, apiKeyId, faceId, seed } = JSON.parse(String(value)) as Start;
const ctx: Ctx = {
  actor: { accountId, isAdmin: false, isFrozen: false, scopes, credential: { kind: "session", sessionId: "s" } },
  db,
  requestId: "req_victim",
  signal: new AbortController().signal,
};
if (apiKeyId !== null) Object.assign(ctx.actor, { credential: { kind: "key", keyId: apiKeyId } });
const random = seededRandom(seed);
const pause = () => sleep(random() * 25);

const work: Record<LaneKind, (say: (phase: string) => void, name: string) => Promise<unknown>> = {
  async chat(say) {
    say("before");
    await pause();
    say("holding");
    const meter = told(await openMeter(ctx, call()), say);
    say(`held ${meter.traceId}`);
    await pause();
    const upstream = openCall(ctx.signal);
    const path = join(dataFolder, "unsettled", `${meter.traceId}.json`);
    const options = { startedAt: performance.now(), call: upstream, meter, toErrorEvent: () => new Uint8Array() };
    const body = await startStream(pieces(say), options);
    for await (const bytes of body) {
      if (bytes.byteLength > 1) say(`${existsSync(path) ? "noted" : "stream"} +${Math.round(performance.now())}`);
    }
    say("answered");
  },
  async released(say) {
    const meter = await openMeter(ctx, call());
    say(`releasing ${meter.traceId}`);
    await meter.release();
    say("answered");
    await pause();
  },
  async compile(say, name) {
    say("compiling");
    await compilePiece(db, { accountId, apiKeyId, faceId }, name);
    say("answered");
    await pause();
  },
  async topup(say, name) {
    say("paying");
    await topUpOnce(db, accountId, name);
    say("answered");
    await pause();
  },
};

await Promise.all(
  lanes.map(async (kind, lane) => {
    await sleep(random() * 20);
    for (let turn = 0; ; turn += 1) {
      const name = `${kind}:${accountId}:${lane}:${turn}`;
      await work[kind]((phase) => void process.stdout.write(`${lane} ${name} ${phase}\n`), name);
    }
  }),
);

/** Some tens of pieces of one token each, as big as makes it noted; then the end, which is settled before it is sent. */
async function* pieces(say: (phase: string) => void): AsyncGenerator<Piece> {
  const count = 1 + Math.floor(random() * 60);
  for (let output = 1; output <= count; output += 1) {
    yield { bytes: new Uint8Array(2_500), text: "", usage: { input: killedInput, output } };
    await sleep(random());
  }
  say("last");
  await pause();
  yield { bytes: new Uint8Array(1), text: "", isEnd: true };
}

function call() {
  return {
    ...{ kind: "chat" as const, model, face: null, body: { messages: "word ".repeat(killedInput) }, sections: [] },
    ...{ maxOutputTokens: 20 + Math.floor(random() * 60), isBounded: random() < 0.5, core: [], items: [] },
    ...{ inputText: () => "", clientText: () => null, startedAt: performance.now(), retrieveMs: null },
  };
}

/** A meter that says when it settles and when it has. */
function told(meter: Meter, say: (phase: string) => void): Meter {
  return {
    traceId: meter.traceId,
    get noteAtBytes() {
      return meter.noteAtBytes;
    },
    note: (outcome, stop) => meter.note(outcome, stop),
    release: () => meter.release(),
    async settle(outcome) {
      say("settling");
      const cost = await meter.settle(outcome);
      say("settled");
      await pause();
      return cost;
    },
  };
}
