import { db } from "@/lib/db/client";
import { publicUrl } from "@/lib/env";
import { listedOrigin } from "./origin";
import { readEmbed } from "./read-embed";
import type { VisitorPage } from "./schemas";
import { toVisitorPage } from "./show-visitor-page";
import { createVisitorTicket, type Visitor } from "./visitor-ticket";

/** A page as it is opened; `closed`: nobody is there; `elsewhere`: the site around it is not on its list. */
export type OpenedPage =
  | { state: "open"; page: VisitorPage; ticket: string; framer: string | null }
  | { state: "closed" }
  | { state: "elsewhere" };

/**
 * Opens a face's page for a visitor.
 *
 * Browsers keep frames of other sites out by themselves, told by `frame-ancestors`. Here it is looked at once more,
 * with what the browser says of how the page was opened: only an opened page gets the ticket that chat asks for.
 *
 * @param where by itself, or in a frame
 */
export async function openVisitorPage(
  token: string,
  where: Visitor["where"],
  headers: { get(name: string): string | null },
): Promise<OpenedPage> {
  const embed = await readEmbed(token);
  if (embed === null) return { state: "closed" };
  const isFramed = /^(?:i?frame|embed|object)$/u.test(headers.get("sec-fetch-dest") ?? "");
  const framer = isFramed ? listedOrigin(embed.origins, headers.get("referer")) : null;
  if (!isFramed && !embed.isPublic) {
    // browsers that do not say how they open a page are given the benefit of the doubt where frames are meant
    if (where === "page" || headers.get("sec-fetch-dest") === "document") return { state: "closed" };
  }
  if (isFramed && framer === null && isForeign(headers)) return { state: "elsewhere" };
  const ticket = createVisitorTicket(token, isFramed ? "frame" : where);
  return { state: "open", page: await toVisitorPage(db(), embed), ticket, framer };
}

/** A site that keeps its address to itself is left to the browser. */
function isForeign(headers: { get(name: string): string | null }): boolean {
  const referrer = headers.get("referer");
  if (referrer === null || !URL.canParse(referrer)) return false;
  const { origin, host } = new URL(referrer);
  return origin !== publicUrl().origin && host !== headers.get("host");
}
