import { findMatte } from "@/lib/vision/matte";
import type { Box, Matte, Raster } from "@/lib/vision/raster";

/** Where a person is in a photo, and where the photo cuts them off. */
export type PersonMatte = {
  /** 0 to 1 at a place of the photo, in its pixels */
  at(x: number, y: number): number;
  /** the person, in pixels of the photo */
  box: Box;
  /** the photo ends there and the person does not: from that row of the photo downwards; null where it is not so */
  cutLeft: number | null;
  cutRight: number | null;
  cutBottom: boolean;
  cutTop: boolean;
};

/** How far around a face its person is looked for, in heights of the face. */
const reach = { side: 3.4, above: 1.5, below: 8 };
const headReach = 1.7;
const isPerson = 0.4;
/** So near to the photo's edge the person goes on beyond it. */
const edgeShare = 0.012;

/**
 * The rough matte of one person: of the body, and finer of the head, without what does not hang together with the face.
 *
 * @param face from brow to chin, in pixels of the photo
 */
export async function findPerson(photo: Raster, face: Box): Promise<PersonMatte> {
  const [middleX, middleY] = [face.x + face.width / 2, face.y + face.height / 2];
  const left = Math.max(0, middleX - reach.side * face.height);
  const top = Math.max(0, face.y - reach.above * face.height);
  const right = Math.min(photo.width, middleX + reach.side * face.height);
  const bottom = Math.min(photo.height, face.y + reach.below * face.height);
  const bodyBox: Box = { x: left, y: top, width: right - left, height: bottom - top };
  const side = headReach * face.height;
  const headBox: Box = { x: middleX - side, y: middleY - side * 1.1, width: side * 2, height: side * 2 };
  const body = keepConnected(await findMatte(photo, bodyBox), [
    (middleX - left) / bodyBox.width,
    (middleY - top) / bodyBox.height,
  ]);
  const head = await findMatte(photo, headBox);
  const at = (x: number, y: number): number => {
    const whole = read(body, (x - bodyBox.x) / bodyBox.width, (y - bodyBox.y) / bodyBox.height);
    const [u, v] = [(x - headBox.x) / headBox.width, (y - headBox.y) / headBox.height];
    const share = Math.min(1, Math.max(0, Math.min(u, 1 - u, v, 1 - v, (0.78 - v) * 1) * 7));
    if (share <= 0) return whole;
    // the finer one may not bring back what does not belong to the person
    return whole * (1 - share) + share * Math.min(read(head, u, v), whole > 0.02 || v < 0.5 ? 1 : whole * 4);
  };
  return { at, ...extentOf(body, bodyBox, photo) };
}

function read({ data, width, height }: Matte, u: number, v: number): number {
  if (u < 0 || u > 1 || v < 0 || v > 1) return 0;
  const x = Math.min(width - 1, Math.max(0, u * width - 0.5));
  const y = Math.min(height - 1, Math.max(0, v * height - 0.5));
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [x1, y1] = [Math.min(width - 1, x0 + 1), Math.min(height - 1, y0 + 1)];
  const [s, t] = [x - x0, y - y0];
  const above = (data[y0 * width + x0] ?? 0) * (1 - s) + (data[y0 * width + x1] ?? 0) * s;
  const below = (data[y1 * width + x0] ?? 0) * (1 - s) + (data[y1 * width + x1] ?? 0) * s;
  return above * (1 - t) + below * t;
}

/** Only what hangs together with the face, by the four neighbours of each place. */
function keepConnected(matte: Matte, [u, v]: [number, number]): Matte {
  const { data, width, height } = matte;
  const start = Math.min(height - 1, Math.floor(v * height)) * width + Math.min(width - 1, Math.floor(u * width));
  const isKept = new Uint8Array(data.length);
  const open = [start];
  isKept[start] = 1;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const x = at % width;
    const next = [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width];
    for (const other of next) {
      if (other < 0 || other >= data.length || isKept[other] === 1 || (data[other] ?? 0) < isPerson) continue;
      isKept[other] = 1;
      open.push(other);
    }
  }
  // its soft rim belongs to it too
  const rim = 3;
  const kept = data.map((value, at) => {
    if (isKept[at] === 1) return value;
    const [x, y] = [at % width, Math.floor(at / width)];
    for (let row = Math.max(0, y - rim); row <= Math.min(height - 1, y + rim); row++) {
      for (let column = Math.max(0, x - rim); column <= Math.min(width - 1, x + rim); column++) {
        if (isKept[row * width + column] === 1) return value;
      }
    }
    return 0;
  });
  return { data: kept, width, height };
}

function extentOf({ data, width, height }: Matte, box: Box, photo: Raster): Omit<PersonMatte, "at"> {
  let [minX, minY, maxX, maxY] = [width, height, -1, -1];
  let [cutLeft, cutRight] = [height, height];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((data[y * width + x] ?? 0) < 0.5) continue;
      [minX, maxX, minY, maxY] = [Math.min(minX, x), Math.max(maxX, x), Math.min(minY, y), Math.max(maxY, y)];
      if (x < 2) cutLeft = Math.min(cutLeft, y);
      if (x > width - 3) cutRight = Math.min(cutRight, y);
    }
  }
  const toY = (row: number) => box.y + (row / height) * box.height;
  const isAtEdge = {
    left: box.x <= photo.width * edgeShare,
    right: box.x + box.width >= photo.width * (1 - edgeShare),
  };
  const person: Box = {
    x: box.x + (minX / width) * box.width,
    y: toY(minY),
    width: ((maxX + 1 - minX) / width) * box.width,
    height: ((maxY + 1 - minY) / height) * box.height,
  };
  // beyond the searched part the person may go on too: for placing it is the same as a photo that ends there
  return {
    box: person,
    cutLeft: cutLeft < height ? toY(cutLeft) : null,
    cutRight: cutRight < height ? toY(cutRight) : null,
    cutBottom: maxY >= height - 2,
    cutTop: minY <= 1 && (isAtEdge.left || isAtEdge.right || box.y <= photo.height * edgeShare),
  };
}
