import { toWav } from "./media-pcm";

/** A tone with pauses, as a WAV file: it sounds for `on` seconds and is silent for the rest of each `every`. */
export function toneWav(seconds: number, { rate = 16_000, every = 5, on = 4, hertz = 300 } = {}): Buffer {
  const samples = new Int16Array(Math.round(seconds * rate));
  for (let index = 0; index < samples.length; index++) {
    const time = index / rate;
    samples[index] = time % every < on ? Math.round(Math.sin(2 * Math.PI * hertz * time) * 12_000) : 0;
  }
  return toWav(samples, rate);
}

const mp3Rate = 44_100;
const mp3FrameSamples = 1152;
/** Index of a bit rate in the header of MPEG-1 layer III, and what it means. */
const bitRates = { loud: { index: 9, bitsPerSecond: 128_000 }, quiet: { index: 1, bitsPerSecond: 32_000 } };

/**
 * A valid MP3 that plays silence: frames whose side information is all zero. Their sizes are those of sound that is
 * loud for `on` seconds and quiet for the rest of each `every`, as in a file of variable bit rate.
 */
export function silentMp3(seconds: number, { every = 5, on = 4 } = {}): Buffer {
  const frames: Buffer[] = [];
  for (let index = 0; (index * mp3FrameSamples) / mp3Rate < seconds; index++) {
    const { index: rateIndex, bitsPerSecond } =
      ((index * mp3FrameSamples) / mp3Rate) % every < on ? bitRates.loud : bitRates.quiet;
    const frame = Buffer.alloc(Math.floor((144 * bitsPerSecond) / mp3Rate));
    frame.set([0xff, 0xfb, rateIndex << 4, 0xc4]);
    frames.push(frame);
  }
  return Buffer.concat(frames);
}
