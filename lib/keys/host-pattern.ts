const defaultPorts: Record<string, string> = { "http:": "80", "https:": "443" };

/** A host as an allowlist names it: `*.` for the hosts below it, a port where only that one is meant. */
export type HostPattern = { isBelow: boolean; hostname: string; port: string | null };

/**
 * Reads a host from an allowlist: `app.example.com`, `*.example.com`, `localhost:3000`, also as a whole origin, with
 * letters of any script. Names are compared as DNS has them: lower case, IDNA, without the root's dot.
 *
 * @returns null when it is none
 */
export function parseHostPattern(text: string): HostPattern | null {
  const bare = text
    .trim()
    .replace(/^https?:\/\//iu, "")
    .replace(/\/$/u, "");
  const isBelow = bare.startsWith("*.");
  const host = isBelow ? bare.slice(2) : bare;
  if (host === "" || /[\s/?#@*\\]/u.test(host) || !URL.canParse(`https://${host}`)) return null;
  const hostname = bareName(new URL(`https://${host}`).hostname);
  if (hostname === "" || hostname.split(".").some((label) => label === "") || (isBelow && hostname.startsWith("[")))
    return null;
  return { isBelow, hostname, port: /:(\d+)$/u.exec(host)?.[1] ?? null };
}

/** A pattern as it is stored and shown. */
export function writeHostPattern({ isBelow, hostname, port }: HostPattern): string {
  return `${isBelow ? "*." : ""}${hostname}${port === null ? "" : `:${Number(port)}`}`;
}

/** Whether a page at this address is on a host of the pattern. */
export function matchesHost(pattern: HostPattern, { protocol, hostname, port }: URL): boolean {
  const name = bareName(hostname);
  const isNamed = pattern.isBelow ? name.endsWith(`.${pattern.hostname}`) : name === pattern.hostname;
  return isNamed && (pattern.port === null || Number(pattern.port) === Number(port || defaultPorts[protocol]));
}

function bareName(hostname: string): string {
  return hostname.toLowerCase().replace(/\.$/u, "");
}
