import { type Env, env } from "@/lib/env";
import type { HostedProvider, Wire } from "./hosted-models";

/** How a provider is reached. */
export type Endpoint = {
  /** what people call it, for messages */
  label: string;
  wire: Wire;
  /** without a trailing slash; "" for the built-in engine, a file's path for a model in this process */
  baseUrl: string;
  apiKey: string | null;
};

/** What people call the hosted providers. */
export const providerNames: Record<HostedProvider, string> = {
  openai: "OpenAI",
  anthropic: "Anthropic",
  fireworks: "Fireworks",
};

/** How a hosted provider is reached; null when it has no key here. */
export function endpointOf(provider: HostedProvider, settings: Env = env()): Endpoint | null {
  const wire = provider === "anthropic" ? "anthropic" : "openai";
  const { url, key } = {
    openai: { url: settings.OPENAI_BASE_URL, key: settings.OPENAI_API_KEY },
    anthropic: { url: settings.ANTHROPIC_BASE_URL, key: settings.ANTHROPIC_API_KEY },
    fireworks: { url: settings.FIREWORKS_BASE_URL, key: settings.FIREWORKS_API_KEY },
  }[provider];
  return key === undefined ? null : endpointAt(providerNames[provider], wire, url, key);
}

export function endpointAt(label: string, wire: Wire, baseUrl: string, apiKey: string | null): Endpoint {
  return { label, wire, baseUrl: baseUrl.replace(/\/+$/, ""), apiKey };
}
