import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { TaskError } from "./task-error";
import { ThreadPool } from "./thread-pool";

let pool: ThreadPool;

beforeEach(() => {
  pool = new ThreadPool({ entry: "lib/compute/test-thread.ts", threads: 1, maxHeapMb: 64 });
});
afterEach(() => pool.close());

describe("a thread pool", () => {
  it("answers each call with its own output", async () => {
    const inputs = Array.from({ length: 20 }, (_, index) => ({ index, vector: new Float32Array([index]) }));
    expect(await Promise.all(inputs.map((input) => pool.run("echo", input)))).toEqual(inputs);
  });

  it("brings an error back with its name, message and code", async () => {
    await expect(pool.run("fail", null)).rejects.toMatchObject({
      name: "RangeError",
      message: "Too far.",
      code: "E_FAR",
    });
  });

  it("brings an AppError back as an AppError", async () => {
    const error = await pool.run("missing", null).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: "not_found", message: "The face was not found." });
  });

  it("takes over buffers that the caller gives away", async () => {
    const bytes = new Uint8Array(1000);
    expect(await pool.run("byteLength", bytes, { transfer: [bytes.buffer] })).toBe(1000);
    expect(bytes.byteLength).toBe(0);
  });

  it("rejects inputs and outputs that cannot be cloned, and goes on", async () => {
    await expect(pool.run("echo", () => 1)).rejects.toThrow(/could not be cloned/);
    await expect(pool.run("unclonable", null)).rejects.toThrow(/could not be cloned/);
    expect(await pool.run("echo", 1)).toBe(1);
  });
});

describe("a thread that goes wrong", () => {
  it("is replaced when a call outlives its time, and the queue behind it is answered", async () => {
    const slow = pool.run("spin", null, { timeoutMs: 50 });
    const next = pool.run("echo", "next");
    await expect(slow).rejects.toMatchObject({ reason: "timeout", message: "spin took longer than 0.05 s." });
    expect(await next).toBe("next");
  });

  it("is replaced when it ends during a call", async () => {
    const dying = pool.run("exit", null);
    const next = pool.run("echo", "next");
    await expect(dying).rejects.toEqual(new TaskError("died", "The thread ended with code 3 during the call."));
    expect(await next).toBe("next");
  });

  it("is replaced when it runs out of memory, and the process lives on", async () => {
    const greedy = pool.run("fillMemory", null);
    const next = pool.run("echo", "next");
    await expect(greedy).rejects.toMatchObject({ reason: "died", message: /more than its 64 MB/ });
    expect(await next).toBe("next");
  }, 20_000);
});

describe("an aborted call", () => {
  it("is not started when it was aborted before", async () => {
    const reason = new Error("gone");
    await expect(pool.run("spin", null, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it("leaves the queue", async () => {
    const running = pool.run("hang", null, { timeoutMs: 300 });
    const controller = new AbortController();
    const queued = pool.run("spin", null, { signal: controller.signal });
    controller.abort();
    await expect(queued).rejects.toThrow(/aborted/);
    await expect(running).rejects.toMatchObject({ reason: "timeout" });
    expect(await pool.run("echo", "free")).toBe("free");
  });

  it("is given up at once while it runs, and its thread is replaced", async () => {
    await pool.run("echo", "warm");
    const controller = new AbortController();
    const running = pool.run("spin", null, { signal: controller.signal });
    const next = pool.run("echo", "next");
    controller.abort();
    await expect(running).rejects.toThrow(/aborted/);
    expect(await next).toBe("next");
  });
});

describe("patient calls", () => {
  it("leave a thread to the others, and come to their turn one after the other", async () => {
    pool.resize(2);
    const controller = new AbortController();
    const patient = { isPatient: true, signal: controller.signal };
    const slow = [pool.run("hang", null, patient), pool.run("hang", null, patient)];
    const last = pool.run("echo", "last", { isPatient: true });
    expect(await pool.run("echo", "at once", { timeoutMs: 5_000 })).toBe("at once");
    controller.abort();
    for (const call of slow) await expect(call).rejects.toThrow(/aborted/);
    expect(await last).toBe("last");
  });

  it("run where there is one thread alone", async () => {
    expect(await pool.run("echo", "alone", { isPatient: true })).toBe("alone");
  });
});

describe("the process", () => {
  it("may end while idle threads are there, and not while a call is under way", async () => {
    const { spawn } = await import("node:child_process");
    const script = `
      const { ThreadPool } = await import("./lib/compute/thread-pool.ts");
      const pool = new ThreadPool({ entry: "lib/compute/test-thread.ts", threads: 2, maxHeapMb: 64 });
      process.stdout.write(await pool.run("echo", "done"));`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script]);
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, "close")) as [number];
    expect({ code, output }).toEqual({ code: 0, output: "done" });
  }, 20_000);
});
