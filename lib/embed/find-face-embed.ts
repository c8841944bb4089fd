import type { Ctx } from "@/lib/auth/context";
import { requireFace } from "@/lib/faces/require-face";
import { toEmbedView } from "./embed-view";
import type { EmbedView } from "./schemas";

/** The page of a face; null: none was made. @throws {NotFoundError} of the face */
export async function findFaceEmbed(ctx: Ctx, { face: ref }: { face: string }): Promise<EmbedView | null> {
  const face = await requireFace(ctx, ref);
  const embed = await ctx.db.embed.findUnique({ where: { faceId: face.id }, include: { apiKey: true } });
  return embed && toEmbedView(ctx.db, embed);
}
