import type { Db } from "@/lib/db/client";
import { promptViewById } from "./prompt-view";
import { withPhotos } from "./tune-access";
import { toTuneView } from "./tune-view";

type Subject = { accountId: string; kind: string; subjectId: number };

/** What a callback is told: `{tune}` or `{prompt}` as it is now; null when it is not there any more. */
export async function callbackBody(db: Db, { accountId, kind, subjectId }: Subject): Promise<object | null> {
  if (kind === "prompt") {
    const prompt = await promptViewById(db, subjectId);
    return prompt === null ? null : { prompt };
  }
  const tune = await db.tune.findFirst({ where: { id: subjectId, accountId }, include: withPhotos });
  return tune === null ? null : { tune: toTuneView(tune) };
}
