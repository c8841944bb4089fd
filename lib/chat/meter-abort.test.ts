import { afterAll, expect, it, vi } from "vitest";
import { costMicroUsd } from "@/lib/billing/prices";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { resolveModel } from "@/lib/models/catalogue";
import { countTokens } from "@/lib/models/count-tokens";
import { seededRandom } from "@/lib/seeded-random";
import { books, chat, credit, leaving, serveFrom, userWithFace } from "./testing";
import { type Animal, startZoo } from "./zoo-upstream";
import { chunk, done, eventStream, head, start, stop, usageChunk } from "./zoo-wire";

const seed = 20_261_121;
const rounds = 1_000;
const atOnce = 20;

const upstream = await startZoo();
serveFrom(upstream.url);
// a busy machine is not a silent provider
vi.stubEnv("UPSTREAM_TIMEOUT_SECONDS", "300");
const { db } = await testDatabase();
const model = resolveModel("gpt-4o-mini");
const question = "When do you fire the kiln?";

afterAll(async () => {
  await upstream.stop();
  await closePool();
});

const words = Array.from({ length: 40 }, (_, at) => ` word${at} é`);
const events = [start, ...words.map((content) => chunk({ content })), stop];
const ends = { counted: [usageChunk(7, 90), done], uncounted: [done] };
const byteLength = Buffer.byteLength([...events, ...ends.counted].join(""));

/** Sends its events one by one, for as long as somebody listens. */
const speaking: Animal = async (cage) => {
  await cage.send(head(200, eventStream));
  const isCounted = cage.request.body.includes('"user":"counted"');
  for (const event of [...events, ...(isCounted ? ends.counted : ends.uncounted)]) await cage.send(event);
  cage.end();
};

it(`a client that goes at any byte is charged once for what it got (seed ${seed})`, async () => {
  const ctx = await userWithFace(db);
  const random = seededRandom(seed);
  upstream.let(speaking);
  let expected = 0n;
  let charges = 0;

  async function round(): Promise<void> {
    const isCounted = random() < 0.5;
    const leaveAt = Math.floor(random() * (byteLength + 200)) - 100;
    const how = random() < 0.5 ? "signal" : "cancel";
    const { ctx: here, leave } = leaving(ctx);
    const answering = chat(here, {
      model: model.id,
      stream: true,
      user: isCounted ? "counted" : "",
      stream_options: { include_usage: true },
      messages: [{ role: "user", content: question }],
    });
    if (leaveAt < 0) {
      leave();
      expect((await answering).status).toBe(499);
      return;
    }
    const reader = (await answering).body?.getReader();
    let got = "";
    const decoder = new TextDecoder();
    for (let bytes = 0; bytes <= leaveAt;) {
      const read = await reader?.read();
      if (read === undefined || read.done) break;
      bytes += read.value.byteLength;
      got += decoder.decode(read.value, { stream: true });
    }
    if (how === "signal") leave();
    else await reader?.cancel();
    charges += 1;
    const isTold = isCounted && got.includes('"usage"');
    const said = words.filter((word) => got.includes(`"${word}"`)).join("");
    expected += costMicroUsd(
      model.price,
      isTold && got.includes("[DONE]")
        ? { input: 7, output: 90 }
        : { input: isTold ? 7 : countTokens(question), output: Math.max(isTold ? 90 : 0, countTokens(said)) },
    );
  }

  let left = rounds;
  async function client(): Promise<void> {
    while (left-- > 0) await round();
  }
  await Promise.all(Array.from({ length: atOnce }, client));
  await upstream.closed();
  await vi.waitFor(
    async () => expect(await books(ctx)).toEqual({ records: charges, cost: expected, reserved: 0n, isExact: true }),
    { timeout: 20_000, interval: 100 },
  );
  expect(expected).toBeLessThan(credit);
  expect(charges).toBeGreaterThan(rounds * 0.9);
});

it("the provider's connection is closed within 50 ms of the client's going, at any of 200 moments", async () => {
  const ctx = await userWithFace(db);
  const random = seededRandom(seed);
  const closings: number[] = [];
  for (let round = 0; round < 200; round++) {
    // it goes on speaking until it is left
    upstream.let(async (cage) => {
      await cage.send(head(200, eventStream));
      const timer = setInterval(() => void cage.send(chunk({ content: " word" })), 1);
      await upstream.closed();
      clearInterval(timer);
    });
    const { ctx: here, leave } = leaving(ctx);
    const answering = chat(here, { model: model.id, stream: true });
    const reads = Math.floor(random() * 12);
    if (reads === 0) await vi.waitFor(() => expect(upstream.requests).toHaveLength(1), { interval: 1 });
    else {
      const reader = (await answering).body?.getReader();
      for (let read = 0; read < reads; read++) await reader?.read();
    }
    const before = performance.now();
    leave();
    await upstream.closed();
    closings.push(performance.now() - before);
    await answering;
  }
  closings.sort((a, b) => a - b);
  // a busy machine may delay one of them
  expect(closings[Math.floor(closings.length * 0.95)]).toBeLessThan(50);
  await vi.waitFor(async () => expect(await books(ctx)).toMatchObject({ reserved: 0n, isExact: true }), {
    timeout: 20_000,
  });
});
