import { Agent, request } from "node:http";

/** What is asked, again and again. */
export type Target = { url: string; headers: Record<string, string>; body: string };

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
    sent.end(body);
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
