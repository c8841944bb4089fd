import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { silentMp3, toneWav } from "./media-testing";
import { quietestSample, SpeechResampler, speechRate, toWav } from "./media-pcm";
import { cutRecording, inspectRecording, type MediaPiece, toSpeechWav } from "./media-process";

const { signal } = new AbortController();
let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), "faces-media-test-"))));
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** Pieces follow each other without a gap, from the beginning to the end. */
function expectWhole(pieces: MediaPiece[], seconds: number): void {
  expect(pieces[0]?.start).toBe(0);
  for (const [index, piece] of pieces.slice(1).entries()) expect(piece.start).toBeCloseTo(pieces[index]?.end ?? -1, 1);
  expect(pieces.at(-1)?.end).toBeCloseTo(seconds, 0);
}

describe("a recording", () => {
  test("is told its length and codec by its content", async () => {
    const wav = await inspectRecording(await file("a.bin", toneWav(3, { rate: 44_100 })), "a.bin", signal);
    expect(wav).toEqual({ codec: "pcm-s16", seconds: 3 });
    const mp3 = await inspectRecording(await file("b.bin", silentMp3(4)), "b.bin", signal);
    expect(mp3.codec).toBe("mp3");
    expect(mp3.seconds).toBeCloseTo(4, 1);
  });

  test("that is none is refused in a sentence", async () => {
    for (const bytes of [Buffer.from("ID3 not really"), Buffer.alloc(5000, 7), toneWav(1).subarray(0, 40)]) {
      const path = await file("broken.mp3", bytes);
      await expect(inspectRecording(path, "broken.mp3", signal)).rejects.toThrow(/No sound was found in broken.mp3/);
    }
  });

  test("of PCM is brought to 16 kHz and cut where it is silent", async () => {
    const path = await file("long.wav", toneWav(23, { rate: 44_100 }));
    const pieces = await cutRecording(path, folder, { maxSeconds: 10, maxBytes: 1e9 }, signal);
    expectWhole(pieces, 23);
    // it is silent from 4 to 5, from 9 to 10 and so on
    for (const { end } of pieces.slice(0, 2)) expect(end % 5).toBeGreaterThanOrEqual(3.95);
    for (const { path: part, start, end } of pieces) {
      expect(end - start).toBeLessThanOrEqual(10);
      const bytes = await readFile(part);
      expect(bytes.readUInt32LE(24)).toBe(speechRate);
      expect(bytes.length).toBeCloseTo(44 + (end - start) * speechRate * 2, -2);
    }
  });

  test("that is compressed is cut without being touched, where its packets are smallest", async () => {
    const path = await file("long.mp3", silentMp3(23));
    const limits = { maxSeconds: 10, maxBytes: 120_000 };
    const pieces = await cutRecording(path, folder, limits, signal);
    expectWhole(pieces, 23);
    expect(pieces.length).toBeGreaterThan(2);
    let bytes = 0;
    for (const { path: part, mimeType, start, end } of pieces) {
      const { size } = await stat(part);
      bytes += size;
      expect([mimeType, size <= limits.maxBytes + 1000, end - start <= 10.1]).toEqual(["audio/mpeg", true, true]);
      const info = await inspectRecording(part, "piece", signal);
      expect(info.seconds).toBeCloseTo(end - start, 0);
    }
    expect(bytes).toBeGreaterThan(silentMp3(23).length * 0.95);
    // twice the same: a second attempt asks for the same pieces
    expect(await cutRecording(path, folder, limits, signal)).toEqual(pieces);
  });

  test("becomes 16 kHz WAV for a local model", async () => {
    const target = join(folder, "speech.wav");
    await toSpeechWav(await file("c.mp3", silentMp3(2)), target, signal);
    const bytes = await readFile(target);
    expect([bytes.readUInt32LE(24), bytes.readUInt16LE(22)]).toEqual([speechRate, 1]);
    expect((bytes.length - 44) / 2 / speechRate).toBeCloseTo(2, 0);
  });
});

test("resampling keeps length and loudness, whatever pieces the sound comes in", () => {
  const sound = Float32Array.from({ length: 44_100 }, (_each, index) => Math.sin((2 * Math.PI * 200 * index) / 44_100));
  const whole = new SpeechResampler().push({ channelData: [sound, sound], sampleRate: 44_100 });
  expect(whole.length).toBeGreaterThan(15_990);
  expect(Math.max(...whole)).toBeGreaterThan(31_000);
  const inParts = new SpeechResampler();
  const parts = [sound.subarray(0, 1000), sound.subarray(1000, 1003), sound.subarray(1003)].flatMap((part) => [
    ...inParts.push({ channelData: [part], sampleRate: 44_100 }),
  ]);
  expect(parts).toEqual([...whole]);
});

test("a cut lies in the pause, and at the end where there is none", () => {
  const samples = Int16Array.from({ length: 160_000 }, (_each, index) =>
    index > 130_000 && index < 140_000 ? 0 : 9000,
  );
  const cut = quietestSample(samples);
  expect(cut).toBeGreaterThan(130_000);
  expect(cut).toBeLessThan(140_000);
  expect(toWav(new Int16Array(10)).length).toBe(64);
});
