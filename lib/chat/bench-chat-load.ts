import { once } from "node:events";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** What is asked, again and again. */
export type Target = { url: string; headers: Record<string, string>; body: () => string };

/** One answer, in milliseconds from the request. */
export type Timing = { firstMs: number; totalMs: number };

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Asks once and reads the answer to its end. @throws {Error} any other status than 200 */
export function ask({ url, headers, body }: Target): Promise<Timing> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const sent = request(url, { method: "POST", agent, headers: { "content-type": "application/json", ...headers } });
    sent.once("error", reject);
    sent.once("response", (answer) => {
      let firstMs = 0;
      let text = "";
      answer.on("data", (part: Buffer) => {
        firstMs ||= performance.now() - startedAt;
        if (answer.statusCode !== 200) text += part.toString();
      });
      answer.once("error", reject);
      answer.once("end", () => {
        if (answer.statusCode !== 200) return reject(new Error(`${url} answered ${answer.statusCode}: ${text}`));
        resolve({ firstMs, totalMs: performance.now() - startedAt });
      });
    });
    sent.end(body());
  });
}

/** One after the other. */
export async function askInTurn(target: Target, times: number): Promise<Timing[]> {
  const timings: Timing[] = [];
  for (let n = 0; n < times; n++) timings.push(await ask(target));
  return timings;
}

/** `hands` at a time. */
export async function askAtOnce(target: Target, times: number, hands: number): Promise<void> {
  let left = times;
  const work = async (): Promise<void> => {
    while (left-- > 0) await ask(target);
  };
  await Promise.all(Array.from({ length: hands }, work));
}

export function quantile(values: readonly number[], q: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? NaN;
}

/** What became of a call whose client left. */
export type Leave = { cancelledMs: number; wastedChunks: number };

/**
 * Leaves in the middle of an answer, again and again: before its first byte, or after some.
 *
 * @param target must lead to a provider at `provider`, which tells when it is left alone
 */
export async function leave(target: Target, provider: SlowProvider, isBeforeFirst: boolean): Promise<Leave> {
  const called = provider.nextCall(isBeforeFirst);
  const sent = request(target.url, {
    method: "POST",
    agent,
    headers: { "content-type": "application/json", ...target.headers },
  });
  sent.once("error", () => undefined);
  const first = isBeforeFirst
    ? called.arrived
    : new Promise<void>((done) =>
        sent.once("response", (answer) => answer.on("error", () => undefined).once("data", done)),
      );
  sent.end(target.body());
  await first;
  const leftAt = performance.now();
  const before = called.chunks();
  sent.destroy();
  const closedAt = await called.closed;
  return { cancelledMs: closedAt - leftAt, wastedChunks: called.chunks() - before };
}

type Call = { arrived: Promise<void>; closed: Promise<number>; chunks: () => number };
export type SlowProvider = { url: string; nextCall(isSilent: boolean): Call };

/** A provider that sends a chunk every 10 ms for ever, or nothing at all. */
export async function startSlowProvider(chunk: string): Promise<SlowProvider> {
  type Waiting = { isSilent: boolean; arrive: () => void; close: (at: number) => void; count: number };
  const waiting: Waiting[] = [];
  const server = createServer((incoming, outgoing) => {
    const call = waiting.shift();
    if (call === undefined) return void outgoing.destroy();
    let timer: NodeJS.Timeout | undefined;
    outgoing.once("close", () => {
      clearInterval(timer);
      call.close(performance.now());
    });
    incoming.resume().once("end", () => {
      call.arrive();
      if (call.isSilent) return;
      outgoing.writeHead(200, { "content-type": "text/event-stream" });
      timer = setInterval(() => {
        call.count += 1;
        outgoing.write(chunk);
      }, 10);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    nextCall(isSilent) {
      const arrived = Promise.withResolvers<void>();
      const closed = Promise.withResolvers<number>();
      const call = { isSilent, arrive: () => arrived.resolve(), close: (at: number) => closed.resolve(at), count: 0 };
      waiting.push(call);
      return { arrived: arrived.promise, closed: closed.promise, chunks: () => call.count };
    },
  };
}
