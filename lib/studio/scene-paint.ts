import { linearOf, mix, type Picture, smoothStep } from "./picture";

/** Linear RGB. */
export type Colour = readonly [number, number, number];

/** `#rrggbb` as linear light. */
export function colourOf(hex: string): Colour {
  const value = Number.parseInt(hex.slice(1), 16);
  const at = (shift: number) => linearOf(((value >> shift) & 255) / 255);
  return [at(16), at(8), at(0)];
}

/** A picture whose pixels a function gives; x and y from 0 to 1. */
export function paint(width: number, height: number, colourAt: (x: number, y: number) => Colour): Picture {
  const data = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue] = colourAt((x + 0.5) / width, (y + 0.5) / height);
      const at = (y * width + x) * 3;
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
    }
  }
  return { width, height, data };
}

/** Between two colours. */
export function blend(from: Colour, to: Colour, share: number): Colour {
  return [mix(from[0], to[0], share), mix(from[1], to[1], share), mix(from[2], to[2], share)];
}

/** Between several colours, each at its place from 0 to 1. */
export function ramp(stops: readonly (readonly [at: number, colour: Colour])[], place: number): Colour {
  let index = 0;
  while (index < stops.length - 1 && (stops[index]?.[0] ?? 1) < place) index++;
  const to = stops[index];
  const from = stops[Math.max(0, index - 1)];
  if (to === undefined || from === undefined) return [0, 0, 0];
  return place >= to[0] || from === to ? to[1] : blend(from[1], to[1], smoothStep(from[0], to[0], place));
}

/** A soft disc of light added to a picture. Middle, radius and softness in pixels. */
export function addDisc(
  picture: Picture,
  disc: { x: number; y: number; radius: number; colour: Colour; softness?: number },
): void {
  const { width, height, data } = picture;
  const soft = disc.softness ?? 1.5;
  const reach = Math.ceil(disc.radius + soft);
  for (let y = Math.max(0, Math.floor(disc.y) - reach); y < Math.min(height, disc.y + reach + 1); y++) {
    for (let x = Math.max(0, Math.floor(disc.x) - reach); x < Math.min(width, disc.x + reach + 1); x++) {
      const share = 1 - smoothStep(disc.radius - soft, disc.radius + soft, Math.hypot(x - disc.x, y - disc.y));
      if (share <= 0) continue;
      const at = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        data[at + channel] = (data[at + channel] ?? 0) + share * (disc.colour[channel] ?? 0);
      }
    }
  }
}

/** Smooth noise of several octaves, 0 to 1; the same for the same seed. */
export function noise(random: () => number): (x: number, y: number) => number {
  const size = 64;
  const table = Float32Array.from({ length: size * size }, random);
  // called some million times an image: nothing is made or called in it
  const one = (x: number, y: number): number => {
    const left = Math.floor(x);
    const top = Math.floor(y);
    const s = x - left;
    const t = y - top;
    const u = s * s * (3 - 2 * s);
    const v = t * t * (3 - 2 * t);
    const row = (top & (size - 1)) * size;
    const next = ((top + 1) & (size - 1)) * size;
    const column = left & (size - 1);
    const beside = (left + 1) & (size - 1);
    const a = table[row + column] ?? 0;
    const b = table[next + column] ?? 0;
    const above = a + ((table[row + beside] ?? 0) - a) * u;
    return above + (b + ((table[next + beside] ?? 0) - b) * u - above) * v;
  };
  return (x, y) =>
    (one(x, y) * 8 + one(x * 2 + 7, y * 2 + 3) * 4 + one(x * 4 + 1, y * 4 + 9) * 2 + one(x * 8, y * 8)) / 15;
}
