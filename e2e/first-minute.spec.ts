import type { Page } from "@playwright/test";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { expect, test } from "./fixtures";
import { installWallet } from "./in-page-wallet";

const narrow = { width: 360, height: 780 };
const password = "a sentence is fine";

async function signIn(page: Page, url: string, next = "/faces") {
  await page.goto(`${url}/signin?next=${encodeURIComponent(next)}`);
  await page.getByRole("button", { name: "Test Wallet" }).click();
  await page.getByRole("button", { name: /^Sign this text/ }).click();
  await page.waitForURL((at) => at.pathname === new URL(next, url).pathname);
}

/** Sideways scrolling means that something does not fit. */
async function expectToFit(page: Page) {
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await expect.poll(overflow).toBeLessThanOrEqual(0);
}

for (const viewport of [{ width: 1280, height: 900 }, narrow]) {
  test(`from the landing page to an answer of the sample face, before any upload, at ${viewport.width}`, async ({
    page,
    keyless,
    wallet,
  }) => {
    await page.setViewportSize(viewport);
    await installWallet(page, wallet);
    await page.goto(keyless.url);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("How someone thinks");

    await test.step("a sentence of the sample face is followed into an answer", async () => {
      const line = page.locator("#how");
      const sentence = (await line.locator("mark").innerText()).trim();
      await expect(line.getByText(sentence, { exact: false })).not.toHaveCount(0);
      await expect(line.getByText(/quoted by the built-in engine/)).toBeVisible();
      await expectToFit(page);
    });

    await test.step("sign in and ask her", async () => {
      await page.getByRole("link", { name: "Sign in and talk to Mara" }).click();
      await page.getByRole("button", { name: "Test Wallet" }).click();
      await expect(page.getByLabel("The exact text to be signed")).toContainText("wants you to sign in");
      await expectToFit(page);
      await page.getByRole("button", { name: /^Sign this text/ }).click();
      const message = page.getByLabel(/^Message to Mara/);
      await message.fill("How do you decide when you are unsure?");
      await message.press("Enter");
      await expect(page.getByText(/slowest train/).first()).toBeVisible();
    });

    await test.step("the first steps have ticked that", async () => {
      await page.goto(`${keyless.url}/faces`);
      const steps = page.getByRole("region", { name: "First steps" });
      await expect(steps.getByText("Ask Mara something")).toContainText("done");
      await expect(steps.locator("[aria-current=step]")).toContainText("Create a face");
      await expectToFit(page);
      await steps.getByRole("button", { name: "Hide the first steps" }).click();
      await expect(steps).toBeHidden();
      await page.getByRole("button", { name: "Undo" }).click();
      await expect(steps).toBeVisible();
    });
  });
}

test("what goes wrong while signing in is told apart, and each time there is a way on", async ({
  page,
  keyless,
  wallet,
}) => {
  const mood = await installWallet(page, wallet);
  const sign = page.getByRole("button", { name: /^Sign this text/ });
  const callback = "**/api/auth/callback/wallet";
  await page.goto(`${keyless.url}/signin?next=//evil.example`);

  await test.step("the server is down before the text comes", async () => {
    await page.route("**/auth/nonce/**", (route) => route.abort());
    await page.getByRole("button", { name: "Test Wallet" }).click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText("The server did not answer");
    await page.unroute("**/auth/nonce/**");
    await page.getByRole("button", { name: "Test Wallet" }).click();
  });

  await test.step("refused in the wallet, by keyboard", async () => {
    await expect(sign).toBeFocused();
    mood.refuses = true;
    await page.keyboard.press("Enter");
    await expect(page.getByRole("main").getByRole("alert")).toContainText("The text was not signed");
    await expect(sign).toBeFocused();
    mood.refuses = false;
  });

  await test.step("the server is down after the signature", async () => {
    await page.route(callback, (route) => route.abort());
    await sign.click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText("The server did not answer");
    await page.unroute(callback);
  });

  await test.step("the text was used before", async () => {
    await page.route(callback, async (route) => {
      await route.fetch();
      await route.continue();
    });
    await sign.click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText("This text can no longer be signed");
    await page.unroute(callback);
  });

  await test.step("a new text signs in, and nowhere else", async () => {
    await page.getByRole("button", { name: "Fetch a new text" }).click();
    await sign.click();
    await page.waitForURL(`${keyless.url}/faces`);
  });

  await test.step("a session that ended says so, and leads back", async () => {
    const headers = { origin: keyless.url };
    const { data } = (await (await page.request.get(`${keyless.url}/v1/account/sessions`)).json()) as {
      data: { id: string; is_current: boolean }[];
    };
    for (const { id } of data) await page.request.delete(`${keyless.url}/v1/account/sessions/${id}`, { headers });
    await page.goto(`${keyless.url}/usage`);
    await expect(page).toHaveURL(/\/signin\?next=%2Fusage&ended=1/);
    await expect(page.getByText("Your session has ended")).toBeVisible();
    await page.getByRole("button", { name: "Test Wallet" }).click();
    await sign.click();
    await page.waitForURL(`${keyless.url}/usage`);
  });
});

test("another account of the wallet signs: both addresses are named", async ({ page, keyless, wallet }) => {
  const other = privateKeyToAccount(generatePrivateKey());
  await installWallet(page, { ...wallet, signMessage: (input) => other.signMessage(input) });
  await page.goto(`${keyless.url}/signin`);
  await page.getByRole("button", { name: "Test Wallet" }).click();
  await page.getByRole("button", { name: /^Sign this text/ }).click();
  const alert = page.getByRole("main").getByRole("alert");
  await expect(alert).toContainText("The signature belongs to another address");
  await expect(alert).toContainText(other.address.slice(0, 6));
});

test("an invite makes an account without a wallet, and its password signs in again", async ({ page, connected }) => {
  const { installation, admin } = connected;
  const { code } = await admin.post<{ code: string }>("/v1/invites", { max_uses: 2 });
  const email = "ada@studio.example";
  await page.goto(`${installation.url}/signin?invite=${code}`);
  await expect(page.getByText("No wallet in this browser")).toBeVisible();
  await expect(page.getByRole("link", { name: "Install MetaMask" })).toHaveAttribute("href", /metamask\.io/);

  await test.step("by keyboard: what is missing is told, and has the focus", async () => {
    await page.getByLabel("Invite code").focus();
    await page.keyboard.press("Enter");
    await expect(page.getByLabel("E-mail")).toBeFocused();
    await page.keyboard.type(email);
    await page.keyboard.press("Tab");
    await page.keyboard.type("short");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Ten characters or more: 5 so far.")).toBeVisible();
    await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${installation.url}/faces`);
  });

  await test.step("the same address again is told where it belongs", async () => {
    await page.context().clearCookies();
    await page.goto(`${installation.url}/signin?invite=${code}`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Create an account" }).click();
    await expect(page.getByText(/already has an account/)).toBeVisible();
    await page.getByRole("button", { name: "Sign in with its password" }).click();
    await expect(page.getByLabel("E-mail")).toHaveValue(email);
  });

  await test.step("a wrong password, then the right one, which can be looked at", async () => {
    const field = page.getByLabel("Password", { exact: true });
    await field.fill("not this one");
    await field.press("Enter");
    await expect(page.getByRole("main").getByRole("alert")).toContainText("That did not match");
    await field.fill(password);
    await page.getByRole("button", { name: "Show the password" }).click();
    await expect(field).toHaveAttribute("type", "text");
    await field.press("Enter");
    await page.waitForURL(`${installation.url}/faces`);
  });
});

test("palette and shortcuts by keyboard alone", async ({ page, keyless, wallet }) => {
  await installWallet(page, wallet);
  await signIn(page, keyless.url);
  const palette = page.getByRole("dialog", { name: "Search or run" });
  // what the browser fetched itself is on the page: it listens to keys by now
  await expect(page.getByRole("link", { name: /Mara Lindqvist/ }).first()).toBeVisible();

  await test.step("a face is opened by its name", async () => {
    await page.keyboard.press("ControlOrMeta+k");
    await expect(palette.getByRole("combobox")).toBeFocused();
    await page.keyboard.type("mara prim");
    await expect(palette.getByRole("option", { selected: true })).toContainText("Mara Lindqvist, primitives");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/faces\/mara\?tab=primitives/);
    await expect(palette).toBeHidden();
  });

  await test.step("keys go to places, but not while one types", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("k");
    await expect(page).toHaveURL(/\/keys/);
    await page.keyboard.press("g");
    await page.keyboard.press("f");
    await expect(page).toHaveURL(/\/faces$/);
    const find = page.getByRole("searchbox").first();
    await find.focus();
    await page.keyboard.type("gkn");
    await expect(find).toHaveValue("gkn");
    await expect(page).toHaveURL(/\/faces/);
    await find.fill("");
    await find.blur();
  });

  await test.step("the sheet lists them, and switches single keys off", async () => {
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(sheet).toContainText("New face");
    await sheet.getByRole("switch", { name: "Single-key shortcuts" }).press("Space");
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
    await page.keyboard.press("?");
    await page.keyboard.press("n");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  await test.step("the theme changes from the palette, and stays", async () => {
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("dark");
    await page.keyboard.press("Enter");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });

  await test.step("at 360 px it is a button away, and the focus comes back to it", async () => {
    await page.setViewportSize(narrow);
    const button = page.getByRole("button", { name: "Search or run a command" });
    await button.click();
    await expect(palette).toBeVisible();
    await expectToFit(page);
    await page.keyboard.press("Escape");
    await expect(button).toBeFocused();
  });
});

test("numbers and days are the reader's, and nothing is drawn twice for it", async ({ browser, keyless, wallet }) => {
  const context = await browser.newContext({ locale: "de-DE", timezoneId: "Asia/Tokyo" });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await installWallet(page, wallet);
  await signIn(page, keyless.url);
  await expect(page.getByRole("link", { name: /Compile quota/ })).toContainText(/0 of \d+(\.\d{3})+ tokens/);
  expect(problems.filter((problem) => /hydrat|did not match/i.test(problem))).toEqual([]);
  await context.close();
});
