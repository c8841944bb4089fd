import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { InvalidInputError, NotFoundError } from "@/lib/errors";
import { findReadableFaces } from "./find-readable-faces";
import { requireKeyAllows } from "./require-face";
import { NamedFace, readDirections, Similarity, similarityOf, toNamed } from "./similarity";

const maxCompared = 20;

/** `GET /v1/faces/diff?faces=alice,bob`: ids or usernames, by commas. */
export const DiffFacesQuery = z.object({
  faces: z
    .string("must name two faces or more, by commas")
    .max(1_000)
    .transform((names) => names.split(",").map((name) => name.trim()))
    .pipe(z.array(z.string().min(1, "must name a face between two commas")).min(1)),
});
export type DiffFacesQuery = z.infer<typeof DiffFacesQuery>;

export const FacesDiff = z.object({
  faces: z.array(NamedFace),
  pairs: z
    .array(z.object({ a: NamedFace, b: NamedFace, similarity: Similarity }))
    .describe("Each pair once, in the order in which the faces were named."),
});
export type FacesDiff = z.infer<typeof FacesDiff>;

/**
 * How alike faces are, pair by pair and component by component: the cosine of what they say on average.
 *
 * @throws {InvalidInputError} fewer than two different faces, or too many
 * @throws {NotFoundError} naming the first that is missing, or somebody else's
 * @throws {ForbiddenError} the API key is limited to other faces
 */
export async function diffFaces(ctx: Ctx, { faces: refs }: DiffFacesQuery): Promise<FacesDiff> {
  const found = await findReadableFaces(ctx, refs);
  for (const ref of refs) {
    const face = found.get(ref);
    if (face === undefined) throw new NotFoundError(`The face ${ref}`);
    requireKeyAllows(ctx, face);
  }
  const faces = [...new Map([...found.values()].map((face) => [face.id, face])).values()];
  if (faces.length < 2) throw new InvalidInputError("faces must name at least two different faces.", "faces");
  if (faces.length > maxCompared) throw new InvalidInputError(`faces may name at most ${maxCompared} faces.`, "faces");
  const directions = await readDirections(ctx.db, faces);
  const pairs = faces.flatMap((a, at) =>
    faces.slice(at + 1).flatMap((b) => {
      const [one, other] = [directions.get(a.id), directions.get(b.id)];
      if (one === undefined || other === undefined) return [];
      return [{ a: toNamed(a), b: toNamed(b), similarity: similarityOf(one, other) }];
    }),
  );
  return { faces: faces.map(toNamed), pairs };
}
