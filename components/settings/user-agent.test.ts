import { expect, test } from "vitest";
import { readUserAgent } from "./user-agent";

const mozilla = "Mozilla/5.0";
const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  [`${mozilla} (Windows NT 10.0; Win64; x64) ${webkit} Chrome/131.0.0.0 Safari/537.36 Edg/131.0`, "Edge", "Windows"],
  [`${mozilla} (X11; Linux x86_64) ${webkit} Chrome/131.0.0.0 Safari/537.36`, "Chrome", "Linux"],
  [`${mozilla} (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1`, "Safari", "iOS"],
  [`${mozilla} (Macintosh; Intel Mac OS X 10.15; rv:133.0) Gecko/20100101 Firefox/133.0`, "Firefox", "macOS"],
  [
    `${mozilla} (Linux; Android 14; SM-S911B) ${webkit} SamsungBrowser/27.0 Chrome/125.0`,
    "Samsung Internet",
    "Android",
  ],
  ["curl/8.5.0", "curl", null],
  ["something else", null, null],
  [null, null, null],
])("%s is %s on %s", (text, browser, system) => {
  expect(readUserAgent(text)).toEqual({ browser, system });
});
