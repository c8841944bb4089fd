import ipaddr from "ipaddr.js";
import { z } from "zod";
import { jsonSetting } from "./json-setting";

export type Address = ipaddr.IPv4 | ipaddr.IPv6;
/** A network: its address, and how many bits of it count. */
export type Network = [Address, number];

/** Names for the networks that proxies usually stand in. */
const named = new Map([
  ["loopback", ["127.0.0.0/8", "::1/128"]],
  ["private", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"]],
]);

/** The setting TRUST_PROXY: addresses and networks, and the names above, with commas between them. */
export const trustedProxies = z
  .string()
  .default("")
  .transform((text, context): Network[] => {
    const networks: Network[] = [];
    for (const part of text.split(/[\s,]+/).filter(Boolean)) {
      for (const one of named.get(part.toLowerCase()) ?? [part]) {
        const network = parseNetwork(one);
        if (network !== null) networks.push(network);
        else context.addIssue({ code: "custom", message: `${part} is no address, network, "loopback" or "private"` });
      }
    }
    return networks;
  });

function parseNetwork(text: string): Network | null {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text) as Network;
  const address = parseAddress(text);
  return address === null ? null : [address, address.kind() === "ipv4" ? 32 : 128];
}

/** An address; also in the forms with a port that some proxies write: `192.0.2.1:80`, `[2001:db8::1]:80`. */
export function parseAddress(text: string): Address | null {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(text)?.[1] ?? text;
  // "1" and "0x7f.1" would be addresses too
  if (!bare.includes(":") && !ipaddr.IPv4.isValidFourPartDecimal(bare)) return null;
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

const Limit = z.number().int().min(0).max(1_000_000_000);
const Limits = z.strictObject({
  auth: Limit.optional(),
  chat: Limit.optional(),
  write: Limit.optional(),
  read: Limit.optional(),
});

/** The setting RATE_LIMITS: 0 is without end, `factor` multiplies whatever is not named. */
export const RateLimitSettings = z.strictObject({
  factor: z.number().positive().max(1_000_000).default(1),
  key: Limits.default({}),
  account: Limits.default({}),
  address: Limits.default({}),
});
export type RateLimitSettings = z.infer<typeof RateLimitSettings>;

/** RATE_LIMITS as it stands in the environment: JSON. */
export const rateLimitSettings = jsonSetting("{}", 'must be JSON, like {"factor":2,"address":{"auth":600}}').pipe(
  RateLimitSettings,
);
