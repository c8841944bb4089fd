import type { Ctx } from "@/lib/auth/context";
import { requireReadableFace } from "@/lib/faces/require-face";
import { Fidelity } from "./schemas";

/** A face's fidelity card; null before the first sync, and for a moment after a text was deleted. @throws {NotFoundError} */
export async function showFidelity(ctx: Ctx, ref: { face: string }): Promise<Fidelity | null> {
  const face = await requireReadableFace(ctx, ref.face);
  return face.fidelity === null ? null : Fidelity.parse(face.fidelity);
}
