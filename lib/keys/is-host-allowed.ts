import { matchesHost, parseHostPattern } from "./host-pattern";

/**
 * Whether a request comes from a host on the list: exact, or `*.host` for those below it. A host without a port means
 * each of its ports.
 *
 * The Origin decides where there is one: `null`, which sandboxed pages send, is no host and on no list, whatever the
 * Referer says.
 *
 * @param allowlist empty means from anywhere, also from programs that send no origin
 */
export function isHostAllowed(allowlist: string[], headers: Headers): boolean {
  if (allowlist.length === 0) return true;
  const source = headers.get("origin") ?? headers.get("referer");
  if (source === null || !URL.canParse(source)) return false;
  const url = new URL(source);
  if (url.protocol !== "https:" && url.protocol !== "http:") return false;
  return allowlist.some((allowed) => {
    const pattern = parseHostPattern(allowed);
    return pattern !== null && matchesHost(pattern, url);
  });
}
