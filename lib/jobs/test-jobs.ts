import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { DbOrTransaction } from "@/lib/db/client";
import { defineJob } from "./define-job";
import { LeaseLostError } from "./job-errors";

/** Jobs that tests run in worker processes of their own, to kill and to freeze. They write into a table `notes`. */
const Payload = z.object({ id: z.string() });

export async function note(db: DbOrTransaction, text: string): Promise<void> {
  await db.$executeRaw`INSERT INTO notes (text) VALUES (${text})`;
}

/** What was noted, in order. */
export async function notes(db: DbOrTransaction): Promise<string[]> {
  const rows = await db.$queryRaw<{ text: string }[]>`SELECT text FROM notes ORDER BY id`;
  return rows.map(({ text }) => text);
}

export async function createNotes(db: DbOrTransaction): Promise<void> {
  await db.$executeRaw`CREATE TABLE notes (id serial PRIMARY KEY, text text NOT NULL)`;
}

/** Never gets beyond its second step on the first attempt. */
export const twoSteps = defineJob({
  name: "test.two_steps",
  payload: Payload,
  maxAttempts: 2,
  leaseSeconds: 1.5,
  async run(_payload, job) {
    const first = await job.step("first", async () => {
      await note(job.db, `first step in attempt ${job.attempt}`);
      return { attempt: job.attempt };
    });
    await job.step("second", async () => {
      await note(job.db, `second step in attempt ${job.attempt}`);
      if (job.attempt === 1) await new Promise(() => undefined);
      return null;
    });
    await job.transaction((tx) =>
      note(tx, `attempt ${job.attempt} ends with the first step of attempt ${first.attempt}`),
    );
  },
});

/** The first attempt writes only when somebody has noted "go", whatever its signal says. */
export const lateWriter = defineJob({
  name: "test.late_writer",
  payload: Payload,
  maxAttempts: 3,
  leaseSeconds: 1.5,
  async run(_payload, job) {
    await note(job.db, `attempt ${job.attempt} begins`);
    if (job.attempt === 1) while (!(await notes(job.db)).includes("go")) await sleep(5);
    try {
      await job.transaction((tx) => note(tx, `attempt ${job.attempt} writes`));
    } catch (error) {
      await note(job.db, `attempt ${job.attempt} is refused: ${error instanceof LeaseLostError}`);
      throw error;
    }
  },
});

/** Ends the process that runs it. */
export const killer = defineJob({
  name: "test.killer",
  payload: Payload,
  maxAttempts: 1,
  leaseSeconds: 1.5,
  run: async () => process.kill(process.pid, "SIGKILL") as never,
  onFailed: (tx, { id }, reason) => note(tx, `${id} failed: ${reason}`),
});

export const testJobs = [twoSteps, lateWriter, killer];
