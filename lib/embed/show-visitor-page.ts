import { isFree } from "@/lib/billing/prices";
import type { Db } from "@/lib/db/client";
import { toFaceView } from "@/lib/faces/face-views";
import { modelOfFace, type ServedModel } from "@/lib/models/catalogue";
import { type EmbedRow, readEmbed } from "./read-embed";
import { EmbedTheme, type VisitorPage } from "./schemas";
import { noPageError } from "./visitor-error";
import { visitorName } from "./visitor-name";

/** What a visitor of a page is shown. @throws {AppError} `not_found` */
export async function showVisitorPage(db: Db, token: string): Promise<VisitorPage> {
  const embed = await readEmbed(token, db);
  if (embed === null) throw noPageError();
  return toVisitorPage(db, embed);
}

export async function toVisitorPage(db: Db, embed: EmbedRow): Promise<VisitorPage> {
  const { face } = embed;
  const model = modelFor(face);
  const { fingerprint, picture } = await toFaceView(db, face);
  return {
    name: visitorName(face),
    state: (await isOpen(db, embed, model)) ? "open" : "resting",
    theme: EmbedTheme.catch("system").parse(embed.theme),
    greeting: embed.greeting,
    suggestions: embed.suggestions,
    disclosure: embed.disclosure,
    model: model === null || model.endpoint.wire === "builtin" ? null : model.id,
    fingerprint,
    picture_url: picture?.small_url ?? null,
  };
}

/** Whether it would answer now, as far as can be told without asking; credit that is used up shows with the answer. */
async function isOpen(db: Db, embed: EmbedRow, model: ServedModel | null): Promise<boolean> {
  if (model === null || embed.account.isFrozen) return false;
  if (isFree(model.price)) return true;
  const { budgetMicroUsd, spentMicroUsd } = await db.apiKey.findUniqueOrThrow({ where: { id: embed.apiKeyId } });
  return budgetMicroUsd === null || spentMicroUsd < budgetMicroUsd;
}

/** Null: the one it is set to is not served any more. */
function modelFor(face: EmbedRow["face"]): ServedModel | null {
  try {
    return modelOfFace(face);
  } catch {
    return null;
  }
}
