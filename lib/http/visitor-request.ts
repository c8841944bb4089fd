import { callerOf } from "@/lib/auth/caller";
import { publicUrl } from "@/lib/env";
import { ForbiddenError } from "@/lib/errors";
import { addressBlock } from "./client-address";

/**
 * A visitor talks through a page of this installation: browsers say so with every POST, and a script of another site
 * cannot say otherwise.
 *
 * @throws {ForbiddenError}
 */
export function requireOwnPage({ headers }: Request): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  if (origin !== null && isOwn(origin, headers.get("host")) && (site === null || site === "same-origin")) return;
  throw new ForbiddenError("This page can be talked to from itself only. Open it in a browser.");
}

function isOwn(origin: string, host: string | null): boolean {
  return origin === publicUrl().origin || (URL.canParse(origin) && new URL(origin).host === host);
}

/** Where a visitor calls from, as far as limits need it. */
export function visitorPlace(headers: Headers): { address: string; browser: string } {
  const { address, userAgent } = callerOf(headers);
  return { address: addressBlock(address), browser: `${userAgent ?? ""}\n${headers.get("accept-language") ?? ""}` };
}
