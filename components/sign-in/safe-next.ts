const fallback = "/faces";
const base = "https://here.invalid";

/**
 * Where to go after the sign-in: paths of this site only, because a link from elsewhere must not lead elsewhere.
 * What browsers read as another host (`//host`, `/\host`, `/.//host`) is not followed, nor the way back here.
 */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith("/") || !URL.canParse(next, base)) return fallback;
  const url = new URL(next, base);
  const isHere = url.origin === base && !url.pathname.startsWith("//");
  return isHere && !/^\/(signin|api|auth)(\/|$)/.test(url.pathname) ? url.pathname + url.search + url.hash : fallback;
}
