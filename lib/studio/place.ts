import type { Box, Raster } from "@/lib/vision/raster";
import type { PersonMatte } from "./matte-full";

/** From a pixel of the photo to one of the image: `x' = x · scale + x0`. */
export type Placement = {
  scale: number;
  x0: number;
  y0: number;
  /** the face, in pixels of the image */
  face: Box;
  /** 0 to 1: how much of the person's sides stays cut off in the middle of the image */
  openEdges: number;
};

export type PlaceWish = {
  /** of the face's height to the image's */
  share: number;
  /** where the face's middle should be, 0 to 1 */
  x: number;
  y: number;
};

const scales = Array.from({ length: 19 }, (_, index) => 0.92 * 1.06 ** index);
const shifts = [0, -0.03, 0.03, -0.06, 0.06, -0.1, 0.1, -0.14, 0.14, -0.19, 0.19, -0.25, 0.25];

/**
 * Where a person goes in an image: as near to what was wished as can be without a cut edge in sight. Where the photo ends
 * and the person does not, the image has to end too: the person grows, or moves to that edge.
 *
 * @param face in the photo
 */
export function placePerson(
  photo: Raster,
  face: Box,
  person: PersonMatte,
  wish: PlaceWish,
  width: number,
  height: number,
): Placement {
  let best: (Placement & { cost: number }) | undefined;
  for (const grow of scales) {
    const scale = (wish.share * grow * height) / face.height;
    for (const right of shifts) {
      for (const down of shifts) {
        const x0 = (wish.x + right) * width - (face.x + face.width / 2) * scale;
        const y0 = (wish.y + down) * height - (face.y + face.height / 2) * scale;
        const placement = { scale, x0, y0 };
        const open = openEdges(photo, person, placement, width, height);
        const cut = headLoss(face, person, placement, width, height);
        const away = Math.log(grow) ** 2 * 3 + Math.abs(right) * 1.3 + Math.abs(down) * 1.5;
        const cost = away + open * 6 + cut * 12;
        if (best !== undefined && cost >= best.cost) continue;
        const box = {
          x: face.x * scale + x0,
          y: face.y * scale + y0,
          width: face.width * scale,
          height: face.height * scale,
        };
        best = { ...placement, face: box, openEdges: open, cost };
      }
    }
  }
  if (best === undefined) throw new RangeError("There is nowhere to go.");
  return best;
}

type Shift = { scale: number; x0: number; y0: number };

/** The visible length of edges at which the person is cut off, as a share of the image's height. */
function openEdges(
  photo: Raster,
  person: PersonMatte,
  { scale, x0, y0 }: Shift,
  width: number,
  height: number,
): number {
  const { box, cutLeft, cutRight, cutBottom } = person;
  const bottom = Math.min(height, (box.y + box.height) * scale + y0);
  const left = Math.max(0, box.x) * scale + x0;
  const right = Math.min(photo.width, box.x + box.width) * scale + x0;
  let open = 0;
  if (cutLeft !== null && left > 0) open += Math.max(0, bottom - (cutLeft * scale + y0)) / height;
  if (cutRight !== null && right < width) open += Math.max(0, bottom - (cutRight * scale + y0)) / height;
  if (cutBottom && (box.y + box.height) * scale + y0 < height - 0.5) {
    open += (Math.min(width, right) - Math.max(0, left)) / height + 0.3;
  }
  return open;
}

/** How much of the head is outside the image, or of the photo's cut top inside it. */
function headLoss(face: Box, person: PersonMatte, { scale, x0, y0 }: Shift, width: number, height: number): number {
  const top = Math.max(person.box.y, face.y - face.height * 0.75) * scale + y0;
  const margin = 0.025 * height;
  const above = person.cutTop ? Math.max(0, top) : Math.max(0, margin - top);
  const chin = (face.y + face.height * 1.12) * scale + y0;
  const [left, right] = [(face.x - face.width * 0.3) * scale + x0, (face.x + face.width * 1.3) * scale + x0];
  return (above + Math.max(0, chin - height) + Math.max(0, -left) + Math.max(0, right - width)) / height;
}
