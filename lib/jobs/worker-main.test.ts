import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";

let db: Db;
let url: string;
let child: ChildProcess;

beforeAll(async () => {
  ({ db, url } = await testDatabase());
});

afterEach(() => {
  child.kill("SIGKILL");
});

/** The worker as the launcher starts it, once it has said that it lives. */
async function startWorkerProcess(): Promise<void> {
  child = spawn(process.execPath, ["--import", "tsx", "--conditions=react-server", "lib/jobs/worker-main.ts"], {
    env: { NODE_ENV: "test", DATABASE_URL: url, SAMPLE_FACE: "false", LOG_LEVEL: "warn" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await expect.poll(() => db.worker.count(), { timeout: 20_000 }).toBe(1);
}

describe("the worker process", () => {
  it.each([
    ["when it is told to", () => void child.kill("SIGTERM")],
    ["when its launcher is gone", () => child.disconnect()],
  ])("signs off and ends %s", async (_when, end) => {
    await startWorkerProcess();
    const exited = once(child, "exit");
    end();
    expect(await exited).toEqual([0, null]);
    expect(await db.worker.count()).toBe(0);
  });
});
