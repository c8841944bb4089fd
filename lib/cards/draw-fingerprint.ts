import type { Component } from "@/lib/compile/grammar";
import { type Clusters, fingerprintRings, type RingForm } from "@/lib/faces/fingerprint-rings";

type Colour = readonly [number, number, number];

/** As on a light page (app/globals.css). */
const paper: Colour = [255, 255, 255];
const empty: Colour = [201, 204, 209];
const hues: Record<Component, Colour> = {
  alpha: [114, 151, 57],
  beta: [185, 105, 18],
  delta: [0, 121, 142],
  epsilon: [122, 45, 104],
};

const width = 400;
const height = 600;
/** Side of the drawing, in the middle. */
const side = 340;
/** Points looked at in a pixel, in each direction: edges are smooth. */
const samples = 3;

const TAU = Math.PI * 2;

/** A face's fingerprint as a picture, in the size that cards have. The same face is always the same picture. */
export function drawFingerprint(data: Clusters): { width: number; height: number; pixels: Uint8Array } {
  const pixels = new Uint8Array(width * height * 3).fill(255);
  const rings = fingerprintRings(data, side);
  const left = (width - side) / 2;
  const top = (height - side) / 2;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const colour = pixelAt(rings, x, y);
      if (colour !== null) pixels.set(colour, ((top + y) * width + left + x) * 3);
    }
  }
  return { width, height, pixels };
}

/** The mean of what is drawn at some points of a pixel; null where nothing is. */
function pixelAt(rings: RingForm[], x: number, y: number): [number, number, number] | null {
  const sum: [number, number, number] = [0, 0, 0];
  let drawn = 0;
  for (let at = 0; at < samples * samples; at++) {
    const dx = x + ((at % samples) + 0.5) / samples - side / 2;
    const dy = y + (Math.floor(at / samples) + 0.5) / samples - side / 2;
    const ink = inkAt(rings, Math.hypot(dx, dy), Math.atan2(dy, dx));
    const { colour, opacity } = ink ?? { colour: paper, opacity: 1 };
    if (ink !== null) drawn++;
    for (const part of [0, 1, 2] as const) sum[part] += paper[part] + (colour[part] - paper[part]) * opacity;
  }
  if (drawn === 0) return null;
  const count = samples * samples;
  return [Math.round(sum[0] / count), Math.round(sum[1] / count), Math.round(sum[2] / count)];
}

function inkAt(rings: RingForm[], radius: number, angle: number): { colour: Colour; opacity: number } | null {
  const ring = rings.find((each) => Math.abs(radius - each.radius) <= Math.max(each.width / 2, 1));
  if (ring === undefined) return null;
  if (ring.total === 0) return isDashed(ring, radius, angle) ? { colour: empty, opacity: 1 } : null;
  for (const { from, to, opacity } of ring.arcs) {
    // an arc may begin a turn before the angle is named
    const turned = from + ((((angle - from) % TAU) + TAU) % TAU);
    if (turned > to) continue;
    return isTextured(ring, { radius, along: turned - from, length: to - from })
      ? { colour: hues[ring.component], opacity }
      : null;
  }
  return null;
}

/** The orbit of a ring that has nothing on it yet. */
function isDashed(ring: RingForm, radius: number, angle: number): boolean {
  return Math.abs(radius - ring.radius) < 0.7 && ((angle + TAU) * ring.radius) % 5 < 2;
}

type Place = { radius: number; /** radians */ along: number; length: number };

/** Alpha solid, beta ridges, delta ticks, epsilon dots: the rings can be told apart in greyscale. */
function isTextured(ring: RingForm, place: Place): boolean {
  const across = place.radius - (ring.radius - ring.width / 2);
  if (across < 0 || across > ring.width) return false;
  if (ring.component === "alpha") return true;
  if (ring.component === "beta") return isRidge(across, ring.width);
  return ring.component === "delta" ? isTick(ring.radius, place) : isDot(ring, place, across);
}

function isRidge(across: number, ringWidth: number): boolean {
  const pitch = ringWidth / (5 - 0.42);
  return across % pitch < pitch * 0.58;
}

function isTick(ringRadius: number, { along, length }: Place): boolean {
  const pitch = length / Math.max(1, Math.round((length * ringRadius) / 6));
  const phase = (along % pitch) / pitch;
  return phase > 0.25 && phase < 0.75;
}

function isDot(ring: RingForm, { radius, along, length }: Place, across: number): boolean {
  const gap = ring.width / 4;
  const row = Math.min(3, Math.floor(across / gap));
  const rowRadius = ring.radius - ring.width / 2 + gap * (row + 0.5);
  const count = Math.max(1, Math.round((length * rowRadius) / Math.max(gap, 1.5)));
  const pitch = length / count;
  const shift = row % 2 === 1 ? 0 : pitch / 2;
  const nearest = Math.round((along - shift) / pitch) * pitch + shift;
  const size = Math.min(gap, pitch * rowRadius) * 0.36;
  return Math.hypot((along - nearest) * rowRadius, radius - rowRadius) < size;
}
