import { z } from "zod";
import { components } from "@/lib/compile/grammar";
import type { Db, Prisma } from "@/lib/db/client";
import { dot, packedVectorBytes, unpackVector } from "@/lib/models/vector";
import { readCompositions } from "./composition";
import { readParts } from "./parts";

/** In what two faces are compared: as a whole and in each component, in the order of the stored centroids. */
export const aspects = ["face", ...components] as const;
export type Aspect = (typeof aspects)[number];

/** Cosines from -1 to 1; null where one of the two has nothing. */
export const Similarity = z.record(z.enum(aspects), z.number().nullable());
export type Similarity = Record<Aspect, number | null>;

/** What comparing needs of a face. */
export const comparedColumns = {
  id: true,
  username: true,
  name: true,
  formula: true,
  centroids: true,
} satisfies Prisma.FaceSelect;
export type ComparedFace = Prisma.FaceGetPayload<{ select: typeof comparedColumns }>;

/** The mean direction of a face in each aspect, a unit vector; null where it has nothing. */
export type Directions = Record<Aspect, Float32Array | null>;

/**
 * The directions of faces, of a composite those of the set that its formula makes. One query where there are
 * composites; one that changed since it was last looked at is worked out anew.
 */
export async function readDirections(db: Db, faces: readonly ComparedFace[]): Promise<Map<string, Directions>> {
  const parts = await readParts(db, faces);
  const compositions = await readCompositions(db, faces, parts);
  return new Map(faces.map(({ id, centroids }) => [id, toDirections(compositions.get(id)?.centroids ?? centroids)]));
}

function toDirections(packed: Uint8Array | null): Directions {
  const at = (place: number) => {
    const bytes = packed?.subarray(place * packedVectorBytes, (place + 1) * packedVectorBytes);
    return bytes?.byteLength === packedVectorBytes && bytes.some((byte) => byte !== 0) ? unpackVector(bytes) : null;
  };
  const [face, alpha, beta, delta, epsilon] = aspects.map((_aspect, place) => at(place));
  return {
    face: face ?? null,
    alpha: alpha ?? null,
    beta: beta ?? null,
    delta: delta ?? null,
    epsilon: epsilon ?? null,
  };
}

/** How alike two faces are, to four places. */
export function similarityOf(a: Directions, b: Directions): Similarity {
  const cosine = (aspect: Aspect) => {
    const [one, other] = [a[aspect], b[aspect]];
    return one === null || other === null ? null : Math.round(dot(one, other) * 1e4) / 1e4;
  };
  return {
    face: cosine("face"),
    alpha: cosine("alpha"),
    beta: cosine("beta"),
    delta: cosine("delta"),
    epsilon: cosine("epsilon"),
  };
}

/** A face as comparisons name it. */
export const NamedFace = z.object({ id: z.string(), username: z.string(), name: z.string().nullable() });
export type NamedFace = z.infer<typeof NamedFace>;

export function toNamed({ id, username, name }: NamedFace): NamedFace {
  return { id, username, name };
}
