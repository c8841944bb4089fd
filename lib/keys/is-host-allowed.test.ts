import { describe, expect, test } from "vitest";
import { isHostAllowed } from "./is-host-allowed";
import { CreateKeyInput } from "./schemas";

function isAllowed(allowlist: string[], headers: Record<string, string>): boolean {
  return isHostAllowed(CreateKeyInput.parse({ name: "web", allowlist }).allowlist, new Headers(headers));
}

describe("the hosts that a key may be used from", () => {
  test.each([
    ["app.example.com", "https://app.example.com"],
    ["app.example.com", "http://app.example.com"],
    ["app.example.com", "https://app.example.com:8443"],
    ["App.Example.COM", "https://app.example.com"],
    ["app.example.com", "https://APP.EXAMPLE.COM"],
    ["app.example.com.", "https://app.example.com"],
    ["app.example.com", "https://app.example.com."],
    ["app.example.com:443", "https://app.example.com"],
    ["app.example.com:80", "http://app.example.com"],
    ["localhost:3000", "http://localhost:3000"],
    ["127.0.0.1", "http://127.0.0.1:5173"],
    ["[::1]:3000", "http://[::1]:3000"],
    ["https://app.example.com/", "https://app.example.com"],
    ["bücher.example", "https://xn--bcher-kva.example"],
    ["xn--bcher-kva.example", "https://bücher.example"],
    ["*.bücher.example", "https://shop.xn--bcher-kva.example"],
    ["*.example.com", "https://app.example.com"],
    ["*.example.com", "https://a.b.example.com"],
    ["*.example.com:8443", "https://app.example.com:8443"],
  ])("%s lets %s in, by Origin and by Referer", (allowed, origin) => {
    expect(isAllowed(["elsewhere.test", allowed], { origin })).toBe(true);
    expect(isAllowed([allowed], { referer: `${origin}/a/page?q=1` })).toBe(true);
  });

  test.each([
    ["app.example.com", "https://app.example.com.evil.test"],
    ["app.example.com", "https://evil-app.example.com"],
    ["app.example.com", "https://example.com"],
    ["app.example.com", "https://app.example.com@evil.test"],
    ["app.example.com:443", "http://app.example.com"],
    ["localhost:3000", "http://localhost:3001"],
    ["localhost:3000", "http://localhost"],
    ["*.example.com", "https://example.com"],
    ["*.example.com", "https://notexample.com"],
    ["*.example.com:8443", "https://app.example.com"],
    ["app.example.com", "null"],
    ["app.example.com", ""],
    ["app.example.com", "file:///app.example.com"],
    ["app.example.com", "chrome-extension://app.example.com"],
    ["app.example.com", "https://app.example.com, https://evil.test"],
    ["app.example.com", "app.example.com"],
  ])("%s keeps %j out", (allowed, origin) => {
    expect(isAllowed([allowed], { origin })).toBe(false);
    // the Origin decides, whatever the Referer says
    expect(isAllowed([allowed], { origin, referer: "https://app.example.com/" })).toBe(false);
  });

  test("are nobody without Origin and Referer, and everybody without a list", () => {
    expect(isAllowed(["app.example.com"], {})).toBe(false);
    expect(isAllowed([], {})).toBe(true);
    expect(isAllowed([], { origin: "null" })).toBe(true);
  });

  test.each(["", "*", "*.", "a b", "a..b", "https://", "host/path", "*.*.example.com", "user@host", "a.example:99999"])(
    "%j is no host",
    (host) => {
      expect(CreateKeyInput.safeParse({ name: "web", allowlist: [host] }).success).toBe(false);
    },
  );
});
