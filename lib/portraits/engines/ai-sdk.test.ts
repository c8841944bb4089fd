import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { WorkerStoppingError } from "@/lib/jobs/job-errors";
import type { PortraitEngine } from "../engine";
import { PromptOptions } from "../prompt-schemas";
import { aiSdkEngine } from "./ai-sdk";
import { falRequest } from "./ai-sdk-queues";
import { type FakeImages, startFakeImages } from "./testing-images";
import { memory, order, person, picture } from "./testing-order";
import { networkOf } from "./testing-server";

let fake: FakeImages;

/** An engine as the settings make it. */
function engineOf(
  id: string,
  more: object = {},
  settings: Record<string, string> = {},
  wire: { timeoutMs?: number } = {},
): PortraitEngine {
  const env = parseEnv({
    OPENAI_API_KEY: "sk-right",
    OPENAI_BASE_URL: `${fake.url}/openai/v1`,
    GOOGLE_API_KEY: "goog-right",
    GOOGLE_BASE_URL: `${fake.url}/google/v1beta`,
    FAL_API_KEY: "fal-right",
    FAL_BASE_URL: `${fake.url}/fal`,
    REPLICATE_API_KEY: "r8_right",
    REPLICATE_BASE_URL: `${fake.url}/replicate/v1`,
    MODEL_SERVERS: JSON.stringify([{ name: "my-box", base_url: `${fake.url}/server/v1`, api_key: "box-key" }]),
    PORTRAIT_MODELS: JSON.stringify([{ id, usd_per_image: 0.25, ...more }]),
    PORTRAIT_ENGINE: id,
    ...settings,
  });
  const [entry] = env.PORTRAIT_MODELS;
  if (entry === undefined) throw new Error("There is no model.");
  return aiSdkEngine(entry, env, { pauseMs: 1, network: networkOf(fake.images), ...wire });
}

const openai = "openai/gpt-image-1";
const google = "google/gemini-2.5-flash-image";
const fal = "fal/fal-ai/flux-pro/kontext";
const replicate = "replicate/black-forest-labs/flux-kontext-pro";

beforeEach(async () => {
  fake = await startFakeImages();
});
afterEach(() => fake.stop());

const fields = (form: FormData | null | undefined, name: string) => form?.getAll(name) ?? [];
const bytesOf = async (file: File | undefined) => Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer(0));
/** Forms write line ends in their own way. */
const unix = (value: unknown) => String(value).replaceAll("\r\n", "\n");
const filesOf = (form: FormData | null | undefined) => [...fields(form, "image"), ...fields(form, "image[]")] as File[];

describe("OpenAI", () => {
  test("gets the photos, best first, and the text says who is on them", async () => {
    const options = PromptOptions.parse({ style: "Cinematic" });
    const made = await engineOf(openai, { photos: 2, options: { quality: "high" } }).generate(
      await order({ negativeText: "hat", options, memory: memory() }),
    );
    expect(made.images.map(({ seed, mimeType, width, height }) => [seed, mimeType, width, height])).toEqual([
      [4_000_000_000, "image/png", 64, 96],
      [4_000_000_001, "image/png", 64, 96],
    ]);
    expect(made).toMatchObject({ notes: [], understood: [], ignored: [] });
    const [asked] = fake.asked("POST", /edits$/u);
    expect(
      Object.fromEntries(
        [...(asked?.form ?? [])].flatMap(([name, value]) => (typeof value === "string" ? [[name, unix(value)]] : [])),
      ),
    ).toEqual({
      model: "gpt-image-1",
      n: "2",
      size: "1024x1536",
      quality: "high",
      input_fidelity: "high",
      prompt: [
        "Make one new photo: the woman of images 1 to 2 trekking in the alps",
        "Keep every face exactly as it is in the photos: the same features, age, skin and hair. No collage, no text.",
        "Style: Cinematic.",
        "Avoid: hat.",
      ].join("\n"),
    });
    const files = filesOf(asked?.form);
    expect(files.map(({ type }) => type)).toEqual(["image/jpeg", "image/jpeg"]);
    expect(await bytesOf(files[0])).toEqual(Buffer.from((await person(7)).photos[1]?.bytes ?? []));
  });

  test("gets an image to change first, and a mask that is transparent where it may change", async () => {
    const half = await sharp({ create: { width: 64, height: 80, channels: 3, background: "#000" } })
      .composite([{ input: await picture("#fff", 64, 40), top: 0, left: 0 }])
      .png()
      .toBuffer();
    const input = { bytes: await picture("#123456"), mimeType: "image/png" };
    const people = [await person(7), await person(8, { noun: null })];
    await engineOf(openai).generate(
      await order({ input, mask: { bytes: half, mimeType: "image/png" }, people, text: "{1} with {2}", count: 1 }),
    );
    const form = fake.asked("POST", /edits$/u)[0]?.form;
    const files = filesOf(form);
    expect(await bytesOf(files[0])).toEqual(input.bytes);
    expect(files).toHaveLength(7);
    expect(unix(form?.get("prompt"))).toMatch(
      /^Image 1 is the picture to change\. Change only its masked part\.\nthe woman of images 2 to 4 with the person of images 5 to 7\n/u,
    );
    const mask = form?.get("mask") as File;
    const { data, info } = await sharp(await mask.arrayBuffer())
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([64, 80, 4]);
    expect([data[3], data[data.length - 1]]).toEqual([0, 255]);
  });

  test("is asked for four images at a time; what fails leaves the rest", async () => {
    fake.fault("POST", /edits$/u, { status: 500, json: { error: { message: "The server had an error" } } });
    const made = await engineOf(openai).generate(await order({ count: 6 }));
    expect(fake.asked("POST", /edits$/u).map(({ form }) => form?.get("n"))).toEqual(["4", "2"]);
    expect([2, 4]).toContain(made.images.length);
    expect(made.notes[0]).toMatch(
      /^OpenAI made \d of 6 images\. OpenAI answered with status 500: The server had an error\.$/u,
    );
  });

  test("newer models are not asked for what they always do", async () => {
    await engineOf("openai/gpt-image-2").generate(await order());
    expect(fake.asked("POST", /edits$/u)[0]?.form?.has("input_fidelity")).toBe(false);
  });
});

describe("nothing is paid twice", () => {
  test("too many at once are sent again, a broken connection or a gateway's error is not", async () => {
    fake.fault("POST", /edits$/u, { status: 429, json: { error: { message: "Rate limit" } } }, { times: 2 });
    expect((await engineOf(openai).generate(await order())).images).toHaveLength(2);
    expect(fake.asked("POST", /edits$/u)).toHaveLength(3);
    fake.requests.length = 0;
    for (const reply of ["break", { status: 504, text: "<html>504</html>" }] as const) {
      fake.fault("POST", /edits$/u, reply);
      const kept = memory();
      const error = await engineOf(openai)
        .generate(await order({ memory: kept }))
        .catch((one: unknown) => one);
      expect(error).toMatchObject({ code: "upstream_failed", retryAfterSeconds: null });
      expect(String(error)).toMatch(/Whether it made anything is unknown/u);
    }
    expect(fake.asked("POST", /edits$/u)).toHaveLength(2);
  });

  test("too many for long is given back, to be tried later", async () => {
    fake.fault("POST", /edits$/u, { status: 429, json: {}, headers: { "retry-after": "120" } });
    const kept = memory();
    const engine = engineOf(openai);
    await expect(engine.generate(await order({ memory: kept }))).rejects.toMatchObject({ retryAfterSeconds: 120 });
    expect((await engine.generate(await order({ memory: kept }))).images).toHaveLength(2);
  });

  test("a request without a number that a worker left behind is not sent again", async () => {
    fake.fault("POST", /edits$/u, "hang");
    const kept = memory();
    const worker = new AbortController();
    const going = engineOf(openai).generate(await order({ memory: kept, signal: worker.signal }));
    const hanging = await fake.waitFor("POST", /edits$/u);
    worker.abort(new WorkerStoppingError());
    await expect(going).rejects.toBeInstanceOf(WorkerStoppingError);
    await hanging.done;
    await expect(engineOf(openai).generate(await order({ memory: kept }))).rejects.toThrow(
      "The worker stopped while OpenAI was drawing, and what it made is lost. It is not asked again by itself, so that nothing is paid twice; order again.",
    );
    expect(fake.asked("POST", /edits$/u)).toHaveLength(1);
  });

  test.each([
    [fal, /^\/fal\/fal-ai\/flux-pro\/kontext$/u, /status$/u],
    [replicate, /predictions$/u, /predictions\/[\w-]+$/u],
  ])("%s: requests with numbers are waited for by the next worker", async (id, placed, looked) => {
    const kept = memory();
    const worker = new AbortController();
    fake.looks = 1_000;
    const going = engineOf(id).generate(await order({ memory: kept, signal: worker.signal }));
    await fake.waitFor("GET", looked);
    worker.abort(new WorkerStoppingError());
    await expect(going).rejects.toBeInstanceOf(WorkerStoppingError);
    expect([...fake.queue.values()].some(({ state }) => state === "cancelled")).toBe(false);
    const before = fake.asked("POST", placed).length;
    fake.looks = 1;
    expect((await engineOf(id).generate(await order({ memory: kept }))).images).toHaveLength(2);
    expect(fake.asked("POST", placed)).toHaveLength(2);
    expect(before).toBeGreaterThan(0);
  });

  test.each([
    [fal, /kontext$/u],
    [replicate, /predictions$/u],
  ])("%s: a request that is being placed gets its number before the worker stops", async (id, placed) => {
    const kept = memory();
    const worker = new AbortController();
    fake.delayMs = 20;
    const going = engineOf(id).generate(await order({ count: 1, memory: kept, signal: worker.signal }));
    await fake.waitFor("POST", placed);
    worker.abort(new WorkerStoppingError());
    await expect(going).rejects.toBeInstanceOf(WorkerStoppingError);
    expect(kept.value).toEqual({ requests: { 0: { id: "request-0" } } });
    expect((await engineOf(id).generate(await order({ count: 1, memory: kept }))).images).toHaveLength(1);
    expect(fake.asked("POST", placed)).toHaveLength(1);
    // of a worker that was killed in that moment nothing is known
    await expect(
      engineOf(id).generate(await order({ memory: memory({ requests: { 0: { id: null } } }) })),
    ).rejects.toThrow(/order again\.$/u);
  });
});

describe("Google", () => {
  test("gets one request for each image, with its seed and the nearest shape", async () => {
    const made = await engineOf(google, { photos: 1 }).generate(await order({ count: 3 }));
    expect(made.images.map(({ seed }) => seed)).toEqual([4_000_000_000, 4_000_000_001, 4_000_000_002]);
    const asked = fake.asked("POST", /generateContent$/u);
    expect(asked).toHaveLength(3);
    expect(asked[0]?.headers["x-goog-api-key"]).toBe("goog-right");
    expect(asked[0]?.json).toMatchObject({
      contents: [
        {
          parts: [
            { text: /^Make one new photo: the woman of image 1 trekking/u },
            { inlineData: { mimeType: "image/jpeg" } },
          ],
        },
      ],
      generationConfig: { responseModalities: ["IMAGE"], imageConfig: { aspectRatio: "4:5" } },
    } as object);
    const seeds = asked.map(({ json }) => (json["generationConfig"] as { seed: number }).seed);
    expect(seeds.toSorted()).toEqual([4_000_000_000, 4_000_000_001, 4_000_000_002]);
  });

  test.each(["IMAGE_SAFETY", "PROHIBITED_CONTENT"])("says why it made none: %s", async (reason) => {
    fake.blocked = reason;
    await expect(engineOf(google).generate(await order())).rejects.toMatchObject({
      code: "invalid_input",
      message: `Google refused the order: it made no image (${reason}).`,
    });
  });
});

describe("fal", () => {
  test("is asked through its queue, keeps nothing, and gets one photo or a list", async () => {
    const made = await engineOf(fal).generate(await order());
    expect(made.images.map(({ seed, width }) => [seed, width])).toEqual([
      [4_000_000_000, 64],
      [4_000_000_001, 64],
    ]);
    const [asked] = fake.asked("POST", /kontext$/u);
    expect(asked?.headers).toMatchObject({ authorization: "Key fal-right", "x-fal-store-io": "0" });
    expect(asked?.json).toMatchObject({ image_size: { width: 768, height: 960 }, num_images: 1 });
    expect(String(asked?.json["image_url"])).toMatch(/^data:image\/jpeg;base64,/u);
    expect(fake.images.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);

    await engineOf(fal, { photo_field: "image_urls[]", options: { guidance_scale: 3.5 } }).generate(
      await order({ count: 1 }),
    );
    const last = fake.asked("POST", /kontext$/u).at(-1)?.json;
    expect(last?.["image_urls"]).toHaveLength(3);
    expect(last).toMatchObject({ guidance_scale: 3.5 });
    expect(last).not.toHaveProperty("image_url");
  });

  test("lies behind owner and name of a model", () => {
    expect(falRequest("/fal-ai/flux-pro/kontext", "a")).toBe("/fal-ai/flux-pro/requests/a");
    expect(falRequest("/workflows/me/mine", "a")).toBe("/workflows/me/mine/requests/a");
  });

  test("says what is wrong, and that an image was withheld", async () => {
    fake.failure = "The prompt was flagged by a content checker.";
    await expect(engineOf(fal).generate(await order())).rejects.toMatchObject({
      code: "invalid_input",
      message: "fal refused the order: The prompt was flagged by a content checker.",
    });
    fake.failure = null;
    fake.isBlackened = true;
    await expect(engineOf(fal).generate(await order())).rejects.toThrow(/its safety checker withheld every image/u);
  });
});

describe("Replicate", () => {
  test("answers at once with a number, and the SDK gets the end of it", async () => {
    const made = await engineOf(replicate, { photo_field: "input_image" }).generate(await order());
    expect(made.images).toHaveLength(2);
    const [asked] = fake.asked("POST", /predictions$/u);
    expect(asked?.path).toBe("/replicate/v1/models/black-forest-labs/flux-kontext-pro/predictions");
    expect(asked?.headers["prefer"]).toBeUndefined();
    expect(asked?.json["input"]).toMatchObject({ aspect_ratio: "4:5", num_outputs: 1 });
    expect(String((asked?.json["input"] as { input_image: string }).input_image)).toMatch(/^data:image\/jpeg/u);
  });

  test.each([
    ["NSFW content detected. Try running it again, or try a different prompt.", "invalid_input"],
    ["CUDA out of memory", "upstream_failed"],
  ])("ends with its own sentence: %s", async (failure, code) => {
    fake.failure = failure;
    const error = (await engineOf(replicate)
      .generate(await order())
      .catch((one: unknown) => one)) as AppError;
    expect(error).toMatchObject({ code, retryAfterSeconds: null });
    expect(error.message).toContain(failure.replace(/\.$/u, ""));
  });
});

test("a server that speaks OpenAI's wire may answer with addresses", async () => {
  const made = await engineOf("my-box/flux-dev").generate(await order());
  expect(made.images).toHaveLength(2);
  const [asked] = fake.asked("POST", /^\/server\/v1\/images\/edits$/u);
  expect(asked?.headers.authorization).toBe("Bearer box-key");
  expect(asked?.form?.get("size")).toBe("768x960");
  expect(fake.images.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
});

describe("a cancelled order", () => {
  test.each([openai, google])("%s: lets go within 50 ms", async (id) => {
    fake.fault("POST", /./u, "hang", { times: 9 });
    const caller = new AbortController();
    const going = engineOf(id)
      .generate(await order({ signal: caller.signal }))
      .catch((error: unknown) => error);
    const hanging = await fake.waitFor("POST", /./u);
    const before = performance.now();
    caller.abort();
    await hanging.done;
    expect((hanging.abortedAtMs ?? Infinity) - before).toBeLessThan(2_000);
    expect(await going).toMatchObject({ name: "AbortError" });
  });

  test.each([fal, replicate])("%s: is cancelled there too", async (id) => {
    fake.looks = 1_000;
    const caller = new AbortController();
    const going = engineOf(id).generate(await order({ count: 1, signal: caller.signal }));
    await fake.waitFor("GET", /requests|predictions/u);
    caller.abort(new Error("cancelled"));
    await expect(going).rejects.toThrow("cancelled");
    expect([...fake.queue.values()].map(({ state }) => state)).toEqual(["cancelled"]);
  });
});

describe("what goes wrong is said", () => {
  const failure = async (id: string, settings: Record<string, string> = {}, wire: { timeoutMs?: number } = {}) => {
    const error = await engineOf(id, {}, settings, wire)
      .generate(await order({ count: 1 }))
      .catch((one: unknown) => one);
    if (!(error instanceof AppError)) throw error;
    return error;
  };

  test("a refused key, without the key", async () => {
    const error = await failure(openai, { OPENAI_API_KEY: "sk-wrong-wrong" });
    expect(error.message).toMatch(/^OpenAI refuses this installation's key: Incorrect API key provided/u);
    expect(JSON.stringify([error.message, error.stack, String(error.cause)])).not.toContain("sk-wrong-wrong");
    expect((await failure(fal, { FAL_API_KEY: "x" })).message).toMatch(
      /^fal refuses this installation's key: Cannot access/u,
    );
    expect((await failure(replicate, { REPLICATE_API_KEY: "x" })).message).toMatch(
      /^Replicate refuses .*You did not pass a valid/u,
    );
  });

  test("a picture that the provider does not want", async () => {
    const message = "Your request was rejected by the safety system. safety_violations=[sexual].";
    const error = { message, type: "image_generation_user_error", param: null, code: "moderation_blocked" };
    fake.fault("POST", /edits$/u, { status: 400, json: { error } });
    expect(await failure(openai)).toMatchObject({
      code: "invalid_input",
      message: `OpenAI refused the order: ${message}`,
    });
  });

  test("no credit, a page, JSON of another shape, a redirect, an answer without end", async () => {
    fake.fault("POST", /predictions$/u, {
      status: 402,
      json: { title: "Insufficient credit", detail: "Go to billing.", status: 402 },
    });
    expect((await failure(replicate)).message).toBe(
      "Replicate has no credit left of this installation: Go to billing.",
    );
    fake.fault("POST", /edits$/u, { text: "<html>hello</html>" });
    expect((await failure(openai)).message).toBe("OpenAI answered with something else than was asked for.");
    fake.fault("POST", /edits$/u, { json: { data: [{ url: 7 }] } });
    expect((await failure(openai)).message).toBe("OpenAI answered with something else than was asked for.");
    fake.fault("POST", /edits$/u, { status: 307, headers: { location: "http://169.254.169.254/" } });
    expect((await failure(openai)).message).toBe("OpenAI redirects, which is not followed.");
    fake.fault("POST", /edits$/u, { json: { data: [{ b64_json: Buffer.from("GIF89a").toString("base64") }] } });
    expect((await failure(openai)).message).toBe("OpenAI gave an image that is no PNG, JPEG or WebP.");
    fake.fault("POST", /edits$/u, "endless");
    expect((await failure(openai)).message).toMatch(/^OpenAI answered with more than \d+ MB\.$/u);
  });

  test("an answer that does not come", async () => {
    fake.fault("POST", /edits$/u, "hang");
    const { message } = await failure(openai, {}, { timeoutMs: 100 });
    expect(message).toMatch(/^OpenAI took too long to answer\. Whether it made anything is unknown/u);
    fake.looks = Infinity;
    const late = await failure(replicate, {}, { timeoutMs: 100 });
    expect(late.message).toBe("Replicate was not done after 0 minutes.");
    expect([...fake.queue.values()].map(({ state }) => state)).toEqual(["cancelled"]);
  });

  test("an image at a private address is not fetched", async () => {
    fake.imageUrl = () => "http://192.168.0.1/x.png";
    expect((await failure("my-box/flux-dev")).message).toMatch(/not on the public internet, so it is not fetched/u);
    expect((await failure(fal)).message).toMatch(/not on the public internet, so it is not fetched/u);
    fake.imageUrl = () => "http://rebind.faces-check.org:1/x.png";
    expect((await failure(fal)).message).toMatch(/not on the public internet/u);
  });
});

test("options that the SDK does not take are the operator's affair", async () => {
  await expect(engineOf(openai, { options: { quality: "nice" } }).generate(await order())).rejects.toThrow(
    "OpenAI cannot be asked: this installation's options for it are wrong.",
  );
  expect(fake.requests).toEqual([]);
});

test("an image costs what the operator says, and what a model cannot do is known", () => {
  expect(engineOf(openai).costMicroUsd({ count: 3, width: 1, height: 1 })).toBe(750_000n);
  expect(engineOf(openai).capabilities).toEqual({ text: "free", inputImage: true, mask: true, people: 4, seed: false });
  expect(engineOf(google).capabilities).toMatchObject({ mask: false, seed: true });
  expect(engineOf(fal).capabilities).toEqual({ text: "free", inputImage: false, mask: false, people: 1, seed: true });
  expect(engineOf(fal, { photo_field: "image_urls[]", mask: true }).capabilities).toMatchObject({
    people: 4,
    inputImage: true,
    mask: true,
  });
});
