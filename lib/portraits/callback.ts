import { isIP } from "node:net";
import type { Transaction } from "@/lib/db/client";
import { InvalidInputError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { isPublicAddress } from "@/lib/net/public-address";
import { bareHost, notPublic, requirePublicUrl } from "@/lib/net/public-url";
import { deliverCallback } from "./callback.job";

export type Announcement = {
  accountId: string;
  kind: "tune" | "prompt";
  subjectId: number;
  /** where to; null: nobody asked to be told */
  url: string | null;
};

/** Tells a callback of something, in the transaction that makes it so: the delivery is in the log from then on. */
export async function announce(tx: Transaction, { url, ...about }: Announcement): Promise<void> {
  if (url === null) return;
  const id = newId("delivery");
  await tx.callbackDelivery.create({ data: { id, url, ...about } });
  await deliverCallback.enqueue(tx, { deliveryId: id });
}

/**
 * A callback as it was sent, when it can be one. Its name is looked up only when it is told something.
 *
 * @param param as the caller wrote it: `tune.callback`
 * @throws {InvalidInputError}
 */
export function requireCallback(text: string | undefined, param: string): string | null {
  if (text === undefined) return null;
  try {
    const host = bareHost(requirePublicUrl(text));
    if (isIP(host) !== 0 && !isPublicAddress(host)) throw notPublic();
    return text;
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const sentence = error.message.replace("is not fetched", "is not called").replace("be imported", "be called");
    throw new InvalidInputError(`The callback cannot be used. ${sentence}`, param);
  }
}
