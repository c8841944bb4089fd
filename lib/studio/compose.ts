import { seededRandom } from "@/lib/seeded-random";
import { blurPicture, blurPlane } from "./blur";
import type { Cutout } from "./cutout";
import { luminance, mix, type Picture, type Plane, smoothStep } from "./picture";
import type { Placement } from "./place";
import type { Scene } from "./scene";
import type { lights } from "./wish-table";

export type Light = (typeof lights)[number];

/** A person in the image, at their place. */
export type Placed = { cutout: Cutout; placement: Placement };

type Colour = [number, number, number];

/** How much of the scene's colour falls on the person: all of it would look like a filter. */
const tint = 0.2;
/** The scene is brightest in linear light between these; so is a face in it. */
const faceLight = { least: 0.1, most: 0.4 };

/**
 * Puts people into a scene: each gets its brightness and colour, its light from the side, its glow at the rim and its
 * shade behind. The first person stands in front.
 */
export function compose(scene: Scene, people: readonly Placed[], light: Light | null): Picture {
  const lit = lightScene(scene, light);
  let picture = lit.picture;
  for (const person of people.toReversed()) picture = layOver(picture, person, lit, light);
  return light?.id === "backlit" ? withGlow(picture, people) : picture;
}

function lightScene(scene: Scene, light: Light | null): Scene {
  if (light === null) return scene;
  const { width, height, data } = scene.picture;
  const target = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += 3) {
    for (let channel = 0; channel < 3; channel++) {
      target[at + channel] = (data[at + channel] ?? 0) * light.gain * (light.colour[channel] ?? 1);
    }
  }
  const [red, green, blue] = scene.ambient.map((value, channel) => value * (light.colour[channel] ?? 1)) as Colour;
  const norm = luminance(red, green, blue);
  return {
    picture: { width, height, data: target },
    ambient: [red / norm, green / norm, blue / norm],
    brightness: scene.brightness * light.gain,
    side:
      Math.abs(light.side) > 0.1 ? Math.sign(scene.side || 1) * Math.max(light.side, Math.abs(scene.side)) : scene.side,
  };
}

function layOver(behind: Picture, { cutout, placement }: Placed, scene: Scene, light: Light | null): Picture {
  const { width, height } = behind;
  const { face } = placement;
  const alpha = cutout.alpha.data;
  const gain = gainOf(cutout, placement, scene, light);
  const inner = blurPlane(cutout.alpha, face.height * 0.03, 2).data;
  const shade = blurPlane(cutout.alpha, face.height * 0.35, 2).data;
  const around = blurPicture(behind, face.height * 0.07, 1).data;
  const colour = castOf(scene.ambient);
  const norm = luminance(...colour);
  const wrap = 0.08 + 0.2 * smoothStep(0.15, 0.7, scene.brightness);
  const middle = face.x + face.width / 2;
  const reach = face.height * 1.5;
  const strength = light?.id === "dramatic" ? 0.62 : 0.3;
  const target = new Float32Array(behind.data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const share = alpha[at] ?? 0;
      const dark = 1 - 0.16 * (shade[at] ?? 0) * (1 - share);
      const turned = Math.max(-1, Math.min(1, (x + 0.5 - middle) / reach));
      const factor = gain * (1 + strength * scene.side * turned);
      const rim = share * (1 - (inner[at] ?? 0)) * wrap;
      for (let channel = 0; channel < 3; channel++) {
        const index = at * 3 + channel;
        const own = (cutout.picture.data[index] ?? 0) * factor * ((colour[channel] ?? 1) / norm);
        const front = own + rim * 1.6 * ((around[index] ?? 0) - own) * 0.8;
        target[index] = mix((behind.data[index] ?? 0) * dark, front, share);
      }
    }
  }
  return { width, height, data: target };
}

/** The scene's colour on the person. Skin takes warm and cool light well, but never green. */
function castOf(ambient: Scene["ambient"]): Colour {
  const [red, green, blue] = ambient.map((value) => Math.max(0.2, value) ** tint) as Colour;
  return [red, Math.min(green, (red + blue) / 2), blue];
}

/** By how much the person is made lighter or darker: half of the way to what the scene's light would do. */
function gainOf({ picture, alpha }: Cutout, { face }: Placement, scene: Scene, light: Light | null): number {
  const own = faceLuminance(picture, alpha, face);
  const wanted = Math.min(faceLight.most, Math.max(faceLight.least, 0.1 + 0.5 * scene.brightness));
  const bounded = Math.min(1.7, Math.max(0.6, (wanted / own) ** 0.5));
  // at night faces are dark, but still to be seen
  return bounded * (light?.id === "night" ? 0.8 : 1);
}

function faceLuminance({ data, width, height }: Picture, alpha: Plane, face: Placement["face"]): number {
  let sum = 0;
  let count = 0;
  for (let y = Math.max(0, Math.floor(face.y)); y < Math.min(height, face.y + face.height); y += 2) {
    for (let x = Math.max(0, Math.floor(face.x)); x < Math.min(width, face.x + face.width); x += 2) {
      const at = y * width + x;
      if ((alpha.data[at] ?? 0) < 0.9) continue;
      sum += luminance(data[at * 3] ?? 0, data[at * 3 + 1] ?? 0, data[at * 3 + 2] ?? 0);
      count += 1;
    }
  }
  return count === 0 ? 0.2 : Math.max(0.02, sum / count);
}

/** A light from behind shines past hair and shoulders. */
function withGlow(picture: Picture, people: readonly Placed[]): Picture {
  const { width, height, data } = picture;
  const target = data.slice();
  for (const { cutout, placement } of people) {
    const near = blurPlane(cutout.alpha, placement.face.height * 0.06, 2).data;
    for (let at = 0; at < near.length; at++) {
      const share = cutout.alpha.data[at] ?? 0;
      const rim = share * (1 - (near[at] ?? 0)) * 1.6;
      if (rim <= 0.01) continue;
      const own = Math.max(0.08, luminance(data[at * 3] ?? 0, data[at * 3 + 1] ?? 0, data[at * 3 + 2] ?? 0));
      target[at * 3] = (target[at * 3] ?? 0) + rim * (own + 0.25) * 1.1;
      target[at * 3 + 1] = (target[at * 3 + 1] ?? 0) + rim * (own + 0.25) * 0.9;
      target[at * 3 + 2] = (target[at * 3 + 2] ?? 0) + rim * (own + 0.25) * 0.6;
    }
  }
  return { width, height, data: target };
}

/** A little darker to the corners, and the noise of a sensor, so that all of it is one photo. In place. */
export function finish({ data, width, height }: Picture, seed: number): void {
  const random = seededRandom(seed);
  for (let y = 0; y < height; y++) {
    const v = (y + 0.5) / height - 0.48;
    for (let x = 0; x < width; x++) {
      const u = (x + 0.5) / width - 0.5;
      const dark = 1 - 0.3 * smoothStep(0.2, 1.05, (u * u + v * v) * 2);
      const grain = 1 + (random() + random() - 1) * 0.035;
      const at = (y * width + x) * 3;
      data[at] = (data[at] ?? 0) * dark * grain;
      data[at + 1] = (data[at + 1] ?? 0) * dark * grain;
      data[at + 2] = (data[at + 2] ?? 0) * dark * grain;
    }
  }
}

/** A picture at another size, between its pixels. */
export function resized({ data, width, height }: Picture, toWidth: number, toHeight: number): Picture {
  if (width === toWidth && height === toHeight) return { data, width, height };
  const target = new Float32Array(toWidth * toHeight * 3);
  for (let y = 0; y < toHeight; y++) {
    const v = Math.min(height - 1, Math.max(0, ((y + 0.5) / toHeight) * height - 0.5));
    const y0 = Math.floor(v);
    const y1 = Math.min(height - 1, y0 + 1);
    for (let x = 0; x < toWidth; x++) {
      const u = Math.min(width - 1, Math.max(0, ((x + 0.5) / toWidth) * width - 0.5));
      const x0 = Math.floor(u);
      const x1 = Math.min(width - 1, x0 + 1);
      for (let channel = 0; channel < 3; channel++) {
        const above = mix(
          data[(y0 * width + x0) * 3 + channel] ?? 0,
          data[(y0 * width + x1) * 3 + channel] ?? 0,
          u - x0,
        );
        const below = mix(
          data[(y1 * width + x0) * 3 + channel] ?? 0,
          data[(y1 * width + x1) * 3 + channel] ?? 0,
          u - x0,
        );
        target[(y * toWidth + x) * 3 + channel] = mix(above, below, v - y0);
      }
    }
  }
  return { data: target, width: toWidth, height: toHeight };
}
