/** Who asks to be signed in, as far as the connection tells. */
export type Caller = { userAgent: string | null; address: string };

/**
 * Reads the caller off a request.
 *
 * Of several forwarded addresses the last counts: it was added by the proxy that is nearest, or by the server itself;
 * those before it are whatever the caller wrote.
 */
export function callerOf(headers: { get(name: string): string | null }): Caller {
  const forwarded = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  return { userAgent: headers.get("user-agent"), address: forwarded || "unknown" };
}
