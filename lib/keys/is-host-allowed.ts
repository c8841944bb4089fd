/**
 * Whether a request comes from a host on the list: exact, or `*.host` for its subdomains.
 *
 * @param allowlist empty means from anywhere, also from programs that send no origin
 */
export function isHostAllowed(allowlist: string[], headers: Headers): boolean {
  if (allowlist.length === 0) return true;
  const source = headers.get("origin") ?? headers.get("referer");
  if (source === null || !URL.canParse(source)) return false;
  const { host, hostname } = new URL(source);
  return allowlist.some((allowed) =>
    allowed.startsWith("*.") ? hostname.endsWith(allowed.slice(1)) : allowed === host || allowed === hostname,
  );
}
