import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { transaction } from "@/lib/db/transaction";
import { findJob } from "./queue";
import { createNotes, killer, lateWriter, note, notes, testJobs, twoSteps } from "./test-jobs";
import { type JobWorker, startWorker } from "./worker";

let db: Db;
let url: string;
let child: ChildProcess | undefined;
let worker: JobWorker | undefined;

beforeEach(async () => {
  ({ db, url } = await testDatabase());
  await createNotes(db);
});
afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }
  await worker?.stop();
  child = undefined;
  worker = undefined;
});

/** A worker in a process of its own, which looks for jobs. */
async function startChild(): Promise<ChildProcess> {
  child = spawn(process.execPath, ["--import", "tsx", "--conditions=react-server", "lib/jobs/test-worker.ts", url], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await once(child, "message");
  return child;
}

async function startSecond(): Promise<void> {
  worker = await startWorker({ url, db, jobs: testJobs, pollMs: 50, sweepMs: 50, random: () => 0 });
}

function enqueue(job: typeof twoSteps): Promise<string> {
  return transaction(db, async (tx) => (await job.enqueue(tx, { id: "it" })).id);
}

function untilNoted(text: string) {
  return expect.poll(() => notes(db), { interval: 10, timeout: 15_000 }).toContain(text);
}

function untilStatus(id: string, status: string) {
  return expect.poll(async () => (await findJob(db, id))?.status, { interval: 10, timeout: 15_000 }).toBe(status);
}

describe("a worker that is killed", () => {
  it("loses its job to another, which resumes behind the last stored step", async () => {
    const process = await startChild();
    const id = await enqueue(twoSteps);
    await untilNoted("second step in attempt 1");
    process.kill("SIGKILL");
    await startSecond();
    await untilStatus(id, "succeeded");
    expect(await notes(db)).toEqual([
      "first step in attempt 1",
      "second step in attempt 1",
      "second step in attempt 2",
      "attempt 2 ends with the first step of attempt 1",
    ]);
  });

  it("by the job itself is not followed by more deaths than the job has attempts", async () => {
    const process = await startChild();
    const id = await enqueue(killer);
    if (process.exitCode === null && process.signalCode === null) await once(process, "exit");
    await startSecond();
    await untilStatus(id, "failed");
    expect(await findJob(db, id)).toMatchObject({ attempts: 1, error: "The worker stopped once while running it." });
    expect(await notes(db)).toEqual(["it failed: The worker stopped once while running it."]);
  });
});

describe("a worker that is frozen past its lease", () => {
  it("cannot write when it wakes up", async () => {
    const process = await startChild();
    const id = await enqueue(lateWriter);
    await untilNoted("attempt 1 begins");
    process.kill("SIGSTOP");
    await startSecond();
    await untilStatus(id, "succeeded");
    await note(db, "go");
    process.kill("SIGCONT");
    await untilNoted("attempt 1 is refused: true");
    expect(await notes(db)).toEqual([
      "attempt 1 begins",
      "attempt 2 begins",
      "attempt 2 writes",
      "go",
      "attempt 1 is refused: true",
    ]);
    expect(await findJob(db, id)).toMatchObject({ status: "succeeded", attempts: 2 });
  });
});
