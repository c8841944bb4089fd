import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startFakeProvider } from "@/e2e/fake-provider/start-fake-provider";
import { transcriptionCost } from "@/lib/billing/charge-transcription";
import { testDatabase, testUser } from "@/lib/db/testing";
import { parseEnv } from "@/lib/env";
import { createFace } from "@/lib/faces/create-face";
import { findByHash } from "./insert-document";
import { addMediaDocument } from "./media-document";
import { toneWav } from "./media-testing";
import { transcribeAtEndpoint } from "./transcribe-endpoint";
import { transcribeFile } from "./transcribe-file";
import { noSpeechModel, speechModel, type Utterance } from "./transcribe-model";
import { transcribeLocally, type WhisperRuntime } from "./transcribe-whisper";
import { toTranscriptText } from "./transcript-text";

const { db } = await testDatabase();
const provider = await startFakeProvider();
const { signal } = new AbortController();
let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "faces-speech-test-"));
  path = join(folder, "talk.wav");
  await writeFile(path, toneWav(4));
});
beforeEach(() => provider.reset());
afterAll(() => rm(folder, { recursive: true }));
afterAll(() => provider.stop());

const file = () => ({ path, mimeType: "audio/wav", seconds: 4 });

test("the model is an endpoint of one's own, else a local one, else OpenAI's, else none", () => {
  const nameOf = (settings: Record<string, string>) => speechModel(parseEnv(settings))?.name ?? null;
  expect(nameOf({})).toBeNull();
  expect(nameOf({ OPENAI_API_KEY: "sk" })).toBe("whisper-1");
  expect(nameOf({ OPENAI_API_KEY: "sk", WHISPER_MODEL_PATH: "/m.bin" })).toBe("whisper (local)");
  expect(nameOf({ WHISPER_MODEL_PATH: "/m.bin", TRANSCRIBE_BASE_URL: "http://x/v1", TRANSCRIBE_MODEL: "own" })).toBe(
    "own",
  );
});

test("OpenAI's key is never sent to another server", async () => {
  const model = speechModel(parseEnv({ OPENAI_API_KEY: "sk-secret", TRANSCRIBE_BASE_URL: `${provider.url}/v1` }));
  await model?.transcribe(file(), signal).catch(() => undefined);
  expect(provider.requests[0]?.headers.authorization).toBeUndefined();
});

test("a second begun is a second, with the markup, rounded up", () => {
  const prices = { TRANSCRIBE_USD_PER_MINUTE: 0.006, MARKUP_PERCENT: 0 };
  expect(transcriptionCost(60, prices)).toBe(6000n);
  expect(transcriptionCost(0.2, prices)).toBe(100n);
  expect(transcriptionCost(59.01, { ...prices, MARKUP_PERCENT: 12.5 })).toBe(6750n);
  expect(transcriptionCost(7, { ...prices, TRANSCRIBE_USD_PER_MINUTE: 0.0061 })).toBe(712n);
  expect(transcriptionCost(3600, { ...prices, TRANSCRIBE_USD_PER_MINUTE: 0 })).toBe(0n);
});

describe("an endpoint", () => {
  const endpoint = { baseUrl: `${provider.url}/v1/`, apiKey: "sk", model: "whisper-1" };

  test("that answers with the text alone gives one utterance", async () => {
    const heard = await transcribeAtEndpoint({ ...endpoint, model: "gpt-4o-transcribe" }, file(), signal);
    expect(provider.requests[0]?.body).toMatchObject({ response_format: "json" });
    expect(heard.utterances).toEqual([{ start: 0, end: 4, speaker: null, text: "I spoke for 4 seconds. I spoke up." }]);
  });

  test("that does not know the format is asked for plain JSON", async () => {
    provider.fault({ kind: "status", status: 400, message: "response_format 'verbose_json' is not compatible" });
    const heard = await transcribeAtEndpoint(endpoint, file(), signal);
    expect(heard.text).toBe("I spoke for 4 seconds. I spoke up.");
    expect(provider.requests.map(({ body }) => (body as { response_format: string }).response_format)).toEqual([
      "verbose_json",
      "json",
    ]);
  });

  test("that stays broken is given up after four tries; one that refuses the key, after one", async () => {
    provider.fault({ kind: "status", status: 500 }, { times: 9 });
    await expect(transcribeAtEndpoint(endpoint, file(), signal, 1)).rejects.toMatchObject({ code: "upstream_failed" });
    expect(provider.requests).toHaveLength(4);
    provider.reset();
    provider.fault({ kind: "status", status: 403 }, { times: 9 });
    await expect(transcribeAtEndpoint(endpoint, file(), signal, 1)).rejects.toMatchObject({ code: "upstream_failed" });
    expect(provider.requests).toHaveLength(1);
  });

  test("that answers with nonsense or a page is asked again", async () => {
    provider.fault({ kind: "html" });
    provider.fault({ kind: "invalid-json" });
    expect((await transcribeAtEndpoint(endpoint, file(), signal, 1)).utterances).toHaveLength(2);
    expect(provider.requests).toHaveLength(3);
  });

  test("is let go at once when nobody waits any more", async () => {
    provider.fault({ kind: "hang" });
    const caller = new AbortController();
    const hearing = transcribeAtEndpoint(endpoint, file(), caller.signal);
    const request = await provider.waitForRequest();
    caller.abort();
    await expect(hearing).rejects.toThrow(/abort/i);
    await request.done;
    expect(request.aborted).toBe(true);
  });
});

test("speakers who are told apart become a thread with times", async () => {
  const settings = {
    OPENAI_API_KEY: "sk",
    OPENAI_BASE_URL: `${provider.url}/v1`,
    TRANSCRIBE_MODEL: "gpt-4o-transcribe-diarize",
  };
  const model = speechModel(parseEnv(settings));
  if (model === null) throw new Error("These settings give no model.");
  const recording = {
    path,
    mimeType: "audio/wav",
    byteSize: (await stat(path)).size,
    info: { codec: "pcm-s16", seconds: 4 },
  };
  const transcript = await transcribeFile(model, recording, signal);
  expect(provider.requests[0]?.body).toMatchObject({ response_format: "diarized_json", chunking_strategy: "auto" });
  expect(toTranscriptText(transcript)).toEqual({
    text: "[00:00:00] Speaker 1: I spoke for 4 seconds.\n[00:00:02] Speaker 2: I spoke up.",
    speakers: ["Speaker 1", "Speaker 2"],
  });
});

test("what one person says is parted into paragraphs at pauses behind a full stop", () => {
  const said = (start: number, end: number, text: string): Utterance => ({ start, end, speaker: null, text });
  const utterances = [
    said(0, 2, "I keep bees"),
    said(6, 8, "on a roof."),
    said(8, 9, "They hum."),
    said(15, 16, "I rest."),
  ];
  expect(toTranscriptText({ text: "", language: null, seconds: 16, utterances })).toEqual({
    text: "I keep bees on a roof. They hum.\n\nI rest.",
    speakers: [],
  });
});

describe("a local model", () => {
  test("hears 16-bit samples at 16 kHz and answers in hundredths of a second", async () => {
    let bytes = 0;
    const runtime: WhisperRuntime = {
      initWhisper: async ({ filePath }) => {
        expect(filePath).toBe("/models/base.bin");
        return {
          transcribeData: (samples) => {
            bytes = samples.byteLength;
            const segments = [
              { text: " I swim.", t0: 0, t1: 150 },
              { text: " I rest.", t0: 150, t1: 400 },
            ];
            const result = { language: "en", result: " I swim. I rest.", segments, isAborted: false };
            return { stop: async () => undefined, promise: Promise.resolve(result) };
          },
        };
      },
    };
    const heard = await transcribeLocally("/models/base.bin", file(), signal, async () => runtime);
    expect(bytes).toBe(4 * 16_000 * 2);
    expect(heard).toEqual({
      text: "I swim. I rest.",
      language: "en",
      utterances: [
        { start: 0, end: 1.5, speaker: null, text: "I swim." },
        { start: 1.5, end: 4, speaker: null, text: "I rest." },
      ],
    });
  });

  test("whose runtime is not installed says how to install it", async () => {
    await expect(transcribeLocally("/models/none.bin", file(), signal)).rejects.toThrow(
      /npm install --no-save @fugood\/whisper.node/,
    );
  });
});

test("without a speech model a recording is kept, and says so", async () => {
  const ctx = await testUser(db);
  const { id } = await createFace(ctx, { username: "ada", aliases: [], basic_facts: "" });
  const face = await db.face.findUniqueOrThrow({ where: { id } });
  const { createReadStream } = await import("node:fs");
  const { size: byteSize } = await stat(path);
  const taken = {
    kind: "media" as const,
    mimeType: "audio/wav",
    path,
    open: () => createReadStream(path),
    byteSize,
    contentHash: "ab".repeat(32),
    dispose: async () => undefined,
  };
  const document = await addMediaDocument(ctx, face, { fields: {}, file: taken, fileName: "talk.wav" });
  expect(document).toMatchObject({ status: "failed", error: noSpeechModel, media_seconds: 4, byte_size: byteSize });
  const row = await findByHash(ctx, face.id, taken.contentHash);
  expect(row?.storageKey).toBe(`faces/${face.id}/${document.id}`);
  expect(await db.job.count({ where: { name: "documents.transcribe" } })).toBe(0);
});
