import { mix, type Picture, smoothStep } from "./picture";
import { blend, type Colour, colourOf, noise, paint, ramp } from "./scene-paint";

/** A land and the light on it. Lengths in cells of the height map. */
export type Land = {
  /** where sky and plain meet, as a share of the height */
  horizon: number;
  /** of the peaks, in cells */
  rise: number;
  sky: readonly (readonly [at: number, colour: Colour])[];
  haze: Colour;
  cloud: number;
  /** colour of the ground by height (0 valley, 1 peak), steepness (0 flat, 1 wall) and a noise of 0 to 1 */
  ground(height: number, steep: number, rough: number): Colour;
  /** from where the sun shines, −1 left, 1 right */
  sun: number;
  /** how fine the noise of the ground is */
  grain: number;
  /** what else is in the sky */
  inSky?(picture: Picture): void;
};

const side = 512;
const far = 480;

/**
 * Mountains seen from a meadow, drawn column by column from near to far over a height map (as the "voxel space" of NovaLogic's
 * Comanche, 1992). Linear light. About 200 ms at 384 × 480.
 */
export function drawTerrain(land: Land, width: number, height: number, random: () => number): Picture {
  const heights = heightMap(random);
  const clouds = noise(random);
  const rough = noise(random);
  const sky = (x: number, y: number): Colour => {
    // clouds are nearer to each other towards the horizon
    const depth = 0.25 / Math.max(0.06, land.horizon + 0.12 - y);
    const veil = smoothStep(0.5, 0.78, clouds((x - 0.5) * 2.2 * depth + 9, depth * 3.5));
    return blend(ramp(land.sky, y), [0.95, 0.95, 0.96], veil * land.cloud);
  };
  // below the horizon there is land anyway
  const picture = paint(width, height, (x, y) => (y > land.horizon + 0.05 ? land.haze : sky(x, y)));
  land.inSky?.(picture);
  const heading = random() * Math.PI * 2;
  const [startX, startY] = [random() * side, random() * side];
  const slices = slicesOf();
  for (let column = 0; column < width; column++) {
    // 56 degrees from left to right at the proportions of a portrait
    const across = ((column + 0.5) / width - 0.5) * 0.85;
    const [dx, dy] = [Math.cos(heading) - across * Math.sin(heading), Math.sin(heading) + across * Math.cos(heading)];
    let lowest = height;
    for (const z of slices) {
      const [x, y] = [startX + dx * z, startY + dy * z];
      const rising = smoothStep(40, 300, z);
      const relief = rising * land.rise;
      const here = heightAt(heights, x, y);
      const level = here * relief - 6;
      const top = Math.max(0, Math.round((land.horizon - (level / z) * 0.95) * height));
      if (top >= lowest) continue;
      const colour = shade(land, heights, {
        x,
        y,
        z,
        here: here * rising,
        relief,
        rough: rough(x * land.grain, y * land.grain),
        heading,
      });
      for (let row = top; row < lowest; row++) picture.data.set(colour, (row * width + column) * 3);
      lowest = top;
      if (lowest === 0) break;
    }
  }
  return picture;
}

/** Near ones close together, far ones further apart. */
function slicesOf(): number[] {
  const slices = [];
  for (let z = 8; z < far; z += 0.25 + z * 0.006) slices.push(z);
  return slices;
}

type Spot = { x: number; y: number; z: number; here: number; relief: number; rough: number; heading: number };

function shade(land: Land, heights: Float32Array, { x, y, z, here, relief, rough, heading }: Spot): Colour {
  const slopeX = (heightAt(heights, x + 0.8, y) - heightAt(heights, x - 0.8, y)) * relief;
  const slopeY = (heightAt(heights, x, y + 0.8) - heightAt(heights, x, y - 0.8)) * relief;
  const steep = Math.hypot(slopeX, slopeY);
  // the sun stands to the side and a little behind the camera
  const towards = heading + Math.PI / 2 + (land.sun > 0 ? 0.5 : Math.PI - 0.5);
  const lit = -(slopeX * Math.cos(towards) + slopeY * Math.sin(towards)) * 0.75 + 0.62;
  const light = Math.min(1.25, Math.max(0.16, lit / Math.sqrt(1 + steep * steep * 0.5)));
  const ground = land.ground(here, smoothStep(0.5, 1.9, steep), rough);
  // shadows are lit by the sky
  const colour: Colour = [ground[0] * light, ground[1] * (light * 0.96 + 0.04), ground[2] * (light * 0.86 + 0.14)];
  return blend(colour, land.haze, 1 - Math.exp(-z / 330));
}

/** Ridges of several sizes, the small ones where the large ones are high (F. K. Musgrave's ridged multifractal). 0 to 1, repeats. */
function heightMap(random: () => number): Float32Array {
  const data = new Float32Array(side * side);
  let size = 0.9;
  for (let octave = 0, cells = 5; octave < 7; octave++, cells *= 2, size *= 0.47) {
    const table = Float32Array.from({ length: cells * cells }, random);
    for (let row = 0, index = 0; row < side; row++) {
      const v = (row / side) * cells;
      const top = Math.floor(v);
      const t = smoothStep(0, 1, v - top);
      const one = top * cells;
      const next = ((top + 1) % cells) * cells;
      for (let column = 0; column < side; column++, index++) {
        const u = (column / side) * cells;
        const left = Math.floor(u);
        const s = (u - left) * (u - left) * (3 - 2 * (u - left));
        const beside = (left + 1) % cells;
        const above = mix(table[one + left] ?? 0, table[one + beside] ?? 0, s);
        const value = mix(above, mix(table[next + left] ?? 0, table[next + beside] ?? 0, s), t);
        const ridge = 1 - Math.abs(2 * value - 1);
        const below = data[index] ?? 0;
        data[index] = below + size * ridge * ridge * (octave === 0 ? 1 : Math.min(1, below * 0.85 + 0.1));
      }
    }
  }
  let most = 0;
  for (let index = 0; index < data.length; index++) most = Math.max(most, data[index] ?? 0);
  for (let index = 0; index < data.length; index++) data[index] = (data[index] ?? 0) / most;
  return data;
}

function heightAt(heights: Float32Array, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const u = x - left;
  const mask = side - 1;
  const row = (top & mask) * side;
  const next = ((top + 1) & mask) * side;
  const column = left & mask;
  const beside = (left + 1) & mask;
  const above = mix(heights[row + column] ?? 0, heights[row + beside] ?? 0, u);
  return mix(above, mix(heights[next + column] ?? 0, heights[next + beside] ?? 0, u), y - top);
}

const rock = colourOf("#8b8580");
const scree = colourOf("#a59d92");
const meadow = colourOf("#7d9450");
const wood = colourOf("#34502f");
const white = colourOf("#f6f8fb");

/** The Alps on a clear day: snow on what is high and not too steep, rock, woods, a meadow. */
export function drawMountains(width: number, height: number, random: () => number): Picture {
  const land: Land = {
    horizon: mix(0.6, 0.66, random()),
    rise: mix(135, 165, random()),
    grain: 0.13,
    sun: random() < 0.5 ? -1 : 1,
    cloud: mix(0.2, 0.75, random()),
    haze: colourOf("#b9cfe2"),
    sky: [
      [0, colourOf("#3f78b5")],
      [0.35, colourOf("#86b4dc")],
      [0.66, colourOf("#dbe8f0")],
    ],
    ground(level, steep, rough) {
      const stone = blend(rock, scree, rough);
      const green = blend(meadow, wood, smoothStep(0.03, 0.16, level + (rough - 0.5) * 0.16));
      const bare = blend(green, stone, Math.max(smoothStep(0.2, 0.34, level + (rough - 0.5) * 0.2), steep * 0.5));
      const snow = smoothStep(0.32, 0.46, level + (rough - 0.5) * 0.24) * (1 - steep * 0.7);
      return blend(bare, white, snow);
    },
  };
  return drawTerrain(land, width, height, random);
}

/** Winter: snow on everything, firs dark on the slopes, a pale sky. */
export function drawSnow(width: number, height: number, random: () => number): Picture {
  const land: Land = {
    horizon: mix(0.56, 0.62, random()),
    rise: mix(95, 130, random()),
    grain: 0.6,
    sun: random() < 0.5 ? -1 : 1,
    cloud: mix(0.3, 0.7, random()),
    haze: colourOf("#d5dfe8"),
    sky: [
      [0, colourOf("#8eb0d2")],
      [0.4, colourOf("#c8d8e6")],
      [0.62, colourOf("#f1ece6")],
    ],
    ground(level, steep, rough) {
      const firs = smoothStep(0.44, 0.54, rough) * smoothStep(0.05, 0.14, level) * (1 - smoothStep(0.3, 0.5, level));
      const stone = blend(white, colourOf("#7f8792"), steep * 0.45);
      return blend(stone, colourOf("#41564f"), firs * 0.85);
    },
  };
  return drawTerrain(land, width, height, random);
}
