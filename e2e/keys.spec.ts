import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import type { PrivateKeyAccount } from "viem/accounts";
import { expect, test } from "./fixtures";
import { signIn } from "./sign-in";

const run = promisify(execFile);

async function openKeys(page: Page, url: string, wallet: PrivateKeyAccount): Promise<void> {
  await signIn(page, url, wallet, "/keys");
  // it comes from the server by the browser's own request: the page answers clicks by now
  await expect(page.getByText("No keys yet")).toBeVisible();
}

const freshKey = (page: Page) => page.getByRole("region", { name: "Your new key" });

test("a key is made with limits, tried, run from a shell, rotated and revoked", async ({ page, keyless, wallet }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await openKeys(page, keyless.url, wallet);
  const status = async (key: string) =>
    (await fetch(`${keyless.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })).status;
  let key = "";
  let rotated = "";

  await test.step("create, with what is wrong told at once", async () => {
    await page.getByRole("button", { name: "New key" }).click();
    const dialog = page.getByRole("dialog", { name: "New key" });
    await dialog.getByLabel("Name").fill("website");
    await dialog.getByLabel("Budget in dollars").fill("five");
    await expect(dialog.getByText("An amount from 0 to 1,000,000")).toBeVisible();
    await expect(dialog.getByRole("button", { name: "Create the key" })).toBeDisabled();
    await dialog.getByLabel("Budget in dollars").fill("5");
    await dialog.getByLabel("Ends after").selectOption({ label: "30 days" });
    await dialog.getByText("Limit it to faces, models or hosts").click();
    await dialog.getByRole("group", { name: "Faces", exact: true }).getByRole("radio", { name: "Only these" }).click();
    await dialog.getByRole("group", { name: "Faces", exact: true }).getByRole("checkbox").first().check();
    await dialog.getByRole("button", { name: "Create the key" }).click();
    await expect(freshKey(page)).toContainText("At most $5.00, then 402.");
  });

  await test.step("copy and download", async () => {
    key = await freshKey(page)
      .getByText(/^sk-faces-/)
      .innerText();
    await freshKey(page).getByRole("button", { name: "Copy" }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      freshKey(page).getByRole("button", { name: /\.env/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("website.env");
    const lines = (await readFile(await download.path(), "utf8")).split("\n");
    expect(lines).toContain(`FACES_API_KEY=${key}`);
    expect(lines).toContain(`OPENAI_BASE_URL=${keyless.url}/v1`);
  });

  await test.step("the test call is a real one", async () => {
    const [response] = await Promise.all([
      page.waitForResponse((one) => one.url().endsWith("/v1/chat/completions")),
      page.getByRole("button", { name: "Run it" }).click(),
    ]);
    expect((await response.request().allHeaders())["authorization"]).toBe(`Bearer ${key}`);
    const answer = page.getByRole("region", { name: "Answer" });
    await expect(answer).toContainText("200");
    await expect(answer).toContainText(/\d\.\d s, \d+ tokens/);
    await expect(answer).toContainText(response.headers()["x-request-id"] ?? "no request id");
  });

  await test.step("the snippet works as it stands", async () => {
    const snippet = await page.getByLabel(/^Calling .* from curl$/).innerText();
    expect(snippet).toContain(key);
    const { stdout } = await run("sh", ["-c", `${snippet} -s`]);
    const { choices } = JSON.parse(stdout) as { choices: { message: { content: string } }[] };
    expect(choices[0]?.message.content.length).toBeGreaterThan(0);
  });

  await test.step("rotate: both work, and the page says until when", async () => {
    await page.getByRole("button", { name: "Actions for website" }).click();
    await page.getByRole("menuitem", { name: "Rotate" }).click();
    await page.getByRole("dialog").getByLabel("The old secret works").selectOption({ label: "for a day" });
    await page.getByRole("button", { name: "Make a new secret" }).click();
    await expect(freshKey(page)).toContainText("website has a new secret");
    rotated = await freshKey(page)
      .getByText(/^sk-faces-/)
      .innerText();
    expect(rotated).not.toBe(key);
    await expect(page.getByRole("row", { name: /website/ })).toContainText("Its old secret works until");
    expect([await status(key), await status(rotated)]).toEqual([200, 200]);
  });

  await test.step("revoke: neither works, and it is found among the revoked", async () => {
    await page.getByRole("button", { name: "Actions for website" }).click();
    await page.getByRole("menuitem", { name: "Revoke" }).click();
    await expect(page.getByRole("button", { name: "Keep it" })).toBeFocused();
    await page.getByRole("button", { name: "Revoke the key" }).click();
    await expect(page.getByRole("row", { name: /website/ })).toHaveCount(0);
    await expect(freshKey(page)).toHaveCount(0);
    expect([await status(key), await status(rotated)]).toEqual([401, 401]);
    await page.getByRole("switch", { name: "Show revoked keys" }).click();
    await expect(page).toHaveURL(/revoked=1/);
    await expect(page.getByRole("row", { name: /website/ })).toContainText("revoked");
  });
});

test("at 360 px, and by keyboard alone", async ({ page, keyless, wallet }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await openKeys(page, keyless.url, wallet);
  await page.locator("body").press("n");
  await expect(page.getByRole("dialog").getByLabel("Name")).toBeFocused();
  await page.keyboard.type("phone");
  await page.reload();
  // what was typed is still there
  await expect(page.getByRole("dialog").getByLabel("Name")).toHaveValue("phone");
  await page.getByRole("dialog").getByLabel("Name").press("Enter");
  await expect(freshKey(page).getByRole("button", { name: "Copy" })).toBeFocused();
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);

  await page.getByRole("button", { name: "Run it" }).press("Enter");
  await expect(page.getByRole("region", { name: "Answer" })).toContainText("200");
  expect(await overflow()).toBeLessThanOrEqual(0);

  const actions = page.getByRole("button", { name: "Actions for phone" });
  await actions.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.type("ro");
  await expect(page.getByRole("menuitem", { name: "Rotate" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Rotate phone?" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(actions).toBeFocused();
});

test("the reference lists every path of the document, and is read signed out", async ({ page, keyless }) => {
  const api = (await (await fetch(`${keyless.url}/v1/openapi.json`)).json()) as {
    servers: { url: string }[];
    paths: Record<string, Record<string, { operationId: string; summary: string }>>;
  };
  expect(api.servers).toEqual([{ url: keyless.url }]);
  await page.goto(`${keyless.url}/reference`);
  const links = page.getByRole("main").getByRole("region", { name: "Routes" }).getByRole("link");
  await expect(links).not.toHaveCount(0);
  const routes = (await links.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, " "));
  for (const [path, operations] of Object.entries(api.paths)) {
    for (const [method, { summary }] of Object.entries(operations)) {
      expect(routes).toContain(`${summary} ${method.toUpperCase()} ${path}`);
    }
  }

  await test.step("a search leads to a route, whose address can be shared", async () => {
    const search = page.getByRole("searchbox", { name: "Find a route" });
    await search.fill("post upload");
    await expect(page.getByRole("navigation", { name: "Reference" }).getByRole("link")).toHaveText(/^Upload a file/);
    await search.press("Enter");
    await expect(page).toHaveURL(/\/reference\/sources#uploadAFile$/);
    const section = page.getByRole("region", { name: "Upload a file" });
    await expect(section).toBeInViewport();
    await expect(section).toContainText("multipart/form-data");
    await expect(section.getByLabel(/^Upload a file, in curl$/)).toContainText("-F file=@");
    await section.getByRole("radio", { name: "Python" }).click();
    await expect(page).toHaveURL(/language=python/);
  });

  await test.step("at 360 px nothing is wider than the page", async () => {
    await page.setViewportSize({ width: 360, height: 780 });
    for (const place of ["", "/chat", "/schemas"]) {
      await page.goto(`${keyless.url}/reference${place}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, place).toBeLessThanOrEqual(0);
    }
    await page.getByRole("button", { name: "All routes" }).click();
    await page.getByRole("link", { name: "API keys" }).click();
    await expect(page).toHaveURL(/\/reference\/keys$/);
  });
});
