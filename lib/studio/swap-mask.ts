import { features, leftEye, mouthInside, rightEye } from "./mesh-regions";
import { blur } from "./warp-blur";
import { type Plane, fillOutline } from "./warp-triangles";

/** What decides where the new face stands; all of one size. */
export type MaskParts = {
  /** 1 where the mesh covers a pixel */
  covered: Plane;
  /** how much each pixel looks like the skin of the input, and of the photo, 0 to 1 */
  own: Plane;
  theirs: Plane;
  /** how well the photo shows what is there, 0 to 1 */
  shown: Float32Array;
};

/**
 * Where the new face stands, 0 to 1: inside the outline, softly; not where hair, or anything else that is no skin,
 * reaches over either face from outside; nowhere that the photo does not show.
 *
 * @param points of the new face
 * @param height of the face, in pixels
 */
export function maskOf(points: Float32Array, { covered, own, theirs, shown }: MaskParts, height: number): Plane {
  const { width } = covered;
  const outline = blur(covered, height * 0.045);
  const core = fillOutline(points, features, width, covered.height);
  const soft = blur(core, height * 0.03).data;
  const over = [own, theirs].map((skin) => overhang(covered, core, skin));
  const hidden = {
    ...covered,
    data: covered.data.map((_, index) => Math.max(over[0]?.[index] ?? 0, over[1]?.[index] ?? 0)),
  };
  // hair throws a shadow on the skin beside it
  const near = blur(hidden, height * 0.04).data;
  const data = outline.data.map((share, index) => {
    const free = 1 - (1 - smooth(soft[index] ?? 0)) * smooth(((near[index] ?? 0) - 0.02) / 0.3);
    return smooth((share - 0.5) / 0.45) * free * smooth(((shown[index] ?? 0) - 0.15) / 0.35);
  });
  return blur({ ...covered, data }, height * 0.012);
}

/** 1 where what is no skin hangs together with the outside of the face: hair, not a mole or a shadow. */
function overhang(covered: Plane, core: Plane, skin: Plane): Float32Array {
  const { data, width, height } = covered;
  const over = new Float32Array(data.length);
  const isOver = (index: number) => data[index] === 1 && core.data[index] === 0 && (skin.data[index] ?? 0) < 0.5;
  const waiting: number[] = [];
  const visit = (index: number) => {
    if (over[index] === 1 || !isOver(index)) return;
    over[index] = 1;
    waiting.push(index);
  };
  const around = (index: number) => [index - 1, index + 1, index - width, index + width];
  for (let index = 0; index < data.length; index++) {
    const [x, y] = [index % width, Math.floor(index / width)];
    const isEdge = x === 0 || y === 0 || x === width - 1 || y === height - 1;
    if (data[index] === 1 && (isEdge || around(index).some((other) => data[other] === 0))) visit(index);
  }
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop())
    for (const other of around(index)) visit(other);
  return over;
}

/** Inside the eyes and the mouth, 0 to 1. */
export function insides(points: Float32Array, size: { width: number; height: number }, height: number): Plane {
  const data = new Float32Array(size.width * size.height);
  for (const outline of [leftEye, rightEye, mouthInside]) {
    const part = fillOutline(points, outline, size.width, size.height).data;
    for (let index = 0; index < data.length; index++) data[index] = Math.max(data[index] ?? 0, part[index] ?? 0);
  }
  return blur({ data, width: size.width, height: size.height, channels: 1 }, height * 0.01);
}

/** 0 below 0, 1 above 1, and between them without a corner. */
function smooth(value: number): number {
  const within = Math.min(1, Math.max(0, value));
  return within * within * (3 - 2 * within);
}
