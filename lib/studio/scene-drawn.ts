import { mix, type Picture, smoothStep } from "./picture";
import { drawCafe, drawCityNight, drawStars } from "./scene-night";
import { blend, type Colour, colourOf, noise, paint } from "./scene-paint";
import { drawSea } from "./scene-sea";
import { drawMountains, drawSnow } from "./scene-terrain";

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
  mountains: drawMountains,
  snow: drawSnow,
  sea: drawSea,
  library,
  "city-night": drawCityNight,
  cafe: drawCafe,
  stars: drawStars,
};
