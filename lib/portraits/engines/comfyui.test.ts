import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { WorkerStoppingError } from "@/lib/jobs/job-errors";
import { Workflow } from "@/lib/portrait-settings";
import type { PortraitEngine } from "../engine";
import { comfyEngine, type ComfySettings } from "./comfyui";
import { fillWorkflow, slotsOf } from "./comfyui-workflow";
import { type FakeComfy, startFakeComfy } from "./testing-comfyui";
import { memory, order, person, picture, pixelsOf } from "./testing-order";

const workflow = Workflow.parse(JSON.parse(readFileSync("public/comfyui-workflow.json", "utf8")));
const editWorkflow: Workflow = {
  ...workflow,
  "20": { class_type: "LoadImage", inputs: { image: "{{input}}" } },
  "21": { class_type: "LoadImage", inputs: { image: "{{mask}}", strength: "{{denoise}}" } },
};
let comfy: FakeComfy;
let engine: PortraitEngine;

function engineWith(more: Partial<ComfySettings> = {}): PortraitEngine {
  const settings = { url: comfy.url, apiKey: null, workflow, editWorkflow, usdPerImage: 0, timeoutMs: 5_000, ...more };
  return comfyEngine(settings, { pauseMs: 1 });
}

beforeEach(async () => {
  comfy = await startFakeComfy();
  engine = engineWith();
});
afterEach(() => comfy.stop());

const posted = () =>
  comfy.asked("POST", /^\/prompt$/u).map(({ json }) => json["prompt"] as Record<string, Workflow[string]>);

test("the example workflow is one that the settings take", () => {
  const set = { COMFYUI_URL: "http://192.168.1.5:8188", COMFYUI_WORKFLOW: "public/comfyui-workflow.json" };
  expect(parseEnv({ ...set, PORTRAIT_ENGINE: "comfyui" }).COMFYUI_WORKFLOW).toEqual(workflow);
  expect(() => parseEnv({ ...set, COMFYUI_EDIT_WORKFLOW: "public/comfyui-workflow.json" })).toThrow(
    /COMFYUI_EDIT_WORKFLOW: .*has no place \{\{input\}\}: that is what it would change/u,
  );
  expect(() => parseEnv({ ...set, COMFYUI_WORKFLOW: "package.json" })).toThrow(/choose Workflow, Export \(API\)/u);
  expect(() => parseEnv({ ...set, COMFYUI_WORKFLOW: "no.json" })).toThrow(/cannot be read/u);
  expect(() => parseEnv({ COMFYUI_URL: set.COMFYUI_URL })).toThrow(/belong together/u);
});

test("each image is a run of its own with the next seed, and photos are passed by what they hold", async () => {
  const kept = memory();
  const made = await engine.generate(await order({ memory: kept, negativeText: "hat" }));
  expect(made.images.map(({ seed, mimeType }) => [seed, mimeType])).toEqual([
    [4_000_000_000, "image/png"],
    [4_000_000_001, "image/png"],
  ]);
  expect(await pixelsOf(made.images[1]?.bytes)).toEqual(await pixelsOf(await picture("#000001")));
  // the workflow that ComfyUI writes into its files stays here, and what the image is stands there instead
  const [file] = made.images.map(({ bytes }) => Buffer.from(bytes).toString("latin1"));
  expect(file).toContain("Made by a machine (ComfyUI), not a photograph.");
  expect(file).not.toContain("class_type");
  const [first, second] = posted();
  expect(first?.["12"]?.inputs).toMatchObject({ seed: 4_000_000_000, steps: 25, cfg: 4 });
  expect(second?.["12"]?.inputs["seed"]).toBe(4_000_000_001);
  expect(first?.["11"]?.inputs).toMatchObject({ width: 768, height: 960, batch_size: 1 });
  expect(first?.["9"]?.inputs["prompt"]).toMatch(/with exactly the same face: woman trekking in the alps$/u);
  expect(first?.["10"]?.inputs["prompt"]).toBe("hat");
  // three photos, each sent once, the one that looks here first
  expect(comfy.files.size).toBe(3);
  expect([...comfy.files.keys()].every((name) => /^faces\/faces-[0-9a-f]{24}\.jpg \[temp\]$/u.test(name))).toBe(true);
  const own = await person(7);
  expect(comfy.files.get(String(first?.["6"]?.inputs["image"]))).toEqual(Buffer.from(own.photos[1]?.bytes ?? []));

  expect(comfy.history.size).toBe(2);
  await engine.tidy?.(kept.value, new AbortController().signal);
  expect(comfy.history.size).toBe(0);
});

test("an image to change, its mask and its strength go to the other workflow", async () => {
  const input = { bytes: await picture("#eee"), mimeType: "image/png" };
  await engine.generate(await order({ input, count: 1 }));
  const [run] = posted();
  expect(comfy.files.get(String(run?.["20"]?.inputs["image"]))).toEqual(input.bytes);
  // no mask was sent: all may change
  expect(comfy.files.get(String(run?.["21"]?.inputs["image"]))).toEqual(await picture("#fff"));
  expect(run?.["21"]?.inputs["strength"]).toBe(0.8);
  expect(engine.capabilities).toMatchObject({ inputImage: true, mask: true, people: 1, seed: true });
  const plain = engineWith({ editWorkflow: null });
  expect(plain.capabilities).toMatchObject({ inputImage: false, mask: false });
  await expect(plain.generate(await order({ input }))).rejects.toMatchObject({
    code: "invalid_input",
    param: "input_image",
  });
});

test("places are filled with values of their kind, for several people and with photos again where there are few", () => {
  const two = { "1": { class_type: "X", inputs: { seed: "{{seed}}", deep: [["{{text}}!"]], none: "{{unknown}}" } } };
  const filled = fillWorkflow(
    two,
    new Map<string, string | number>([
      ["seed", 5],
      ["text", 'say "{{seed}}"'],
    ]),
  );
  expect(filled["1"]?.inputs).toEqual({ seed: 5, deep: [['say "{{seed}}"!']], none: "" });
  const slots = slotsOf({ "1": { class_type: "X", inputs: { a: "{{photo_3}}", b: "{{person_2_photo_1}}" } } });
  expect([slots.people, slots.photos]).toEqual([2, 3]);
});

describe("a run is not queued twice", () => {
  test("one whose number is known is waited for", async () => {
    const kept = memory();
    const worker = new AbortController();
    comfy.looks = 1_000;
    const going = engine.generate(await order({ memory: kept, count: 1, signal: worker.signal }));
    await comfy.waitFor("GET", /^\/queue$/u);
    worker.abort(new WorkerStoppingError());
    await expect(going).rejects.toBeInstanceOf(WorkerStoppingError);
    expect(comfy.queue).toHaveLength(1);
    comfy.looks = 1;
    expect((await engine.generate(await order({ memory: kept, count: 1 }))).images).toHaveLength(1);
    expect(posted()).toHaveLength(1);
  });

  test("one whose answer was lost is found under the number we chose", async () => {
    comfy.fault("POST", /^\/prompt$/u, "break", { after: true });
    expect((await engine.generate(await order({ count: 1 }))).images).toHaveLength(1);
    expect(posted()).toHaveLength(1);
  });

  test("one of which nothing is known after a crash is looked for first", async () => {
    const kept = memory({ runs: { 0: { id: "0b0b0b0b-0000-4000-8000-000000000000", isQueued: false } } });
    expect((await engine.generate(await order({ memory: kept, count: 1 }))).images).toHaveLength(1);
    expect(posted()).toHaveLength(1);
  });

  test("a restart that loses it is made good, photos and all", async () => {
    comfy.looks = 1_000;
    const going = engine.generate(await order({ count: 1 }));
    await comfy.waitFor("GET", /^\/queue$/u);
    comfy.restart();
    comfy.looks = 1;
    expect((await going).images).toHaveLength(1);
    expect(posted()).toHaveLength(2);
  });

  test("an old server chooses the number itself", async () => {
    comfy.isOld = true;
    expect((await engine.generate(await order())).images).toHaveLength(2);
  });
});

describe("a cancelled order", () => {
  test.each([false, true])("stops its run and no other (old server: %s)", async (isOld) => {
    comfy.isOld = isOld;
    comfy.looks = 1_000;
    const caller = new AbortController();
    const going = engine.generate(await order({ signal: caller.signal }));
    await comfy.waitFor("GET", /^\/queue$/u);
    caller.abort(new Error("cancelled"));
    await expect(going).rejects.toThrow("cancelled");
    expect(comfy.queue).toEqual([]);
    expect(comfy.asked("POST", /^\/interrupt$/u)).toHaveLength(1);
  });

  test("leaves alone what runs for somebody else", async () => {
    comfy.looks = 1_000;
    comfy.queue.push({ number: 99, id: "somebody-else", prompt: {}, looks: 0, interrupted: false });
    const caller = new AbortController();
    const going = engine.generate(await order({ signal: caller.signal }));
    await comfy.waitFor("GET", /^\/queue$/u);
    caller.abort(new Error("cancelled"));
    await expect(going).rejects.toThrow("cancelled");
    expect(comfy.queue.map(({ id }) => id)).toEqual(["somebody-else"]);
    expect(comfy.asked("POST", /^\/interrupt$/u)).toEqual([]);
  });

  test("lets go of a request that hangs within 50 ms", async () => {
    comfy.fault("POST", /^\/upload\/image$/u, "hang");
    const caller = new AbortController();
    const going = engine.generate(await order({ signal: caller.signal })).catch((error: unknown) => error);
    const hanging = await comfy.waitFor("POST", /^\/upload\/image$/u);
    const before = performance.now();
    caller.abort();
    await hanging.done;
    expect((hanging.abortedAtMs ?? Infinity) - before).toBeLessThan(2_000);
    expect(await going).toMatchObject({ name: "AbortError" });
  });
});

describe("what goes wrong is said", () => {
  const failure = async (more: Partial<ComfySettings> = {}) => {
    const error = await engineWith(more)
      .generate(await order({ count: 1 }))
      .catch((one: unknown) => one);
    if (!(error instanceof AppError)) throw error;
    return error;
  };

  test("a model that is not there", async () => {
    const broken = { ...workflow, "1": { class_type: "UNETLoader", inputs: { unet_name: "none.safetensors" } } };
    expect((await failure({ workflow: broken })).message).toBe(
      "ComfyUI refused the workflow: UNETLoader: Value not in list (unet_name: 'none.safetensors' not in ['qwen_image_edit_2509_fp8_e4m3fn.safetensors']).",
    );
  });

  test("an exception on the way", async () => {
    comfy.failure = "Allocation on device 0 would exceed allowed memory. (out of memory)\n";
    const { message } = await failure();
    expect(message).toMatch(/^ComfyUI failed in KSampler: Allocation on device 0 .*\(out of memory\)\.$/u);
  });

  test("an interruption by somebody else", async () => {
    comfy.looks = 1_000;
    const going = failure();
    await comfy.waitFor("GET", /^\/queue$/u);
    await fetch(`${comfy.url}/interrupt`, { method: "POST" });
    expect((await going).message).toBe("ComfyUI was interrupted by somebody there.");
  });

  test("a workflow that shows nothing", async () => {
    const entry = { prompt: [], outputs: { "14": { text: ["hello"] } }, status: null };
    comfy.looks = 1_000;
    const going = failure();
    const { path } = await comfy.waitFor("GET", /^\/history/u);
    comfy.fault("GET", /^\/history/u, { json: { [path.slice("/history/".length)]: entry } });
    expect((await going).message).toMatch(/^ComfyUI ended the workflow without an image: it needs a SaveImage/u);
  });

  test("a run that is never done, which is stopped there", async () => {
    comfy.looks = Infinity;
    expect((await failure({ timeoutMs: 50 })).message).toBe("ComfyUI was not done after 0 minutes.");
    expect(comfy.queue).toEqual([]);
  });

  test("a server that is not there, and one that loses everything", async () => {
    const away = await startFakeComfy();
    await away.stop();
    const gone = await failure({ url: away.url });
    expect(gone).toMatchObject({ message: "ComfyUI could not be reached.", retryAfterSeconds: 30 });
    comfy.fault("GET", /^\/queue$/u, { json: { queue_running: [], queue_pending: [] } }, { times: 99 });
    comfy.fault("GET", /^\/history/u, { json: {} }, { times: 99 });
    expect((await failure()).message).toMatch(/keeps losing the workflow/u);
  });

  test("an image that is larger than any, or elsewhere", async () => {
    comfy.fault("GET", /^\/view$/u, "endless");
    expect((await failure()).message).toBe("ComfyUI gave an image of more than 30 MB.");
    comfy.fault("GET", /^\/view$/u, { status: 302, headers: { location: "http://169.254.169.254/latest" } });
    expect((await failure()).message).toMatch(/not on the public internet/u);
  });

  test("a proxy in front that wants a key gets it, and no message holds it", async () => {
    comfy.fault("POST", /./u, { status: 401, text: "<html>401</html>" });
    const error = await failure({ apiKey: "proxy-secret" });
    expect(comfy.requests[0]?.headers.authorization).toBe("Bearer proxy-secret");
    expect(error.message).toBe("ComfyUI refuses this installation's key.");
  });
});
