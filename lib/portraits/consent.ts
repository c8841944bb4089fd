import type { Ctx } from "@/lib/auth/context";
import type { Consent } from "./tune-schemas";

const vouched = "Whoever sends photos vouches that the person in them agrees to their use for portraits.";

/**
 * What is recorded of the consent of the person in the photos: who said that there is one, in which words, when. By the
 * terms of the API, calling it with photos says so.
 *
 * @param text words of the request; on the page those beside the checkbox
 * @param isOnPage it was said by a checkbox
 */
export async function consentOf({ actor, db }: Ctx, text: string | undefined, isOnPage: boolean): Promise<Consent> {
  const at = new Date().toISOString();
  const { credential } = actor;
  const key =
    credential.kind === "session"
      ? null
      : await db.apiKey.findUnique({ where: { id: credential.keyId }, select: { name: true } });
  const by = key === null ? "person" : `key: ${key.name}`;
  if (text === undefined) return { by, how: "vouched", text: vouched, at };
  return { by, how: isOnPage ? "checkbox" : "words", text, at };
}
