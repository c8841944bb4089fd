import { describe, expect, test } from "vitest";
import { parseEnv } from "@/lib/env";
import { addressBlock, clientAddress } from "./client-address";

const trusting = (TRUST_PROXY: string) => parseEnv({ TRUST_PROXY }).TRUST_PROXY;

describe("the address that a request comes from", () => {
  test.each([
    ["nobody is trusted", "", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
    ["the proxy is not the one that is trusted", "10.0.0.1", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
    ["one proxy", "127.0.0.1", "127.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["one proxy, and a client that lies", "loopback", "127.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"],
    ["two proxies", "loopback,10.0.0.0/8", "::1", "1.2.3.4, 198.51.100.1, 10.2.3.4", "198.51.100.1"],
    ["proxies alone", "private", "10.0.0.1", "192.168.1.7", "192.168.1.7"],
    ["a proxy that forwards nothing", "private", "10.0.0.1", undefined, "10.0.0.1"],
    ["what is no address", "private", "10.0.0.1", "198.51.100.1, unknown", "10.0.0.1"],
    ["a number that could be an address", "private", "10.0.0.1", "1", "10.0.0.1"],
    ["IPv4 on an IPv6 socket", "loopback", "::ffff:127.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"],
    ["IPv6", "fd00::/8", "fd00::1", "2001:DB8:0:0::1", "2001:db8::1"],
    ["a port behind the address", "private", "10.0.0.1", "198.51.100.1:5123", "198.51.100.1"],
    ["a port behind IPv6", "private", "10.0.0.1", "[2001:db8::1]:5123", "2001:db8::1"],
    ["no connection", "private", undefined, "198.51.100.1", "unknown"],
  ])("with %s", (_what, trusted, socket, forwarded, address) => {
    expect(clientAddress(socket, forwarded, trusting(trusted))).toBe(address);
  });

  test("is counted with all that one customer has", () => {
    expect(addressBlock("198.51.100.1")).toBe("198.51.100.1");
    expect(addressBlock("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
    expect(addressBlock("2001:db8:1:2::9")).toBe("2001:db8:1:2::/64");
    expect(addressBlock("2001:db8:1:3::9")).not.toBe(addressBlock("2001:db8:1:2::9"));
  });

  test("comes from settings that are right, or none", () => {
    expect(() => trusting("loopback, proxy.internal")).toThrow(/TRUST_PROXY: proxy.internal is no address/);
    expect(() => trusting("10.0.0.0/33")).toThrow(/TRUST_PROXY/);
    expect(trusting("")).toEqual([]);
  });
});
