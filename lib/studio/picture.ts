import type { Raster } from "@/lib/vision/raster";

/** Linear light, RGB interleaved, row by row; 1 is white, more is brighter than white. */
export type Picture = { width: number; height: number; data: Float32Array };

/** One number a pixel, row by row. */
export type Plane = { width: number; height: number; data: Float32Array };

const toLinear = Float32Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

/** Fine enough that no step of 8 bits is skipped, also in the shadows. */
const steps = 8192;
const toByte = Uint8Array.from({ length: steps + 1 }, (_, index) => {
  const light = index / steps;
  const share = light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(share * 255);
});

/** sRGB of 8 bits as linear light; alpha is left out. */
export function toPicture({ data, width, height, channels }: Raster): Picture {
  const target = new Float32Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      target[pixel * 3 + channel] = toLinear[data[pixel * channels + channel] ?? 0] ?? 0;
    }
  }
  return { width, height, data: target };
}

/** Linear light as sRGB of 8 bits; what is brighter than white is white. */
export function toRaster({ data, width, height }: Picture): Raster {
  const target = new Uint8Array(data.length);
  for (let index = 0; index < data.length; index++) target[index] = sRgbByte(data[index] ?? 0);
  return { data: target, width, height, channels: 3 };
}

/** The sRGB byte of a linear value. */
export function sRgbByte(light: number): number {
  const index = light > 0 ? (light < 1 ? Math.round(light * steps) : steps) : 0;
  return toByte[index] ?? 0;
}

/** The linear value of an sRGB share, 0 to 1. */
export function linearOf(share: number): number {
  return toLinear[Math.round(Math.min(1, Math.max(0, share)) * 255)] ?? 0;
}

/** Luminance of linear RGB (Rec. 709). */
export function luminance(red: number, green: number, blue: number): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Smooth from 0 below `low` to 1 above `high`. */
export function smoothStep(low: number, high: number, value: number): number {
  const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return share * share * (3 - 2 * share);
}

/** Between two numbers. */
export function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
