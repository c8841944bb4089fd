import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it, vi } from "vitest";
import { costMicroUsd } from "@/lib/billing/prices";
import { testDatabase } from "@/lib/db/testing";
import { resolveModel } from "@/lib/models/catalogue";
import { countTokens } from "@/lib/models/count-tokens";
import { settleNotes } from "./meter-replay";
import { books, fakeKey, serveFrom, userWithFace } from "./testing";
import { startZoo } from "./zoo-upstream";
import { chunk, eventStream, head, start } from "./zoo-wire";

const upstream = await startZoo();
serveFrom(upstream.url);
const dataFolder = join(tmpdir(), `faces-crash-${process.pid}-${Date.now()}`);
vi.stubEnv("FACES_DATA_DIR", dataFolder);
const { db, url } = await testDatabase();
const model = resolveModel("gpt-4o-mini");
const question = "When do you fire the kiln?";
const notes = join(dataFolder, "unsettled");

afterAll(async () => {
  await upstream.stop();
  await rm(dataFolder, { recursive: true, force: true });
});

/** A server in a process of its own, in the middle of an answer. */
function startVictim(accountId: string) {
  const script = fileURLToPath(new URL("zoo-victim.ts", import.meta.url));
  return spawn(process.execPath, ["--import", "tsx", "--conditions=react-server", script, accountId, question], {
    env: {
      NODE_ENV: "test",
      DATABASE_URL: url,
      FACES_DATA_DIR: dataFolder,
      FACES_SECRET: "a-secret-that-only-tests-know-0123456789",
      OPENAI_API_KEY: fakeKey,
      OPENAI_BASE_URL: `${upstream.url}/v1`,
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

it("a server that is killed in the middle of an answer is charged for what it had noted, and holds nothing", async () => {
  const ctx = await userWithFace(db);
  upstream.let(async (cage) => {
    await cage.send(head(200, eventStream) + start);
    const timer = setInterval(() => void cage.send(chunk({ content: " word" })), 5);
    await upstream.closed();
    clearInterval(timer);
  });
  const victim = startVictim(ctx.actor.accountId);
  let delivered = "";
  victim.stdout.on("data", (bytes: Buffer) => (delivered += bytes.toString()));
  const path = await vi.waitFor(
    async () => {
      const name = (await readdir(notes)).find((file) => file.endsWith(".json"));
      expect(name).toBeDefined();
      return join(notes, name ?? "");
    },
    { timeout: 50_000, interval: 50 },
  );
  expect((await books(ctx)).reserved).toBeGreaterThan(0n);
  victim.kill("SIGKILL");
  await once(victim, "close");
  await upstream.closed();

  const longAgo = new Date(Date.now() - 61_000);
  await utimes(path, longAgo, longAgo);
  for (let turn = 0; turn < 2; turn++) {
    expect(await settleNotes(db)).toBe(0);
    const { records, cost, reserved, isExact } = await books(ctx);
    expect({ records, reserved, isExact }).toEqual({ records: 1, reserved: 0n, isExact: true });
    const words = delivered.match(/ word/g)?.length ?? 0;
    const most = costMicroUsd(model.price, { input: countTokens(question), output: words });
    expect(cost).toBeGreaterThan(costMicroUsd(model.price, { input: countTokens(question), output: 1 }));
    expect(cost).toBeLessThanOrEqual(most);
  }
});
