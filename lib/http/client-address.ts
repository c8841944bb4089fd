import type { IPv6 } from "ipaddr.js";
import { type Address, type Network, parseAddress } from "@/lib/request-settings";

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
  let address = parseAddress(socket ?? "");
  const before = (forwarded ?? "").split(",");
  while (address !== null && isTrusted(address, trusted)) {
    const next = parseAddress(before.pop()?.trim() ?? "");
    // what is no address was not written by a proxy of ours
    if (next === null) break;
    address = next;
  }
  return address?.toString() ?? "unknown";
}

/** Whose calls are counted together: an address, of IPv6 the /64 that one customer has at least. */
export function addressBlock(address: string): string {
  if (!address.includes(":")) return address;
  const parsed = parseAddress(address);
  if (parsed === null || parsed.kind() === "ipv4") return parsed?.toString() ?? "unknown";
  return `${(parsed as IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":")}::/64`;
}

function isTrusted(address: Address, trusted: Network[]): boolean {
  return trusted.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
}
