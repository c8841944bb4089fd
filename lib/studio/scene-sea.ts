import { mix, type Picture, smoothStep } from "./picture";
import { blend, type Colour, colourOf, noise, paint, ramp } from "./scene-paint";

const deep = colourOf("#2f6d86");
const shallow = colourOf("#6fb3b5");
const foam = colourOf("#f3f7f6");
const wet = colourOf("#a98f6c");
const dry = colourOf("#e3cfa9");

/** A beach: waves run in at a slant, get lighter where it is shallow, end in foam; wet sand, then dry. Linear light. */
export function drawSea(width: number, height: number, random: () => number): Picture {
  const horizon = mix(0.4, 0.48, random());
  const [clouds, waves, shore] = [noise(random), noise(random), noise(random)];
  const slant = mix(-0.14, 0.14, random());
  const beach = mix(0.74, 0.84, random());
  const sun = mix(0.15, 0.85, random());
  const sky = [
    [0, colourOf("#4a8bc8")],
    [horizon * 0.6, colourOf("#a3cbe8")],
    [horizon, colourOf("#eaf0f0")],
  ] as const;
  const skyAt = (x: number, y: number): Colour => {
    const depth = 0.25 / Math.max(0.05, horizon + 0.1 - y);
    const veil = smoothStep(0.48, 0.76, clouds((x - 0.5) * 2 * depth + 5, depth * 3.2));
    return blend(ramp(sky, y), [0.96, 0.95, 0.94], veil * 0.8);
  };
  return paint(width, height, (x, y) => {
    if (y < horizon) return skyAt(x, y);
    const away = 0.12 / Math.max(0.004, y - horizon);
    const edge = beach + slant * (x - 0.5) + 0.03 * (shore(x * 3, 4) - 0.5);
    if (y > edge) {
      const damp = 1 - smoothStep(0.01, 0.09, y - edge);
      const grain = 0.88 + 0.24 * shore(x * 40 * away, away * 60);
      const sand = blend(dry, wet, damp * 0.85);
      const lace = (1 - smoothStep(0, 0.016, y - edge)) * 0.75;
      return blend([sand[0] * grain, sand[1] * grain, sand[2] * grain], foam, lace);
    }
    // waves lie across, seen ever flatter towards the horizon
    const swell = waves((x - 0.5) * away * 5 + 3, away * 34);
    const water = blend(deep, shallow, smoothStep(0.25, 0, edge - y) * 0.9 + 0.18 * swell);
    const breaking = smoothStep(0.16, 0.02, edge - y) * smoothStep(0.56, 0.68, waves(x * 2.2, (edge - y) * 42));
    const mirrored = 0.18 + 0.6 * Math.exp(-(y - horizon) * 16);
    const reflecting = blend(water, skyAt(x, Math.max(0, 2 * horizon - y)), mirrored);
    const path = Math.exp(-(((x - sun) / 0.16) ** 2)) * smoothStep(0.52, 0.7, swell);
    return blend(reflecting, foam, Math.min(1, breaking * 0.9 + path * 0.45));
  });
}
