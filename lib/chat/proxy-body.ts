import { InvalidInputError } from "@/lib/errors";
import { type JsonKey, jsonKeys } from "./json-keys";
import type { ProxiedProvider, ProxyRequest } from "./proxy";

/** Fields by which a call is priced: where one stands twice, the provider might read the other. */
const pricedKeys = new Set([
  "model",
  "stream",
  "stream_options",
  "max_tokens",
  "max_completion_tokens",
  "n",
  "service_tier",
  "speed",
  "inference_geo",
  "tools",
  "web_search_options",
]);

/**
 * The body for the provider: the client's own bytes. Only an OpenAI stream is asked for its usage, if the client did
 * not, which is taken out again on the way back; every other byte stays.
 *
 * @throws {InvalidInputError} a field by which the call is priced stands twice
 */
export function proxyBody(provider: ProxiedProvider, request: ProxyRequest, bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  const keys = jsonKeys(text);
  requireOnce(keys);
  if (provider === "anthropic" || request.stream !== true || asksForUsage(request)) return bytes;
  const options = keys.find(({ key }) => key === "stream_options");
  const asked = JSON.stringify({ ...objectOf(request.stream_options), include_usage: true });
  if (options !== undefined) {
    return new TextEncoder().encode(text.slice(0, options.start) + asked + text.slice(options.end));
  }
  const begin = text.indexOf("{") + 1;
  return new TextEncoder().encode(`${text.slice(0, begin)}"stream_options":${asked},${text.slice(begin)}`);
}

/** Whether the client wants the usage of a stream itself. */
export function asksForUsage(request: ProxyRequest): boolean {
  return objectOf(request.stream_options)["include_usage"] === true;
}

function requireOnce(keys: readonly JsonKey[]): void {
  const seen = new Set<string>();
  for (const { key } of keys) {
    // some gateways read keys whatever their case
    const name = key.toLowerCase();
    if (seen.has(name) && pricedKeys.has(name)) {
      throw new InvalidInputError(`The field \`${name}\` stands twice in the request. Leave one of them out.`, name);
    }
    seen.add(name);
  }
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
