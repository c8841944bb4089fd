import type { Ctx } from "@/lib/auth/context";
import { forget } from "@/lib/auth/memory";
import { NotFoundError } from "@/lib/errors";
import { requireFace } from "@/lib/faces/require-face";
import { requireKeyManager } from "@/lib/keys/require-key-manager";

/**
 * Ends a face's page, with its address and its limits, at once. Its key ends with it (a trigger of the database); what
 * it spent keeps its name.
 *
 * @throws {NotFoundError} the face has none, or is not the caller's
 * @throws {ForbiddenError} the caller is a key that is limited itself
 */
export async function deleteEmbed(ctx: Ctx, { face: ref }: { face: string }): Promise<{ id: string; deleted: true }> {
  await requireKeyManager(ctx);
  const face = await requireFace(ctx, ref);
  const embed = await ctx.db.embed.findUnique({ where: { faceId: face.id } });
  if (embed === null) throw new NotFoundError("The page");
  await ctx.db.embed.deleteMany({ where: { id: embed.id } });
  forget({ table: "embeds", value: embed.id });
  return { id: embed.id, deleted: true };
}
