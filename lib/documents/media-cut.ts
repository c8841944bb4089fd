import { createReadStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import decode, { decodeChunked } from "audio-decode";
import {
  ALL_FORMATS,
  BufferTarget,
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedPacketSink,
  FilePathSource,
  FlacOutputFormat,
  Input,
  type InputAudioTrack,
  Mp3OutputFormat,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
  type OutputFormat,
} from "mediabunny";
import { fileTypeFromFile } from "file-type";
import { quietestIndex, quietestSample, SpeechResampler, speechRate, toWav } from "./media-pcm";
import type { MediaInfo, MediaPiece, PieceLimits } from "./media-process";

/** Each codec in the plainest file that speech endpoints take. PCM is not here: it is made smaller first. */
const containers: Record<string, { format: () => OutputFormat; ending: string; mimeType: string }> = {
  mp3: { format: () => new Mp3OutputFormat(), ending: "mp3", mimeType: "audio/mpeg" },
  aac: { format: () => new Mp4OutputFormat(), ending: "m4a", mimeType: "audio/mp4" },
  opus: { format: () => new OggOutputFormat(), ending: "ogg", mimeType: "audio/ogg" },
  vorbis: { format: () => new OggOutputFormat(), ending: "ogg", mimeType: "audio/ogg" },
  flac: { format: () => new FlacOutputFormat(), ending: "flac", mimeType: "audio/flac" },
};

const wav = { ending: "wav", mimeType: "audio/wav" };
const stretchSeconds = 0.3;

/** Length and codec of a recording's sound; null: it has none that is known here. */
export async function inspectMedia(path: string): Promise<MediaInfo | null> {
  const track = await openTrack(path);
  if (track !== null) {
    const codec = await track.getCodec();
    const seconds = await track.computeDuration();
    if (codec !== null && seconds > 0) return { codec, seconds };
  }
  // kinds that cannot be looked into without playing them
  let samples = 0;
  for await (const part of playSpeech(path)) samples += part.length;
  return samples === 0 ? null : { codec: "other", seconds: samples / speechRate };
}

async function openTrack(path: string): Promise<InputAudioTrack | null> {
  try {
    return await new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) }).getPrimaryAudioTrack();
  } catch {
    return null;
  }
}

/**
 * Cuts the sound of a recording into files below the limits, at pauses. Compressed sound is not touched: its packets
 * are copied, and a pause is where they are smallest. Anything else is brought to 16 kHz first.
 */
export async function cutMedia(path: string, folder: string, limits: PieceLimits): Promise<MediaPiece[]> {
  const track = await openTrack(path);
  const codec = (await track?.getCodec()) ?? "";
  const container = containers[codec];
  if (track === null || container === undefined) return cutSpeech(path, folder, limits);
  const pieces: MediaPiece[] = [];
  let held: EncodedPacket[] = [];
  let bytes = 0;
  const flush = async (count: number) => {
    const part = held.slice(0, count);
    held = held.slice(count);
    bytes = held.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const file = join(folder, `piece-${pieces.length}.${container.ending}`);
    await writeFile(file, await pack(part, track, codec, container.format()));
    const [first, last] = [part[0], part.at(-1)];
    if (first === undefined || last === undefined) return;
    const end = last.timestamp + last.duration;
    pieces.push({ path: file, mimeType: container.mimeType, start: Math.max(0, first.timestamp), end });
  };
  for await (const packet of new EncodedPacketSink(track).packets()) {
    const [first] = held;
    const isFull =
      bytes + packet.byteLength > limits.maxBytes ||
      (first !== undefined && packet.timestamp - first.timestamp > limits.maxSeconds);
    if (isFull && held.length > 0) {
      const stretch = Math.max(1, Math.round(stretchSeconds / Math.max(packet.duration, 0.001)));
      await flush(
        quietestIndex(
          held.map(({ byteLength }) => byteLength),
          stretch,
        ),
      );
    }
    held.push(packet);
    bytes += packet.byteLength;
  }
  if (held.length > 0) await flush(held.length);
  return pieces;
}

async function pack(
  packets: EncodedPacket[],
  track: InputAudioTrack,
  codec: string,
  format: OutputFormat,
): Promise<Uint8Array> {
  const output = new Output({ format, target: new BufferTarget() });
  const source = new EncodedAudioPacketSource(codec as "mp3");
  output.addAudioTrack(source);
  await output.start();
  const decoderConfig = (await track.getDecoderConfig()) ?? undefined;
  const offset = packets[0]?.timestamp ?? 0;
  for (const [index, packet] of packets.entries()) {
    const moved = packet.clone({ timestamp: Math.max(0, packet.timestamp - offset) });
    await source.add(moved, index === 0 && decoderConfig !== undefined ? { decoderConfig } : undefined);
  }
  await output.finalize();
  return new Uint8Array(output.target.buffer ?? new ArrayBuffer(0));
}

async function cutSpeech(path: string, folder: string, { maxSeconds, maxBytes }: PieceLimits): Promise<MediaPiece[]> {
  const most = Math.floor(Math.min(maxSeconds * speechRate, (maxBytes - 44) / 2));
  const pieces: MediaPiece[] = [];
  let buffer = new Int16Array(most);
  let length = 0;
  let start = 0;
  const flush = async (count: number) => {
    const file = join(folder, `piece-${pieces.length}.${wav.ending}`);
    await writeFile(file, toWav(buffer.subarray(0, count)));
    const end = start + count / speechRate;
    pieces.push({ path: file, mimeType: wav.mimeType, start, end });
    const rest = buffer.slice(count, length);
    buffer = new Int16Array(most);
    buffer.set(rest);
    length = rest.length;
    start = end;
  };
  for await (const part of playSpeech(path)) {
    for (let at = 0; at < part.length;) {
      const taken = part.subarray(at, at + most - length);
      buffer.set(taken, length);
      length += taken.length;
      at += taken.length;
      if (length === most) await flush(quietestSample(buffer));
    }
  }
  if (length > 0) await flush(length);
  return pieces;
}

/** All sound of a file at 16 kHz, as a stream where its kind allows it. */
export async function* playSpeech(path: string): AsyncGenerator<Int16Array> {
  const resampler = new SpeechResampler();
  const kind = (await fileTypeFromFile(path))?.ext;
  if (kind === "wav" || kind === "mp3" || kind === "flac" || kind === "amr") {
    for await (const part of decodeChunked(createReadStream(path), kind)) {
      if (part.channelData.length > 0) yield resampler.push(part);
    }
    return;
  }
  const whole = await decode(await readFile(path));
  if (whole.channelData.length > 0) yield resampler.push(whole);
}
