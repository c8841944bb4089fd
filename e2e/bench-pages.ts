import { type CDPSession, type Page, chromium } from "@playwright/test";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { findChromium } from "@/lib/dev/find-chromium.mjs";
import { startInstallation } from "@/lib/dev/start-installation";
import { Api } from "./api";
import { furnish } from "./furnish";
import { installWallet } from "./in-page-wallet";
import { type PageAddress, pagesOf } from "./pages";

/** What a page fetches later than this after its content was there is not its first load. */
const settleMs = 2_000;

/*
 * What a first visit of each page loads, over the wire and compressed as it comes, with an empty cache. The floor is what every page of ours loads: React, Next's runtime and the frame.
 */

type Load = {
  name: string;
  scripts: Map<string, number>;
  styles: number;
  fonts: number;
  data: number;
  requests: number;
  readyMs: number;
};

const found = await findChromium();
const installation = await startInstallation({ env: { DEFAULT_PLAN: "pro" } });
const browser = await chromium.launch({
  executablePath: found.executablePath,
  args: found.args,
  env: { ...process.env, ...found.env } as Record<string, string>,
});
try {
  const wallet = privateKeyToAccount(generatePrivateKey());
  const { api } = await Api.withNewKey(installation.url, wallet);
  const pages = pagesOf(await furnish(api));
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  // tsx names functions by a helper that the page does not have
  await context.addInitScript("globalThis.__name = (named) => named");
  const loads: Load[] = [];
  for (const address of pages.filter(({ isSignedOut }) => isSignedOut)) loads.push(await load(page, address));
  await signIn(page);
  for (const address of pages.filter(({ isSignedOut }) => !isSignedOut)) loads.push(await load(page, address));
  print(loads);

  async function signIn(signedOut: Page): Promise<void> {
    await installWallet(signedOut, wallet);
    await signedOut.goto(`${installation.url}/signin`);
    await signedOut.getByRole("button", { name: "Test Wallet" }).click();
    await signedOut.getByRole("button", { name: /^Sign this text/ }).click();
    await signedOut.waitForURL((url) => url.pathname === "/faces");
  }
} finally {
  await browser.close();
  await installation.stop();
}

/** One visit with an empty cache. */
async function load(page: Page, { name, path, ready }: PageAddress): Promise<Load> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const result: Load = { name, scripts: new Map(), styles: 0, fonts: 0, data: 0, requests: 0, readyMs: 0 };
  count(session, result);
  const began = performance.now();
  await page.goto(installation.url + path);
  await page.getByText(ready).first().waitFor();
  result.readyMs = performance.now() - began;
  await page.waitForTimeout(settleMs);
  await session.detach();
  return result;
}

function count(session: CDPSession, result: Load): void {
  const kinds = new Map<string, { type: string; url: string }>();
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    kinds.set(requestId, { type, url: response.url });
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind === undefined) return;
    result.requests += 1;
    if (kind.type === "Script") result.scripts.set(kind.url, encodedDataLength);
    else if (kind.type === "Stylesheet") result.styles += encodedDataLength;
    else if (kind.type === "Font") result.fonts += encodedDataLength;
    else result.data += encodedDataLength;
  });
}

function print(loads: Load[]): void {
  const sumOf = (scripts: Iterable<number>): number => [...scripts].reduce((sum, bytes) => sum + bytes, 0);
  const shared = [...(loads[0]?.scripts ?? [])].filter(([url]) => loads.every(({ scripts }) => scripts.has(url)));
  const kb = (bytes: number): string => (bytes / 1000).toFixed(0);
  const floor = sumOf(shared.map(([, bytes]) => bytes));
  const rows = loads.map(({ name, scripts, styles, fonts, data, requests, readyMs }) => {
    const js = sumOf(scripts.values());
    return [
      name,
      kb(js),
      (js / floor).toFixed(2),
      kb(styles),
      kb(fonts),
      kb(data),
      String(requests),
      readyMs.toFixed(0),
    ];
  });
  const table = [
    ["page", "JS kB", "×floor", "CSS kB", "fonts kB", "other kB", "requests", "ready ms"],
    ["(floor: in every page)", kb(floor), "1.00", "", "", "", "", ""],
    ...rows,
  ];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ");
  process.stdout.write(`${table.map(line).join("\n")}\n`);
}
