import { seededRandom } from "@/lib/seeded-random";
import { blurLens } from "./blur";
import { luminance, mix, type Picture, smoothStep } from "./picture";
import { drawnScenes } from "./scene-drawn";
import { loadPanorama, type PanoramaName, viewOf } from "./scene-panorama";
import { scenes } from "./wish-table";

/** Headings between which a panorama is worth looking at, in degrees, and how much above the ground. */
type Place = {
  name: PanoramaName;
  headings: readonly (readonly [number, number])[];
  tilt: number;
  /** leaves that are green become yellow and red */
  isAutumn?: boolean;
};

const places: Record<string, Place> = {
  canal: { name: "venice", headings: [[250, 330]], tilt: -4 },
  venice: { name: "sunset", headings: [[20, 130]], tilt: 4 },
  city: { name: "city", headings: [[140, 320]], tilt: 6 },
  forest: { name: "forest", headings: [[0, 360]], tilt: 4 },
  autumn: { name: "forest", headings: [[0, 360]], tilt: 4, isAutumn: true },
  park: {
    name: "park",
    headings: [
      [110, 190],
      [250, 350],
    ],
    tilt: 0,
  },
  field: {
    name: "sunrise",
    headings: [
      [60, 170],
      [270, 340],
    ],
    tilt: -2,
  },
  desert: { name: "dawn", headings: [[0, 360]], tilt: 2 },
  sky: {
    name: "sky",
    headings: [
      [0, 160],
      [270, 360],
    ],
    tilt: 16,
  },
  home: {
    name: "apartment",
    headings: [
      [20, 110],
      [150, 320],
    ],
    tilt: 0,
  },
  office: { name: "lobby", headings: [[120, 300]], tilt: 2 },
  hall: { name: "hall", headings: [[0, 360]], tilt: 6 },
  mall: { name: "esplanade", headings: [[0, 360]], tilt: 4 },
  bridge: {
    name: "bridge",
    headings: [
      [120, 240],
      [300, 420],
    ],
    tilt: 2,
  },
  warehouse: { name: "warehouse", headings: [[0, 360]], tilt: 4 },
  workshop: { name: "workshop", headings: [[0, 360]], tilt: 6 },
};

/** What a text gets that names no scene: quiet ones. */
const plain = ["studio-grey", "studio-colour", "park", "home", "office", "studio-grey"];

export type Scene = {
  picture: Picture;
  /** mean colour of its light, of luminance 1 */
  ambient: [number, number, number];
  /** mean luminance after exposure, 0 to 1 */
  brightness: number;
  /** −1 the light comes from the left, 1 from the right */
  side: number;
};

/** How far it is out of focus, as a share of its width: more the nearer the person. */
const blurs: Record<string, number> = { "close-up": 0.024, portrait: 0.018, "half-body": 0.012, "full-body": 0.008 };
/** Lamps are drawn as discs already, and stars would be lost. */
const ownBlurs: Record<string, number> = {
  "city-night": 0.25,
  cafe: 0.4,
  stars: 0,
  mountains: 0.55,
  sea: 0.75,
  snow: 0.6,
};
/** Drawn backdrops are smooth already. */
const isBackdrop = (id: string) => id.startsWith("studio-");

/** The scene of an order; one of the quiet ones where it names none. @param without ids that are not wanted */
export function chooseScene(wished: string | null, without: readonly string[], seed: number): string {
  if (wished !== null && !without.includes(wished)) return wished;
  const free = plain.filter((id) => !without.includes(id));
  const all = free.length > 0 ? free : scenes.map(({ id }) => id).filter((id) => !without.includes(id));
  return all[Math.floor(seededRandom(seed ^ 0x5ce4e)() * all.length)] ?? "studio-grey";
}

/**
 * A scene in linear light, exposed and out of focus. Same id, seed and size, same pixels. 50–500 ms.
 *
 * @param id of wish-table.ts
 */
export async function makeScene(
  id: string,
  framing: string,
  seed: number,
  width: number,
  height: number,
): Promise<Scene> {
  const random = seededRandom(seed);
  const raw = await rawScene(id, framing, random, width, height);
  const exposed = expose(raw, id);
  const share = (blurs[framing] ?? 0.016) * (ownBlurs[id] ?? 1);
  const radius = isBackdrop(id) ? 2 : Math.max(0, Math.min(26, share * Math.max(width, height)));
  return describe(blurLens(exposed, radius));
}

async function rawScene(
  id: string,
  framing: string,
  random: () => number,
  width: number,
  height: number,
): Promise<Picture> {
  const draw = drawnScenes[id];
  if (draw !== undefined) return draw(width, height, random);
  const place = places[id];
  if (place === undefined) throw new RangeError(`There is no scene ${id}.`);
  const [from, to] = place.headings[Math.floor(random() * place.headings.length)] ?? [0, 360];
  const angle =
    (framing === "full-body" ? 78 : framing === "close-up" ? 52 : 64) * Math.min(1.25, Math.sqrt(width / height) + 0.1);
  const view = { heading: mix(from, to, random()), tilt: place.tilt + mix(-2, 2, random()), angle };
  const picture = viewOf(await loadPanorama(place.name), view, width, height);
  return place.isAutumn === true ? toAutumn(picture) : picture;
}

/** By how green a pixel is; what is grey or blue, as trunks and sky, stays. */
function toAutumn({ data, width, height }: Picture): Picture {
  const target = data.slice();
  for (let at = 0; at < data.length; at += 3) {
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    const leaf = smoothStep(0.02, 0.35, (green - blue) / Math.max(1e-4, green));
    target[at] = mix(red, Math.max(red, green) * 1.35, leaf);
    target[at + 1] = mix(green, green * 0.66, leaf);
    target[at + 2] = mix(blue, blue * 0.45, leaf);
  }
  return { data: target, width, height };
}

/**
 * Sets its exposure by its median and bends what is very bright: skies keep their colour, lamps may glow. Backdrops are
 * drawn as they should be.
 */
function expose(picture: Picture, id: string): Picture {
  if (isBackdrop(id) || drawnScenes[id] !== undefined) return bend(picture, 1);
  const lights: number[] = [];
  for (let at = 0; at < picture.data.length; at += 33 * 3) {
    lights.push(luminance(picture.data[at] ?? 0, picture.data[at + 1] ?? 0, picture.data[at + 2] ?? 0));
  }
  lights.sort((a, b) => a - b);
  const at = (share: number) => lights[Math.floor(share * (lights.length - 1))] ?? 0.2;
  const target = 0.24;
  const gain = Math.min(target / Math.max(0.002, at(0.5)), 0.85 / Math.max(0.01, at(0.86)));
  return bend(picture, gain);
}

/** Up to .7 as it is; above it ever flatter, by luminance, so that a bright sky stays blue. */
function bend({ data, width, height }: Picture, gain: number): Picture {
  const target = new Float32Array(data.length);
  const knee = 0.6;
  for (let at = 0; at < data.length; at += 3) {
    const [red, green, blue] = [(data[at] ?? 0) * gain, (data[at + 1] ?? 0) * gain, (data[at + 2] ?? 0) * gain];
    const peak = Math.max(red, green, blue) * 0.6 + luminance(red, green, blue) * 0.4;
    const bent = peak <= knee ? peak : knee + (1 - Math.exp((knee - peak) / 1.1)) * 0.75;
    const factor = peak > 0 ? bent / peak : 1;
    target[at] = red * factor;
    target[at + 1] = green * factor;
    target[at + 2] = blue * factor;
  }
  return { data: target, width, height };
}

/** What light a scene gives. */
export function describe(picture: Picture): Scene {
  const { data, width, height } = picture;
  const sums = [0, 0, 0];
  let left = 0;
  let right = 0;
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const at = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel++)
        sums[channel] = (sums[channel] ?? 0) + Math.min(1, data[at + channel] ?? 0);
      const light = luminance(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
      if (x < width / 2) left += light;
      else right += light;
    }
  }
  const count = Math.ceil(width / 2) * Math.ceil(height / 2);
  const [red = 0, green = 0, blue = 0] = sums.map((sum) => sum / count);
  const brightness = luminance(red, green, blue);
  const norm = Math.max(0.001, brightness);
  const side = (right - left) / Math.max(0.001, right + left);
  return { picture, ambient: [red / norm, green / norm, blue / norm], brightness, side };
}
