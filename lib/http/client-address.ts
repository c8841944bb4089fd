import ipaddr from "ipaddr.js";
import { z } from "zod";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/** Names for the networks that proxies usually stand in. */
const named: Record<string, string[]> = {
  loopback: ["127.0.0.0/8", "::1/128"],
  private: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"],
};

/** The setting TRUST_PROXY: addresses and networks, and the names above, with commas between them. */
export const trustedProxies = z
  .string()
  .default("")
  .transform((text, context): Network[] => {
    const networks: Network[] = [];
    for (const part of text.split(/[\s,]+/).filter(Boolean)) {
      for (const one of named[part.toLowerCase()] ?? [part]) {
        const network = parseNetwork(one);
        if (network !== null) networks.push(network);
        else context.addIssue({ code: "custom", message: `${part} is no address, network, "loopback" or "private"` });
      }
    }
    return networks;
  });

/**
 * The address that a request comes from.
 *
 * Whatever a client writes into X-Forwarded-For stands left of what our own proxies add, so the right-most address
 * that is no proxy of ours is the caller's. Without trusted proxies it is the connection's, whatever the header says.
 *
 * @param forwarded the header as it came
 * @returns in its shortest form; IPv4 also when the socket speaks IPv6
 */
export function clientAddress(socket: string | undefined, forwarded: string | undefined, trusted: Network[]): string {
  let address = parse(socket ?? "");
  const before = (forwarded ?? "").split(",");
  while (address !== null && isTrusted(address, trusted)) {
    const next = parse(before.pop()?.trim() ?? "");
    // what is no address was not written by a proxy of ours
    if (next === null) break;
    address = next;
  }
  return address?.toString() ?? "unknown";
}

/** Whose calls are counted together: an address, of IPv6 the /64 that one customer has at least. */
export function addressBlock(address: string): string {
  if (!address.includes(":")) return address;
  const parsed = parse(address);
  if (parsed === null || parsed.kind() === "ipv4") return parsed?.toString() ?? "unknown";
  return `${(parsed as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":")}::/64`;
}

function isTrusted(address: Address, trusted: Network[]): boolean {
  return trusted.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
}

function parseNetwork(text: string): Network | null {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text) as Network;
  const address = parse(text);
  return address === null ? null : [address, address.kind() === "ipv4" ? 32 : 128];
}

/** Also in the forms with a port that some proxies write: `192.0.2.1:80`, `[2001:db8::1]:80`. */
function parse(text: string): Address | null {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(text)?.[1] ?? text;
  // "1" and "0x7f.1" would be addresses too
  if (!bare.includes(":") && !ipaddr.IPv4.isValidFourPartDecimal(bare)) return null;
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}
