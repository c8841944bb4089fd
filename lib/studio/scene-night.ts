import { mix, type Picture, smoothStep } from "./picture";
import { addDisc, blend, type Colour, colourOf, noise, paint } from "./scene-paint";
import { drawTerrain } from "./scene-terrain";

type Random = () => number;

const pick = <T>(random: Random, all: readonly T[], other: T): T => all[Math.floor(random() * all.length)] ?? other;

/** Light out of focus: a disc that a lens makes of a lamp, a little brighter at its rim. Size in pixels. */
function addBokeh(picture: Picture, x: number, y: number, radius: number, colour: Colour, power: number): void {
  const of = (share: number): Colour => [colour[0] * share, colour[1] * share, colour[2] * share];
  addDisc(picture, { x, y, radius, softness: Math.max(0.8, radius * 0.06), colour: of(power) });
  addDisc(picture, { x, y, radius: radius * 0.86, softness: radius * 0.14, colour: of(-power * 0.22) });
}

const lampColours = ["#ffb066", "#ffd9a0", "#ffe9c7", "#ff9a4d", "#8fb8ff", "#ff6f7f", "#a8e3ff"].map(colourOf);
const warmColours = ["#ffc173", "#ffdca6", "#ffa95c", "#ffe6c0"].map(colourOf);
const amber = colourOf("#ffb066");

/** A street at night: houses with lit windows to both sides, lamps in rows that run together, wet asphalt that mirrors them. */
export function drawCityNight(width: number, height: number, random: Random): Picture {
  const end = { x: mix(0.35, 0.65, random()), y: mix(0.52, 0.58, random()) };
  const haze = noise(random);
  const [night, dusk, glow, wall] = ["#070b1c", "#1b2547", "#6b4a3f", "#10131f"].map(colourOf) as [
    Colour,
    Colour,
    Colour,
    Colour,
  ];
  const roofs = Float32Array.from({ length: 12 }, () => mix(0.5, 1.15, random()));
  const picture = paint(width, height, (x, y) => {
    const aside = x - end.x;
    const far = Math.exp(-((aside / 0.22) ** 2) - ((y - end.y) / 0.2) ** 2);
    const sky = blend(blend(night, dusk, smoothStep(0, end.y, y)), glow, far * 0.85);
    const rise = Math.abs(aside) * (roofs[Math.floor(Math.log2(Math.abs(aside) + 0.02) * 1.6 + 10) % 12] ?? 1);
    if (y < end.y + Math.abs(aside) * 0.25 && y > end.y - rise * 1.7 - 0.03)
      return blend(wall, glow, far * 0.5 + 0.06 * haze(x * 6, y * 6));
    if (y <= end.y) return sky;
    return blend(wall, glow, 0.12 + 0.4 * Math.exp(-((aside / (0.1 + (y - end.y) * 0.7)) ** 2)) * haze(x * 3, y * 20));
  });
  addLights(picture, end, random);
  return picture;
}

/** Rows of lamps, windows and cars: small and many in the distance, large and few near. */
function addLights(picture: Picture, end: { x: number; y: number }, random: Random): void {
  const { width, height } = picture;
  const unit = width / 100;
  for (let count = 0; count < 150; count++) {
    const near = random() ** 2.2;
    const side = random() < 0.5 ? -1 : 1;
    const aside = side * (0.03 + near * mix(0.35, 0.75, random()));
    const isCar = random() < 0.3;
    const up = isCar ? 0.02 + near * 0.16 : -(0.02 + Math.abs(aside) * mix(0.1, 1.25, random()));
    const [x, y] = [(end.x + aside) * width, (end.y + up) * height];
    const radius = unit * (0.8 + near * mix(3, 8.5, random()));
    const car = side < 0 ? colourOf("#ffe9c7") : colourOf("#ff3b30");
    const colour = isCar ? car : pick(random, lampColours, amber);
    const power = (isCar ? 0.9 : mix(0.35, 1.1, random())) * mix(1, 0.34, near);
    addBokeh(picture, x, y, radius, colour, power);
    // the wet street draws its light downwards
    if (up > 0.01 || random() < 0.35) {
      const below = (end.y + Math.abs(up) * 0.9 + 0.05) * height;
      for (let step = 0; step < 5; step++)
        addDisc(picture, {
          x,
          y: below + step * unit * 2.6,
          radius: radius * 0.8,
          softness: radius * 0.8,
          colour: [colour[0] * power * 0.07, colour[1] * power * 0.07, colour[2] * power * 0.07],
        });
    }
  }
}

/** Indoors in the evening: wood, a bright window or none, a row of hanging lamps, candles further back. */
export function drawCafe(width: number, height: number, random: Random): Picture {
  const grain = noise(random);
  const [dark, wood, shelf, cream] = ["#1d110a", "#5b3a22", "#8a5c33", "#e9c793"].map(colourOf) as [
    Colour,
    Colour,
    Colour,
    Colour,
  ];
  const window = random() < 0.5 ? mix(-0.05, 0.12, random()) : mix(0.72, 0.9, random());
  const counter = mix(0.6, 0.7, random());
  const picture = paint(width, height, (x, y) => {
    const wall = blend(dark, wood, 0.35 + 0.6 * grain(x * 2, y * 2.5));
    const inWindow =
      smoothStep(window - 0.01, window, x) *
      smoothStep(window + 0.22, window + 0.21, x) *
      smoothStep(0.16, 0.17, y) *
      smoothStep(0.58, 0.57, y);
    const lit = blend(wall, cream, inWindow * (0.35 + 0.35 * grain(x * 9, y * 9)));
    const isShelf = y > 0.2 && y < counter - 0.08 && y % 0.13 < 0.012 && inWindow < 0.01;
    const bottles =
      y > 0.2 && y < counter - 0.08 && inWindow < 0.01
        ? smoothStep(0.55, 0.7, grain(x * 26, Math.floor(y / 0.13) * 7))
        : 0;
    const on = blend(lit, shelf, isShelf ? 0.8 : bottles * 0.45 * smoothStep(0.02, 0.05, y % 0.13));
    return y > counter ? blend(blend(wood, shelf, grain(x * 3, y * 14)), dark, smoothStep(counter, 1.1, y)) : on;
  });
  const unit = width / 100;
  const vanish = mix(0.3, 0.7, random());
  for (let lamp = 0; lamp < 6; lamp++) {
    const near = 1 / (1 + lamp * 0.75);
    const x = (vanish + (vanish < 0.5 ? 0.62 : -0.62) * near) * width;
    addBokeh(picture, x, height * (0.3 - 0.24 * near), unit * (1.2 + 8 * near), pick(random, warmColours, amber), 0.75);
  }
  for (let count = 0; count < 34; count++) {
    const near = random() ** 2;
    const [x, y] = [random() * width, mix(0.3, counter + 0.1, random()) * height];
    addBokeh(picture, x, y, unit * (0.9 + 4.5 * near), pick(random, warmColours, amber), mix(0.25, 0.6, random()));
  }
  return picture;
}

/** The Milky Way over dark hills, a last light on the horizon. */
export function drawStars(width: number, height: number, random: Random): Picture {
  const hill = colourOf("#0b0f17");
  return drawTerrain(
    {
      horizon: mix(0.68, 0.74, random()),
      rise: mix(60, 90, random()),
      sun: 1,
      cloud: 0,
      grain: 0.1,
      inSky: (picture) => addMilkyWay(picture, random),
      haze: colourOf("#2c3350"),
      sky: [
        [0, colourOf("#070c1f")],
        [0.4, colourOf("#15213f")],
        [0.64, colourOf("#3a4468")],
        [0.74, colourOf("#8a6f6c")],
      ],
      ground: () => hill,
    },
    width,
    height,
    random,
  );
}

function addMilkyWay(picture: Picture, random: Random): void {
  const { width, height, data } = picture;
  const dust = noise(random);
  const lean = mix(-0.5, 0.5, random());
  const middle = mix(0.35, 0.65, random());
  for (let y = 0; y < height * 0.75; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const [u, v] = [x / width, y / height];
      const off = (u - middle - lean * (v - 0.35)) / 0.17;
      const band =
        Math.exp(-off * off) * (0.35 + 0.9 * dust(u * 5, v * 5)) * smoothStep(0.36, 0.62, dust(u * 7 + 9, v * 6));
      const light = band * 0.13 * smoothStep(0.7, 0.3, v);
      data[at] = (data[at] ?? 0) + light * 0.92;
      data[at + 1] = (data[at + 1] ?? 0) + light * 0.9;
      data[at + 2] = (data[at + 2] ?? 0) + light * 1.1;
    }
  }
  const colours = ["#ffffff", "#dfe9ff", "#fff1dd"].map(colourOf);
  for (let star = 0; star < 420; star++) {
    const [x, y] = [random() * width, random() * height * 0.66];
    const size = random() ** 6;
    const colour = pick(random, colours, [1, 1, 1] as Colour);
    const power = 0.3 + size * 1.4;
    addDisc(picture, {
      x,
      y,
      radius: (0.4 + size * 0.9) * (width / 384),
      softness: 0.9,
      colour: [colour[0] * power, colour[1] * power, colour[2] * power],
    });
  }
}
