import { anthropicVersion } from "./anthropic-engine";
import type { ProxiedProvider } from "./proxy";
import type { UpstreamResponse } from "./upstream";

/** Headers of the client that belong to the provider's wire. Its credentials are ours, so no others. */
const forwarded = ["anthropic-version", "anthropic-beta", "openai-beta", "x-client-request-id"];

/** Headers of the answer that mean something behind a proxy; whose account it is at the provider does not. */
const returned =
  /^(?:content-type|retry-after(?:-ms)?|request-id|x-should-retry|x-ratelimit-.*|anthropic-(?!organization).*|openai-(?!organization|project).*)$/;

/** What of the client's headers goes to the provider. */
export function providerHeaders(provider: ProxiedProvider, headers: Headers): Record<string, string> {
  const sent: Record<string, string> = provider === "anthropic" ? { "anthropic-version": anthropicVersion } : {};
  for (const name of forwarded) {
    const value = headers.get(name);
    if (value !== null) sent[name] = value;
  }
  return sent;
}

/** What of the provider's headers goes to the client. Its own request id has a name of its own beside ours. */
export function clientHeaders({ headers }: UpstreamResponse): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    if (returned.test(name)) kept[name] = String(value);
    if (name === "x-request-id") kept["x-upstream-request-id"] = String(value);
  }
  return kept;
}
