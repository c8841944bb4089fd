import type { Ctx } from "@/lib/auth/context";
import type { Prisma } from "@/lib/db/client";
import { limitedFaces } from "@/lib/faces/require-face";
import { signedPath } from "@/lib/storage/signed-file";
import type { PortraitView } from "./portrait-schemas";
import { PromptOptions } from "./prompt-schemas";

/** What a view of an order's people needs. */
export const withPeople = {
  references: {
    orderBy: { position: "asc" },
    include: { tune: { include: { face: { select: { id: true, username: true, name: true } } } } },
  },
} satisfies Prisma.PromptInclude;

export type PromptWithPeople = Prisma.PromptGetPayload<{ include: typeof withPeople }>;

export const withPrompt = { prompt: { include: withPeople }, pictureOf: { select: { id: true } } } as const;

export type PortraitRow = Prisma.PortraitGetPayload<{ include: typeof withPrompt }>;

/** The orders that the caller may see: their own, and with a limited key those in which only its faces are. */
export function visiblePrompts(ctx: Ctx): Prisma.PromptWhereInput {
  const faces = limitedFaces(ctx);
  const { accountId } = ctx.actor;
  if (faces === null) return { accountId };
  return { accountId, references: { some: {}, every: { tune: { face: faces } } } };
}

/** Who is in an order's images, and whose face the first of them is. */
export function peopleOf({ references }: PromptWithPeople): Pick<PortraitView, "face" | "tunes"> {
  return {
    face: references[0]?.tune.face ?? null,
    tunes: references.map(({ tune, strength }) => ({ id: tune.id, title: tune.title, strength })),
  };
}

/** A portrait as pages show it. */
export function toPortraitView(row: PortraitRow): PortraitView {
  const { id, prompt } = row;
  return {
    id,
    url: signedPath({ kind: "portraits", id }),
    small_url: signedPath({ kind: "portraits", id, isSmall: true }),
    width: row.width,
    height: row.height,
    byte_size: row.byteSize,
    seed: Number(row.seed),
    identity_score: row.identityScore,
    is_favourite: row.isFavourite,
    is_picture: row.pictureOf !== null,
    is_mock: prompt.isMock,
    prompt_id: prompt.id,
    text: prompt.text,
    negative_prompt: prompt.negativeText,
    engine: prompt.engine,
    super_resolution: PromptOptions.parse(prompt.options).super_resolution,
    ...peopleOf(prompt),
    created_at: row.createdAt.toISOString(),
  };
}
