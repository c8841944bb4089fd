import { mix, type Picture, smoothStep } from "./picture";
import { addDisc, blend, type Colour, colourOf, noise, paint, ramp } from "./scene-paint";

type Draw = (width: number, height: number, random: () => number) => Picture;

const between = (random: () => number, from: number, to: number) => mix(from, to, random());

/** Paper on a roll with a light on it: brightest behind the head, darker to the corners and the floor. */
function backdrop(middle: string, edge: string): Draw {
  return (width, height, random) => {
    const [centreX, centreY] = [between(random, 0.35, 0.65), between(random, 0.3, 0.42)];
    const grain = noise(random);
    const [inner, outer] = [colourOf(middle), colourOf(edge)];
    return paint(width, height, (x, y) => {
      const far = Math.hypot((x - centreX) * 1.05, (y - centreY) * 0.85);
      const cloth = (grain(x * 3, y * 3) - 0.5) * 0.12;
      return blend(inner, outer, Math.min(1, Math.max(0, smoothStep(0.05, 0.95, far) + cloth)));
    });
  };
}

const backdropColours = [
  ["#d98a63", "#7c3f2a"],
  ["#5c86a8", "#24405a"],
  ["#7f9d7a", "#38523a"],
  ["#b58fb0", "#5a3b5c"],
  ["#e0b95c", "#8c6420"],
] as const;

const colouredBackdrop: Draw = (width, height, random) => {
  const [middle, edge] = backdropColours[Math.floor(random() * backdropColours.length)] ?? backdropColours[0];
  return backdrop(middle, edge)(width, height, random);
};

/** Ridge behind ridge, each nearer one darker and less blue, snow on the far ones. */
const mountains: Draw = (width, height, random) => {
  const ridges = [0.34, 0.44, 0.56, 0.7].map((base, index) => ({
    base: base + between(random, -0.03, 0.03),
    rise: [0.26, 0.2, 0.15, 0.1][index] ?? 0.1,
    shape: noise(random),
    scale: between(random, 2.2, 3.4) * (1 + index * 0.35),
  }));
  const rock = ["#8fa6bf", "#6b8199", "#4c6152", "#3a4b35"].map(colourOf);
  const sky = [
    [0, colourOf("#4f86bd")],
    [0.3, colourOf("#a9cbe6")],
    [0.5, colourOf("#e6eef2")],
  ] as const;
  const patches = noise(random);
  return paint(width, height, (x, y) => {
    for (let index = ridges.length - 1; index >= 0; index--) {
      const { base, rise, shape, scale } = ridges[index] ?? { base: 1, rise: 0, shape: patches, scale: 1 };
      const peak = 1 - Math.abs(2 * shape(x * scale, index * 5) - 1);
      const top = base - rise * peak ** 1.5;
      if (y < top) continue;
      const depth = (y - top) / 0.3;
      const colour = rock[index] ?? colourOf("#3a4b35");
      const light = 0.8 + 0.5 * patches(x * 9 + index * 3, y * 9);
      const lit: Colour = [colour[0] * light, colour[1] * light, colour[2] * light];
      const snowLine = index < 2 ? smoothStep(0.16 + 0.2 * patches(x * 12, y * 6), 0.02, depth) : 0;
      const hazy = blend(lit, colourOf("#c8d8e4"), Math.max(0, 0.35 - index * 0.12) + 0.15 * Math.min(1, depth));
      return blend(hazy, colourOf("#f4f7fa"), snowLine * 0.9);
    }
    return blend(ramp(sky, y), colourOf("#ffffff"), smoothStep(0.55, 0.8, patches(x * 4, y * 7)) * 0.5);
  });
};

const sea: Draw = (width, height, random) => {
  const horizon = between(random, 0.42, 0.5);
  const clouds = noise(random);
  const waves = noise(random);
  const sky = [
    [0, colourOf("#6fa3cf")],
    [horizon, colourOf("#e8eef0")],
  ] as const;
  const sand = between(random, 0.8, 0.88);
  return paint(width, height, (x, y) => {
    if (y < horizon) return blend(ramp(sky, y), colourOf("#ffffff"), smoothStep(0.5, 0.8, clouds(x * 3, y * 9)) * 0.6);
    const near = (y - horizon) / (1 - horizon);
    if (y > sand + 0.015 * clouds(x * 4, 2))
      return blend(colourOf("#cdb48c"), colourOf("#e8d7b5"), clouds(x * 7, y * 20));
    const glint = smoothStep(0.6, 0.78, waves(x * (14 - near * 8), y * (90 - near * 50)));
    return blend(blend(colourOf("#7fa9b8"), colourOf("#2d6078"), near), colourOf("#f2f6f4"), glint * 0.55);
  });
};

const snow: Draw = (width, height, random) => {
  const horizon = between(random, 0.5, 0.58);
  const shape = noise(random);
  const flakes = noise(random);
  return paint(width, height, (x, y) => {
    const trees = horizon - 0.16 * shape(x * 14, 1) - 0.03;
    if (y < trees)
      return ramp(
        [
          [0, colourOf("#a9bed0")],
          [0.5, colourOf("#e3eaee")],
        ],
        y,
      );
    if (y < horizon)
      return blend(colourOf("#7d93a0"), colourOf("#dfe7eb"), smoothStep(0.45, 0.7, flakes(x * 26, y * 30)));
    return blend(colourOf("#f3f6f8"), colourOf("#c7d3dd"), smoothStep(0.4, 0.75, shape(x * 4, y * 12)));
  });
};

const autumn: Draw = (width, height, random) => {
  const leaves = noise(random);
  const light = noise(random);
  const colours = ["#7a3b12", "#c4661b", "#e5a02e", "#f3d27a", "#fdf3cf"].map(colourOf);
  const picture = paint(width, height, (x, y) => {
    const fall = leaves(x * 7, y * 7) * 0.75 + light(x * 3, y * 2) * 0.45 - smoothStep(0.6, 1, y) * 0.35;
    const place = Math.min(0.999, Math.max(0, (fall - 0.25) * 1.5)) * (colours.length - 1);
    const at = Math.floor(place);
    return blend(colours[at] ?? [0, 0, 0], colours[at + 1] ?? [1, 1, 1], place - at);
  });
  for (let count = 0; count < 40; count++) {
    const colour = colours[3 + Math.floor(random() * 2)] ?? colourOf("#fdf3cf");
    const [x, y] = [random() * width, random() * height * 0.7];
    addDisc(picture, { x, y, radius: 2, colour: [colour[0] * 3, colour[1] * 3, colour[2] * 3] });
  }
  return picture;
};

/** Lamps out of focus in front of dark walls; the lens makes discs of them. */
function lamps(dark: readonly [string, string], colours: readonly string[], count: number): Draw {
  return (width, height, random) => {
    const walls = noise(random);
    const [low, high] = [colourOf(dark[0]), colourOf(dark[1])];
    const picture = paint(width, height, (x, y) => {
      const block = Math.floor(x * 9 + walls(x, 3) * 2);
      const share = 0.5 * walls(block * 3.7, 5) + 0.5 * walls(x * 3, y * 4);
      return blend(low, high, share * (1 - 0.5 * y));
    });
    for (let lamp = 0; lamp < count; lamp++) {
      const colour = colourOf(colours[Math.floor(random() * colours.length)] ?? "#ffffff");
      const power = between(random, 8, 40);
      const place = { x: random() * width, y: (0.06 + 0.72 * random() ** 0.8) * height };
      addDisc(picture, {
        ...place,
        radius: between(random, 0.7, 1.8),
        softness: 0.8,
        colour: [colour[0] * power, colour[1] * power, colour[2] * power],
      });
    }
    return picture;
  };
}

const library: Draw = (width, height, random) => {
  const rows = 6;
  const spines = Array.from({ length: rows }, () => {
    const books: { end: number; colour: Colour; top: number }[] = [];
    const colours = ["#6b2f22", "#2f3f4f", "#7d6233", "#3f4c33", "#8c7a5b", "#4a2c3b", "#b59b6a", "#27313a"];
    for (let end = 0; end < 1.05;) {
      end += between(random, 0.018, 0.045);
      books.push({
        end,
        colour: colourOf(colours[Math.floor(random() * colours.length)] ?? "#6b2f22"),
        top: random() * 0.22,
      });
    }
    return books;
  });
  const wood = colourOf("#3b2416");
  const glow = between(random, 0.2, 0.8);
  return paint(width, height, (x, y) => {
    const row = Math.min(rows - 1, Math.floor(y * rows));
    const inRow = y * rows - row;
    const book = spines[row]?.find(({ end }) => x < end);
    const light = 0.55 + 0.9 * Math.exp(-((x - glow) ** 2 + (y - 0.3) ** 2) * 5);
    const colour = inRow > 0.88 || book === undefined ? wood : inRow < book.top ? colourOf("#160d08") : book.colour;
    return [colour[0] * light * 1.15, colour[1] * light, colour[2] * light * 0.85];
  });
};

/** Scenes that no panorama has. The pictures are linear light, to be blurred by the lens. */
export const drawnScenes: Record<string, Draw> = {
  "studio-grey": backdrop("#c3c6c8", "#77797c"),
  "studio-white": backdrop("#fafafa", "#e6e7e9"),
  "studio-dark": backdrop("#4a4b50", "#0c0c0e"),
  "studio-colour": colouredBackdrop,
  mountains,
  sea,
  snow,
  autumn,
  library,
  "city-night": lamps(["#060810", "#232b45"], ["#ffb066", "#ffd9a0", "#7fb4ff", "#ff6f8f", "#9de0ff", "#ffe9c7"], 90),
  cafe: lamps(["#1c100a", "#5e3d26"], ["#ffc173", "#ffdca6", "#ff9d4d", "#fff0d0"], 46),
};
