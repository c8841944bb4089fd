/** Speech models hear 16,000 samples a second of one channel; more is only heavier. */
export const speechRate = 16_000;

type AudioData = { channelData: Float32Array[]; sampleRate: number };

/**
 * Brings sound, piece by piece, to one channel at 16 kHz: each sample is the mean of all that fall into its time, which
 * keeps most of what is too high from folding back into speech.
 */
export class SpeechResampler {
  private sum = 0;
  private count = 0;
  private position = 0;

  push({ channelData, sampleRate }: AudioData): Int16Array {
    const length = channelData[0]?.length ?? 0;
    const step = speechRate / sampleRate;
    const out = new Int16Array(Math.ceil(length * step) + 2);
    let written = 0;
    for (let index = 0; index < length; index++) {
      let sample = 0;
      for (const channel of channelData) sample += channel[index] ?? 0;
      this.sum += sample / channelData.length;
      this.count += 1;
      this.position += step;
      while (this.position >= 1 && written < out.length) {
        const value = this.sum / this.count;
        out[written++] = Math.max(-32_768, Math.min(32_767, Math.round(value * 32_767)));
        this.position -= 1;
        if (this.position < 1) {
          this.sum = 0;
          this.count = 0;
        }
      }
    }
    return out.subarray(0, written);
  }
}

/** A WAV file of 16-bit samples of one channel. */
export function toWav(samples: Int16Array, rate = speechRate): Buffer {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}

const frameSeconds = 0.02;
const stretchFrames = 15;
/** Only the last part of a piece is searched for a pause: pieces should not get much smaller than they may be. */
const searchedShare = 0.25;

/**
 * Where to cut, as an index into loudness values of equal length in time: the middle of the quietest stretch in the
 * last quarter, the latest of several.
 */
export function quietestIndex(loudness: ArrayLike<number>, stretch: number): number {
  const from = Math.floor(loudness.length * (1 - searchedShare));
  let best = loudness.length;
  let least = Infinity;
  let sum = 0;
  for (let index = from; index < loudness.length; index++) {
    sum += loudness[index] ?? 0;
    if (index - from >= stretch) sum -= loudness[index - stretch] ?? 0;
    if (index - from < stretch - 1 || sum > least) continue;
    least = sum;
    best = index - Math.floor(stretch / 2);
  }
  return Math.max(1, best);
}

/** Where to cut samples at a pause. @returns an index into them */
export function quietestSample(samples: Int16Array, rate = speechRate): number {
  const frame = Math.round(rate * frameSeconds);
  const loudness = new Float64Array(Math.floor(samples.length / frame));
  for (let index = 0; index < loudness.length; index++) {
    let energy = 0;
    for (let at = index * frame; at < (index + 1) * frame; at++) energy += (samples[at] ?? 0) ** 2;
    loudness[index] = energy;
  }
  return Math.min(samples.length, quietestIndex(loudness, stretchFrames) * frame);
}
