import { afterEach, expect, test, vi } from "vitest";
import sharp from "sharp";
import { demoPerson } from "@/lib/vision/testing";
import { infer, inferenceState, stopInference } from "./inference";

const never = new AbortController().signal;

afterEach(stopInference);

function plainImage(): Promise<Buffer> {
  return sharp({ create: { width: 900, height: 600, channels: 3, background: "#336699" } })
    .png()
    .toBuffer();
}

test("works on images in a process of its own, one after the other, and keeps it", async () => {
  const bytes = await plainImage();
  expect(inferenceState().pid).toBeNull();
  expect(await infer("shrink", { bytes }, { signal: never })).toMatchObject({
    mimeType: "image/webp",
    width: 480,
    height: 320,
  });
  const { pid } = inferenceState();
  const found = await infer("inspect", { name: "photo 1", bytes: await demoPerson("smiling") }, { signal: never });
  expect(found).toMatchObject({ problem: null, photo: { width: 541 }, descriptor: expect.any(Float32Array) });
  const { pid: later, residentBytes } = inferenceState();
  expect(later).toBe(pid);
  expect(residentBytes).toBeGreaterThan(100e6);
  expect(residentBytes).toBeLessThan(700e6);
});

test("says what a task refuses with its own code and sentence", async () => {
  await expect(
    infer("shrink", { bytes: Buffer.from("no image"), name: "the mask" }, { signal: never }),
  ).rejects.toMatchObject({
    code: "unsupported_type",
    message: "The mask is not a JPEG, PNG, WebP, GIF, AVIF or TIFF image.",
  });
});

test("what is urgent goes first", async () => {
  const bytes = await plainImage();
  const order: string[] = [];
  const ask = (name: string, isUrgent: boolean) =>
    infer("shrink", { bytes }, { signal: never, isUrgent }).then(() => order.push(name));
  await Promise.all([ask("first", false), ask("calm", false), ask("urgent", true), ask("also urgent", true)]);
  expect(order).toEqual(["first", "urgent", "also urgent", "calm"]);
});

test("a task that is given up ends at once, and the next one is done", async () => {
  const bytes = await plainImage();
  const controller = new AbortController();
  const given = infer("shrink", { bytes }, { signal: controller.signal });
  const waiting = infer("shrink", { bytes }, { signal: never });
  controller.abort(new Error("cancelled"));
  await expect(given).rejects.toThrow("cancelled");
  expect(await waiting).toMatchObject({ width: 480 });
  await expect(infer("shrink", { bytes }, { signal: AbortSignal.abort(new Error("before")) })).rejects.toThrow(
    "before",
  );
});

test("a task that takes too long, or whose process dies, fails in words; the next one is done", async () => {
  const bytes = await plainImage();
  await expect(infer("shrink", { bytes }, { signal: never, timeoutMs: 1 })).rejects.toMatchObject({
    code: "unavailable",
    message: "The image took too long to work on.",
  });
  const dying = infer("shrink", { bytes }, { signal: never });
  const { pid } = inferenceState();
  if (pid !== null) process.kill(pid, "SIGKILL");
  await expect(dying).rejects.toMatchObject({ code: "unavailable", retryAfterSeconds: 5 });
  expect(await infer("shrink", { bytes }, { signal: never })).toMatchObject({ width: 480 });
});

test("a process that dies while nothing is asked of it is replaced", async () => {
  const bytes = await plainImage();
  await infer("shrink", { bytes }, { signal: never });
  const { pid } = inferenceState();
  if (pid !== null) process.kill(pid, "SIGKILL");
  await vi.waitFor(() => expect(inferenceState().pid).toBeNull());
  expect(await infer("shrink", { bytes }, { signal: never })).toMatchObject({ width: 480 });
});
