import { identityScore } from "@/lib/vision/compare";
import { describeFace, findLandmarks } from "@/lib/vision/faces";
import { findMesh } from "@/lib/vision/mesh";
import type { Box, Raster } from "@/lib/vision/raster";
import { clearFace } from "./face-clear";

/** The face must stay this much itself: two pictures of one person are at .5, the same picture is 1. */
const sameFace = 0.85;
/** How much is cleared at first, and by what it is lessened while the face is not the same enough. */
const [first, less] = [1, 0.5];
const rounds = 3;

/**
 * A mild clean-up of faces: grain and specks of colour go, eyes and mouth get a little clearer. Nothing is invented, and
 * the person stays who they are: where the descriptor says otherwise it is done by half, and then not at all.
 *
 * @param image upright sRGB; left as it is
 * @param boxes of the faces, as `findFaces` gives them
 * @returns the image with the faces cleared, of the same size; some .4 s a face
 */
export async function correctFaces(image: Raster, boxes: Box[]): Promise<Raster> {
  let result = image;
  for (const box of boxes) {
    const landmarks = await findLandmarks(image, box);
    const mesh = await findMesh(image, landmarks);
    const before = await describeFace(image, landmarks);
    for (let round = 0, amount = first; round < rounds; round++, amount *= less) {
      const cleared = clearFace(result, mesh.points, amount);
      const score = identityScore(await describeFace(cleared, landmarks), [before]) ?? 0;
      if (score < sameFace) continue;
      result = cleared;
      break;
    }
  }
  return result;
}
