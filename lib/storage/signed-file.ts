import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { installationSecret, publicUrl } from "@/lib/env";
import { ForbiddenError } from "@/lib/errors";

/** What may be had by a signed address: photos of a tune, portraits that were made. */
export const signedKinds = ["photos", "portraits"] as const;
export type SignedKind = (typeof signedKinds)[number];

export type SignedFile = {
  kind: SignedKind;
  id: string;
  /** a small preview instead of the whole */ isSmall?: boolean;
};

const hourMs = 60 * 60 * 1000;

/** Where the small preview of an image lies in the store. */
export function smallKeyOf(storageKey: string): string {
  return `${storageKey}_small`;
}

/**
 * The address of a private file, good for a day for whoever has it: `/files/photos/pho_…?expires=…&signature=…`.
 *
 * It ends on a full hour, so that a file keeps its address for an hour and a browser its copy.
 */
export function signedPath(file: SignedFile, now = Date.now()): string {
  const expires = (Math.ceil(now / hourMs) * hourMs + 24 * hourMs) / 1000;
  const size = file.isSmall ? "size=small&" : "";
  return `/files/${file.kind}/${file.id}?${size}expires=${expires}&signature=${sign(file, expires)}`;
}

/** The same with the installation's own host before it, for those who are elsewhere. */
export function signedUrl(file: SignedFile, now = Date.now()): string {
  return new URL(signedPath(file, now), publicUrl()).href;
}

/**
 * @param expires seconds since 1970, as the address says
 * @returns how many seconds are left
 * @throws {ForbiddenError} the address was not made here, was changed, or is over
 */
export function requireSignature(file: SignedFile, expires: number, signature: string, now = Date.now()): number {
  const expected = Buffer.from(sign(file, expires));
  const told = Buffer.from(signature);
  if (told.length !== expected.length || !timingSafeEqual(told, expected)) {
    throw new ForbiddenError("The signature of this address is not valid. Ask for the address again.");
  }
  const seconds = Math.floor(expires - now / 1000);
  if (seconds <= 0) throw new ForbiddenError("This address has expired. Ask for it again.");
  return seconds;
}

function sign({ kind, id, isSmall }: SignedFile, expires: number): string {
  const key = new Uint8Array(hkdfSync("sha256", installationSecret(), "faces", "signed-file", 32));
  return createHmac("sha256", key)
    .update(`${kind}/${id}${isSmall ? "/small" : ""} ${expires}`)
    .digest("base64url");
}
