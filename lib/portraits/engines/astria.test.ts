import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { WorkerStoppingError } from "@/lib/jobs/job-errors";
import type { PortraitEngine } from "../engine";
import { PromptOptions } from "../prompt-schemas";
import { astriaEngine } from "./astria";
import { startFakeAstria } from "./testing-astria";
import { memory, order, person, picture, pixelsOf } from "./testing-order";
import { networkOf, publicUrlOf } from "./testing-server";

let astria: Awaited<ReturnType<typeof startFakeAstria>>;
let engine: PortraitEngine;

function engineWith(more: { apiKey?: string; timeoutMs?: number } = {}): PortraitEngine {
  const { apiKey = astria.apiKey, timeoutMs = 5_000 } = more;
  const settings = { apiKey, baseUrl: astria.url, baseTuneId: 690204, usdPerImage: 0.03, timeoutMs };
  return astriaEngine(settings, { pauseMs: 1, network: networkOf(astria.images) });
}

beforeEach(async () => {
  astria = await startFakeAstria();
  engine = engineWith();
});
afterEach(() => astria.stop());

const prompts = /\/prompts$/u;

test("photos become a tune once, the order a prompt of the base tune, and its images come back with their seeds", async () => {
  const told: [number, string][] = [];
  const kept = memory();
  const onRemoteId = async (tuneId: number, id: string) => void told.push([tuneId, id]);
  const options = PromptOptions.parse({ super_resolution: true, face_swap: true, style: "Cinematic" });
  const made = await engine.generate(await order({ memory: kept, onRemoteId, options, negativeText: "hat" }));

  expect(made.images.map(({ seed, mimeType, width, height }) => [seed, mimeType, width, height])).toEqual([
    [4_000_000_000, "image/png", 64, 80],
    [4_000_000_001, "image/png", 64, 80],
  ]);
  expect(await pixelsOf(made.images[0]?.bytes)).toEqual(await pixelsOf(await picture("#654321")));
  const [tune] = astria.tunes;
  expect(tune).toMatchObject({ name: "woman", model_type: "faceid", base_tune_id: 690204 });
  // the name there says nothing of the person
  expect(tune?.title).toMatch(/^faces-[0-9a-f-]{36}$/u);
  expect(told).toEqual([[7, String(tune?.id)]]);
  expect(made.remoteIds).toEqual({ 7: String(tune?.id) });
  const [posted] = astria.asked("POST", prompts);
  expect(posted?.path).toBe("/tunes/690204/prompts");
  expect(Object.fromEntries(posted?.form ?? [])).toMatchObject({
    "prompt[text]": `<faceid:${tune?.id}:0.8> trekking in the alps`,
    "prompt[negative_prompt]": "hat",
    "prompt[num_images]": "2",
    "prompt[seed]": "4000000000",
    "prompt[w]": "768",
    "prompt[h]": "960",
    "prompt[super_resolution]": "true",
    "prompt[face_swap]": "true",
    "prompt[style]": "Cinematic",
  });
  // the photo that looks here comes first
  const [first] = astria.asked("POST", /^\/tunes$/u)[0]?.form?.getAll("tune[images][]") ?? [];
  expect(Buffer.from(await (first as File).arrayBuffer())).toEqual(
    Buffer.from((await person(7)).photos[1]?.bytes ?? []),
  );

  await engine.tidy?.(kept.value, new AbortController().signal);
  expect(astria.prompts).toEqual([]);
});

test("a tune that is there already is used, one that is gone or has ended is made anew", async () => {
  const first = await engine.generate(await order());
  const remoteId = first.remoteIds?.[7] ?? "";
  await engine.generate(await order({ people: [await person(7, { remoteId })] }));
  expect(astria.tunes).toHaveLength(1);
  const [tune] = astria.tunes;
  if (tune !== undefined) tune.expires_at = "2020-01-01T00:00:00.000Z";
  const second = await engine.generate(await order({ people: [await person(7, { remoteId })] }));
  expect(second.remoteIds?.[7]).not.toBe(remoteId);
  const third = await engine.generate(await order({ people: [await person(7, { remoteId: "999" })] }));
  expect(third.remoteIds?.[7]).not.toBe(remoteId);
});

test("an image to change and its mask go along, and several people are named in their places", async () => {
  const input = { bytes: await picture("#fff"), mimeType: "image/png" };
  const mask = { bytes: await picture("#000"), mimeType: "image/png" };
  const people = [await person(7), await person(8, { noun: "man", strength: 1 })];
  await engine.generate(await order({ input, mask, people, text: "{2} behind {1}" }));
  const form = astria.asked("POST", prompts)[0]?.form;
  expect((form?.get("prompt[input_image]") as File).type).toBe("image/png");
  expect((form?.get("prompt[mask_image]") as File).size).toBe(mask.bytes.length);
  const [second, first] = astria.tunes;
  expect(form?.get("prompt[text]")).toBe(`<faceid:${second?.id}:1> behind <faceid:${first?.id}:0.8>`);
});

describe("nothing is paid twice", () => {
  test("an order whose number is known is waited for, not placed again", async () => {
    const kept = memory();
    const worker = new AbortController();
    astria.looks = 1_000;
    const broken = engine.generate(await order({ memory: kept, signal: worker.signal }));
    await astria.waitFor("GET", /\/prompts\/\d+$/u);
    worker.abort(new WorkerStoppingError());
    await expect(broken).rejects.toBeInstanceOf(WorkerStoppingError);
    expect(astria.asked("DELETE", /./u)).toEqual([]);
    astria.looks = 1;
    const made = await engine.generate(await order({ memory: kept }));
    expect(made.images).toHaveLength(2);
    expect(astria.asked("POST", prompts)).toHaveLength(1);
    expect(astria.tunes).toHaveLength(1);
  });

  test.each([
    ["a gateway's 504", { status: 504, text: "<html>504 Gateway Time-out</html>" }],
    ["a connection that breaks", "break"],
  ] as const)("%s is no reason to place it again: what came of it is looked for", async (_, reply) => {
    astria.fault("POST", prompts, reply, { after: true });
    astria.fault("POST", /^\/tunes$/u, reply, { after: true });
    const made = await engine.generate(await order());
    expect(made.images).toHaveLength(2);
    expect(astria.prompts).toHaveLength(1);
    expect(astria.tunes).toHaveLength(1);
  });

  test("an order of which nothing is known after a crash is looked for first, then placed", async () => {
    const title = "faces-00000000-0000-4000-8000-000000000000";
    const kept = memory({ tunes: { 7: { title, id: null } }, prompt: "begun" });
    await engine.generate(await order({ memory: kept }));
    expect(astria.tunes).toMatchObject([{ title }]);
    expect(astria.prompts).toHaveLength(1);
    const again = memory({ ...(kept.value as object), prompt: "begun" });
    await engine.generate(await order({ memory: again }));
    expect(astria.prompts).toHaveLength(1);
  });

  test("one that is never found is given back for a later try, which finds it", async () => {
    const kept = memory();
    astria.fault("POST", prompts, "break", { after: true });
    astria.fault("GET", prompts, { json: [] }, { times: 3 });
    await expect(engine.generate(await order({ memory: kept }))).rejects.toMatchObject({
      code: "upstream_failed",
      retryAfterSeconds: 30,
    });
    await engine.generate(await order({ memory: kept }));
    expect(astria.prompts).toHaveLength(1);
  });

  test("too many at once and a server that is away are tried again", async () => {
    astria.fault("POST", prompts, { status: 429, json: { error: "Too many requests" } }, { times: 2 });
    astria.fault("GET", /\/prompts\/\d+$/u, { status: 500, text: "<html>oops</html>" }, { times: 2 });
    expect((await engine.generate(await order())).images).toHaveLength(2);
    expect(astria.prompts).toHaveLength(1);
  });
});

test("a cancelled order lets go at once and is deleted there", async () => {
  astria.looks = 1_000;
  const caller = new AbortController();
  const going = engine.generate(await order({ signal: caller.signal }));
  await astria.waitFor("GET", /\/prompts\/\d+$/u);
  caller.abort(new Error("The order was cancelled."));
  await expect(going).rejects.toThrow("The order was cancelled.");
  expect(astria.prompts).toEqual([]);
});

test("a request that hangs is dropped within 50 ms of a cancellation", async () => {
  astria.fault("GET", /\/prompts\/\d+$/u, "hang");
  const caller = new AbortController();
  const going = engine.generate(await order({ signal: caller.signal })).catch((error: unknown) => error);
  const hanging = await astria.waitFor("GET", /\/prompts\/\d+$/u);
  const before = performance.now();
  caller.abort();
  await hanging.done;
  expect((hanging.abortedAtMs ?? Infinity) - before).toBeLessThan(2_000);
  expect(await going).toMatchObject({ name: "AbortError" });
});

describe("what goes wrong is said", () => {
  const failure = async (more: Parameters<typeof engineWith>[0] = {}) => {
    const error = await engineWith(more)
      .generate(await order())
      .catch((one: unknown) => one);
    if (!(error instanceof AppError)) throw error;
    return error;
  };

  test("Astria's own sentence for whoever ordered", async () => {
    astria.userError = "NSFW content detected. Please change the prompt.";
    const error = await failure();
    expect(error).toMatchObject({ code: "invalid_input" });
    expect(error.message).toBe("Astria refused the order: NSFW content detected. Please change the prompt.");
  });

  test("a field that is wrong", async () => {
    astria.fault("POST", prompts, { status: 422, json: { w: ["must be a multiple of 8"] } });
    expect((await failure()).message).toBe("Astria refused the order: w must be a multiple of 8.");
  });

  test("a refused key, without the key", async () => {
    const error = await failure({ apiKey: "sd_secret_secret" });
    expect(error.message).toMatch(/^Astria refuses this installation's key: /u);
    expect(JSON.stringify([error.message, error.stack, String(error.cause)])).not.toContain("sd_secret_secret");
    astria.fault("POST", /^\/tunes$/u, { status: 401, json: { error: `No such key: ${astria.apiKey}` } });
    expect((await failure()).message).toBe("Astria refuses this installation's key: No such key: ….");
  });

  test("a page in place of an answer, JSON of another shape, a redirect", async () => {
    astria.fault("GET", /\/prompts\/\d+$/u, { text: "<html>Welcome</html>" });
    expect((await failure()).message).toBe("Astria answered with something that is no JSON.");
    astria.fault("GET", /\/prompts\/\d+$/u, { json: { id: "x" } });
    expect((await failure()).message).toBe("Astria answered with something else than was asked for.");
    astria.fault("GET", /\/prompts\/\d+$/u, { status: 302, headers: { location: "http://169.254.169.254/" } });
    expect((await failure()).message).toBe("Astria redirects, which is not followed.");
  });

  test("an order that is never done", async () => {
    astria.looks = Infinity;
    expect((await failure({ timeoutMs: 20 })).message).toBe("Astria was not done after 0 minutes.");
  });

  test("images that lead to a private address, are none, or never end", async () => {
    astria.imageUrl = () => "http://169.254.169.254/latest/meta-data/";
    expect((await failure()).message).toMatch(/not on the public internet/u);
    astria.imageUrl = () => publicUrlOf(astria.images, "/x");
    astria.images.fault("GET", /./u, { text: "<html>no</html>" });
    expect((await failure()).message).toMatch(/holds no image/u);
    astria.images.fault("GET", /./u, { bytes: Buffer.from("GIF89a nothing"), type: "image/gif" });
    expect((await failure()).message).toBe("Astria gave an image that is no PNG, JPEG or WebP.");
    astria.images.fault("GET", /./u, "endless");
    expect((await failure()).message).toBe("Astria gave an image of more than 30 MB.");
    astria.images.fault("GET", /./u, { status: 302, headers: { location: "http://127.0.0.1:1/x" } });
    expect((await failure()).message).toMatch(/not on the public internet/u);
  });
});

test("a tune is deleted there; one that is not there is no error", async () => {
  const { remoteIds } = await engine.generate(await order());
  const { signal } = new AbortController();
  await engine.forget(remoteIds?.[7] ?? "", signal);
  await engine.forget("12345", signal);
  expect(astria.tunes).toEqual([]);
});

test("photos that were on their way when an order ended are deleted there; those that a tune keeps are not", async () => {
  const kept = memory();
  await engine.generate(await order({ memory: kept }));
  const [made] = astria.tunes;
  const { signal } = new AbortController();
  const known = { title: made?.title, id: String(made?.id) };
  await engine.tidy?.({ tunes: { 7: known }, prompt: null }, signal);
  expect(astria.tunes).toHaveLength(1);
  const gone = { title: "faces-never-made", id: null };
  await engine.tidy?.({ tunes: { 6: gone, 7: { ...known, id: null } }, prompt: null }, signal);
  expect(astria.tunes).toEqual([]);
});

test("an image costs what the operator says", () => {
  expect(engine.costMicroUsd({ count: 4, width: 1, height: 1 })).toBe(120_000n);
});
