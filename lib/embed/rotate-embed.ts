import type { Ctx } from "@/lib/auth/context";
import { forget } from "@/lib/auth/memory";
import { NotFoundError } from "@/lib/errors";
import { requireFace } from "@/lib/faces/require-face";
import { requireKeyManager } from "@/lib/keys/require-key-manager";
import { toEmbedView } from "./embed-view";
import { newEmbedToken } from "./new-token";
import type { EmbedView } from "./schemas";

/**
 * Gives a face's page a new address. The old one ends at once, also for those who have it open.
 *
 * @throws {NotFoundError} the face has no page, or is not the caller's
 * @throws {ForbiddenError} the caller is a key that is limited itself
 */
export async function rotateEmbed(ctx: Ctx, { face: ref }: { face: string }): Promise<EmbedView> {
  await requireKeyManager(ctx, ["chat"]);
  const face = await requireFace(ctx, ref);
  const changed = await ctx.db.embed.updateManyAndReturn({
    where: { faceId: face.id },
    data: { token: newEmbedToken() },
    include: { apiKey: true },
  });
  const [embed] = changed;
  if (embed === undefined) throw new NotFoundError("The page");
  forget({ table: "embeds", value: embed.id });
  return toEmbedView(ctx.db, embed);
}
