import { describe, expect, test } from "vitest";
import { listedOrigin, parseOrigin, writeOrigin } from "./origin";

const written = (text: string) => {
  const origin = parseOrigin(text);
  return "hostname" in origin ? writeOrigin(origin) : origin.problem;
};

describe("an allowed site", () => {
  test.each([
    ["https://example.com", "https://example.com"],
    ["example.com", "https://example.com"],
    [" HTTPS://Example.COM/ ", "https://example.com"],
    ["https://example.com:443", "https://example.com"],
    ["http://localhost:5173", "http://localhost:5173"],
    ["https://*.example.com", "https://*.example.com"],
    ["bücher.example", "https://xn--bcher-kva.example"],
    ["https://127.0.0.1:8080", "https://127.0.0.1:8080"],
  ])("%s is %s", (text, origin) => {
    expect(written(text)).toBe(origin);
    // what is stored is read back the same
    expect(written(origin)).toBe(origin);
  });

  test.each([
    "",
    "*",
    "https://*",
    "https://*.com",
    "https://a.*.com",
    "https://example.com/path",
    "https://example.com?x",
    "https://user@example.com",
    "https://example.com https://evil.example",
    "https://example.com; script-src *",
    "https://example.com,https://evil.example",
    "'self'",
    "'none'",
    "data:text/html,x",
    "javascript:alert(1)",
    "https:",
    "https://[::1]:3000",
    "https://exa\nmple.com",
    "https://example.com\r\nset-cookie: a=b",
    "https://",
  ])("%j is none", (text) => {
    const answer = parseOrigin(text);
    // browsers trim and drop what is no part of an address: whatever passes must be one origin and nothing else
    if ("hostname" in answer) expect(writeOrigin(answer)).toMatch(/^https?:\/\/(\*\.)?[a-z0-9._-]+(:\d+)?$/u);
    else expect(answer.problem).not.toBe("");
    if (!text.includes("\n")) expect(answer).toHaveProperty("problem");
  });
});

describe("the site around a frame", () => {
  const origins = ["https://example.com", "https://*.studio.example", "http://localhost:5173"];
  test.each([
    ["https://example.com/about?x=1", "https://example.com"],
    ["https://a.studio.example/", "https://a.studio.example"],
    ["https://a.b.studio.example/", "https://a.b.studio.example"],
    ["http://localhost:5173/", "http://localhost:5173"],
    ["http://example.com/", null],
    ["https://example.com:8443/", null],
    ["https://example.com.evil.example/", null],
    ["https://evilexample.com/", null],
    ["https://studio.example/", null],
    ["https://evilstudio.example/", null],
    ["http://localhost:5174/", null],
    ["null", null],
    [null, null],
  ])("%s is %s", (referrer, origin) => expect(listedOrigin(origins, referrer)).toBe(origin));
});
