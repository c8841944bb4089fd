/** A site as `frame-ancestors` names it: one origin, or with `*.` those below a host. */
export type SiteOrigin = { scheme: "https" | "http"; isBelow: boolean; hostname: string; port: string };

const wildcard = /^\*\./u;

/**
 * Reads a site's origin: `https://example.com`, `example.com`, `https://*.example.com`, `http://localhost:5173`.
 *
 * @returns with `problem`, a piece of a sentence, when it is none that a browser understands
 */
export function parseOrigin(text: string): SiteOrigin | { problem: string } {
  const trimmed = text.trim();
  const [, written, rest = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/isu.exec(trimmed) ?? [];
  const scheme = (written ?? "https").toLowerCase();
  if (scheme !== "https" && scheme !== "http") return { problem: "must begin with https:// or http://" };
  const bare = rest.replace(/\/$/u, "");
  if (bare === "" || bare === "*") return { problem: "must name a site, such as https://example.com" };
  if (/[\s/?#@\\;,'"]|:$/u.test(bare)) return { problem: "must be a site alone, without a path" };
  const isBelow = wildcard.test(bare);
  const host = bare.replace(wildcard, "");
  if (host.includes("*")) return { problem: "may hold a * only in front, as in https://*.example.com" };
  const address = `${scheme}://${host}`;
  if (!URL.canParse(address)) return { problem: "is not a site" };
  const { hostname: found, port } = new URL(address);
  const hostname = found.replace(/\.$/u, "");
  if (hostname.startsWith("[")) return { problem: "must be a name: browsers cannot be told addresses of IPv6" };
  if (hostname.split(".").some((label) => !/^[a-z0-9_-]+$/u.test(label))) return { problem: "is not a site" };
  // everybody under a country's or a kind's ending is nobody in particular
  if (isBelow && !hostname.includes(".")) return { problem: "must name more than an ending behind *." };
  return { scheme, isBelow, hostname, port };
}

/** An origin as it is stored and shown. */
export function writeOrigin({ scheme, isBelow, hostname, port }: SiteOrigin): string {
  return `${scheme}://${isBelow ? "*." : ""}${hostname}${port === "" ? "" : `:${port}`}`;
}

/** The site of the list from which a page was framed; null: none of them. */
export function listedOrigin(origins: readonly string[], referrer: string | null): string | null {
  if (referrer === null || !URL.canParse(referrer)) return null;
  const { protocol, hostname, port, origin } = new URL(referrer);
  const isListed = origins.some((listed) => {
    const site = parseOrigin(listed);
    if (!("hostname" in site) || `${site.scheme}:` !== protocol || site.port !== port) return false;
    return site.isBelow ? hostname.endsWith(`.${site.hostname}`) : hostname === site.hostname;
  });
  return isListed ? origin : null;
}
