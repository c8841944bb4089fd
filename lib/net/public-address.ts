import ipaddr from "ipaddr.js";

/** Public by their range, and yet answered by the machine's own host: Azure's metadata and DNS. */
const metadata = new Set(["168.63.129.16"]);

/** What IANA has given out for the public internet; all that IPv6 packs an IPv4 address into lies outside or is named. */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an address is one of the public internet. Everything that is not plainly so is refused: private, loopback,
 * link-local, carrier-grade NAT, multicast, reserved, and every IPv6 form that stands for another address (mapped,
 * compatible, 6to4, Teredo, NAT64).
 *
 * Ranges: IANA's special-purpose registries, as in ipaddr.js.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  if (parsed instanceof ipaddr.IPv6) return parsed.match(globalUnicast);
  return !metadata.has(parsed.toString());
}
