import type { Ctx } from "@/lib/auth/context";
import { runTask } from "@/lib/compute/pool";
import type { Db } from "@/lib/db/client";
import { NotFoundError } from "@/lib/errors";
import { requireReadableFace } from "@/lib/faces/require-face";
import { faceStateAt } from "./version-state";
import type { VersionDiff } from "./schemas";

const diffTimeoutMs = 60_000;
/** No list of a diff is longer; `counts` tells how many there are. */
const maxListed = 500;

/** What two versions of a face have not in common, each primitive with its sources. @throws {NotFoundError} */
export async function compareVersions(
  ctx: Ctx,
  { face: ref, a, b }: { face: string; a: number; b: number },
): Promise<VersionDiff> {
  const face = await requireReadableFace(ctx, ref);
  const [from, to] = [await requireState(ctx.db, face.id, a), await requireState(ctx.db, face.id, b)];
  const rows = await ctx.db.$queryRaw<{ ids: string }[]>`
    SELECT coalesce(json_object_agg(key, id), '{}')::text AS ids FROM primitives WHERE face_id = ${face.id}`;
  const ids = JSON.parse(rows[0]?.ids ?? "{}") as Record<string, string>;
  const signal = ctx.signal === undefined ? {} : { signal: ctx.signal };
  const diff = await runTask(
    "diffVersions",
    { from, to, ids, limit: maxListed },
    { timeoutMs: diffTimeoutMs, ...signal },
  );
  return { from: a, to: b, ...diff };
}

async function requireState(db: Db, faceId: string, number: number) {
  const state = await faceStateAt(db, faceId, number, { vectors: false });
  if (state === null) throw new NotFoundError(`Version ${number} of the face`);
  return state;
}
