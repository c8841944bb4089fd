import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { POST as order } from "@/app/v1/portraits/orders/route";
import { testDatabase, testUser } from "@/lib/db/testing";
import { testCaller } from "@/lib/http/testing";
import { smallKeyOf } from "@/lib/storage/signed-file";
import { store } from "@/lib/storage/store";
import { testTune } from "./order-testing";
import type { OrderView } from "./portrait-schemas";

const folder = mkdtempSync(join(tmpdir(), "faces-killed-"));
process.env["FACES_DATA_DIR"] = folder;
const { db, url } = await testDatabase();

let child: ChildProcess | undefined;
const kill = async () => {
  if (child?.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
};
afterEach(kill);

async function startWorker(): Promise<void> {
  child = spawn(
    process.execPath,
    ["--import", "tsx", "--conditions=react-server", "lib/portraits/order-test-worker.ts", url],
    {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env: { ...process.env, FACES_DATA_DIR: folder },
    },
  );
  await once(child, "message");
}

test("workers that are killed in the middle leave an order that the next goes on with, and no file that nobody knows", async () => {
  const ctx = await testUser(db);
  const tune = await testTune(ctx, { branch: "fast" });
  const caller = await testCaller(ctx);
  const json = { text: `<faceid:${tune}:1>`, num_images: 8, seed: 1, w: 2048, h: 2048 };
  const { body } = await caller.call(order, { method: "POST", json });
  const { id } = (body as { data: OrderView }).data;
  const steps = (): Promise<number> =>
    db.jobStep.count({ where: { job: { name: "portraits.make", key: String(id) } } });
  const until = (count: () => Promise<number>, most: number) =>
    expect.poll(count, { interval: 2, timeout: 30_000 }).toBeGreaterThanOrEqual(most);
  const announced = () => db.orphanedObject.count();
  /** right behind a stored piece, then with the files of another announced, and written or not */
  const moments = [() => until(steps, 2), async () => until(announced, (await announced()) + 2)];
  for (const moment of moments) {
    await startWorker();
    await moment();
    await kill();
    await db.job.updateMany({ where: { key: String(id), status: "running" }, data: { leaseUntil: new Date(0) } });
  }
  expect(await steps()).toBeLessThan(8);
  await startWorker();
  await expect
    .poll(async () => (await db.prompt.findUniqueOrThrow({ where: { id } })).status, { timeout: 30_000 })
    .toBe("done");
  const portraits = await db.portrait.findMany({ where: { promptId: id }, orderBy: { position: "asc" } });
  expect(portraits.map(({ seed }) => Number(seed))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const kept = portraits.flatMap(({ storageKey }) => [storageKey, smallKeyOf(storageKey)]);
  for (const key of kept) expect(await store().exists(key)).toBe(true);
  const known = (await db.orphanedObject.findMany()).map(({ key }) => key);
  const made = readdirSync(join(folder, "files", "portraits", "made")).filter((name) => !name.includes("."));
  for (const name of made) expect([...kept, ...known]).toContain(`portraits/made/${name}`);
}, 120_000);
