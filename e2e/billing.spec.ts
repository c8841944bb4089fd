import { readFile } from "node:fs/promises";
import { Api } from "./api";
import { expect, test } from "./fixtures";
import { signIn } from "./sign-in";

const letter = "I never answer letters at once. I believe that most quarrels are about sleep. I am a slow reader.";
const phone = { width: 360, height: 780 };

type Report = { rows: { label: string; cost_usd: number }[]; totals: { cost_usd: number; ledger_charges_usd: number } };
type Listed<T> = { data: T[] };
const listed = async <T>(api: Api, path: string): Promise<T[]> =>
  ((await (await api.request("GET", path)).json()) as Listed<T>).data;

test.describe("money", () => {
  test("numbers lead to their rows, and agree with the API and the ledger", async ({ page, connected, wallet }) => {
    const { installation, admin } = connected;
    const { api, session } = await Api.withNewKey(installation.url, wallet);
    await admin.grantCredit(session, 2);
    const ask = (model: string) =>
      api.post("/v1/chat/completions", { model, messages: [{ role: "user", content: "Say hello." }], max_tokens: 40 });
    await ask("gpt-4o");
    await ask("gpt-4o-mini");
    await ask("gpt-4o-mini");
    const report = await session.get<Report>("/v1/billing/usage?group_by=model&period=current");
    expect(report.totals.cost_usd).toBe(report.totals.ledger_charges_usd);
    const { available_usd } = await session.get<{ available_usd: number }>("/v1/billing/balance");

    await signIn(page, installation.url, wallet, "/usage?in=cost");
    await expect(page.getByText(usd(available_usd), { exact: true }).first()).toBeVisible();

    await test.step("a model leads to its calls", async () => {
      const models = page.getByRole("region", { name: "By model" });
      const mini = models.getByRole("button", { name: /^gpt-4o-mini / });
      const row = report.rows.find(({ label }) => label === "gpt-4o-mini");
      await expect(mini).toContainText(usd(row?.cost_usd ?? 0));
      await mini.click();
      await expect(page).toHaveURL(/model=gpt-4o-mini/);
      const work = page.getByRole("region", { name: "Every piece of work" });
      await expect(work.getByRole("row", { name: /Chat, gpt-4o-mini/ })).toHaveCount(2);
      await expect(work.getByRole("row", { name: /Chat, gpt-4o\b(?!-)/ })).toHaveCount(0);
      await page.goBack();
      await expect(work.getByRole("row", { name: /Chat, gpt-4o\b(?!-)/ })).toHaveCount(1);
    });

    await test.step("the ledger has the same amounts, a balance, and hashes that are explained", async () => {
      await page.getByRole("radio", { name: "Ledger" }).click();
      const ledger = page.getByRole("region", { name: "Ledger" });
      const entries = await listed<{ amount_usd: number; hash: string }>(
        session,
        "/v1/billing/statement?order=desc&kinds=grant,charge",
      );
      expect(entries).toHaveLength(4);
      await expect(ledger.getByRole("row")).toHaveCount(5);
      const [latest] = entries;
      await ledger
        .getByRole("button", { name: /and its hash/ })
        .first()
        .click();
      const dialog = page.getByRole("dialog");
      await expect(dialog.getByText(latest?.hash ?? "", { exact: true })).toBeVisible();
      await expect(dialog.getByText(/verify:ledger/)).toBeVisible();
      await page.keyboard.press("Escape");
    });

    await test.step("the file adds up to the balance", async () => {
      const download = page.waitForEvent("download");
      await page.getByRole("region", { name: "Ledger" }).getByRole("link", { name: "The whole ledger" }).click();
      const lines = (await readFile(await (await download).path(), "utf8")).trim().split("\r\n");
      const last = lines.at(-1)?.split(",") ?? [];
      const column = lines[0]?.split(",").indexOf("balance_after_micro_usd") ?? -1;
      expect(Number(last[column]) / 1e6).toBe(available_usd);
    });
  });

  test("the plan, the credit and a day of use fit a phone", async ({ page, keyless, wallet }) => {
    await page.setViewportSize(phone);
    const { session } = await Api.withNewKey(keyless.url, wallet);
    await session.makeFace("reader", letter);
    const quota = await session.get<{ tokens_used: number; tokens_limit: number }>("/v1/billing/compile-quota");
    await signIn(page, keyless.url, wallet, "/usage");
    const left = (quota.tokens_limit - quota.tokens_used).toLocaleString("en-US");
    await expect(page.getByText(left, { exact: true })).toBeVisible();
    await expect(page.getByText(/too little to say/)).toBeVisible();
    await expect(
      page.getByRole("region", { name: "Every piece of work" }).getByText(/^Compiling, builtin/),
    ).toBeVisible();
    const { id } = await session.get<{ id: string }>("/v1/account");
    await expect(page.getByRole("region", { name: "Credit" }).getByText(id)).toBeVisible();
    const overflow = page.getByRole("switch", { name: /go on with credit/ });
    await overflow.click();
    await expect(page.getByText(/Syncs stop where the quota ends/)).toBeVisible();
    await expect
      .poll(
        async () => (await session.get<{ overflow_enabled: boolean }>("/v1/billing/compile-quota")).overflow_enabled,
      )
      .toBe(false);
    const wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    expect(await page.evaluate(wider)).toBeLessThanOrEqual(0);
  });

  test("a day is chosen by keyboard alone", async ({ page, keyless, wallet }) => {
    const { session } = await Api.withNewKey(keyless.url, wallet);
    await session.makeFace("reader", letter);
    await signIn(page, keyless.url, wallet, "/usage?range=7");
    const days = page.getByRole("group", { name: /A bar for each day/ });
    const today = days.getByRole("button").last();
    await expect(today).toBeVisible();
    await page.getByRole("radio", { name: "Tokens" }).focus();
    await expect(async () => {
      await page.keyboard.press("Tab");
      await expect(today).toBeFocused({ timeout: 50 });
    }).toPass();
    await page.keyboard.press("ArrowLeft");
    await expect(days.getByRole("button").nth(-2)).toBeFocused();
    await page.keyboard.press("End");
    await expect(today).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/day=\d{4}-\d\d-\d\d/);
    await expect(today).toHaveAttribute("aria-pressed", "true");
    await expect(today).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page).not.toHaveURL(/day=/);
  });
});

test.describe("settings", () => {
  test("a session ends, everything is exported, and the account goes with a typed word", async ({
    page,
    keyless,
    wallet,
  }) => {
    const { session: program, api } = await Api.withNewKey(keyless.url, wallet);
    await api.makeFace("reader", letter);
    await signIn(page, keyless.url, wallet, "/settings");
    await page.getByLabel("Name", { exact: true }).fill("Vera");
    await page.getByRole("button", { name: "Save the name" }).click();
    await expect(page.getByText("The name is saved.")).toBeVisible();

    await test.step("the program's session ends at once", async () => {
      await page.getByRole("link", { name: "Sessions" }).click();
      const sessions = page.getByRole("list", { name: "Sessions" });
      await expect(sessions.getByText("This device")).toHaveCount(1);
      await sessions.getByRole("button", { name: /^End the session of/ }).click();
      await expect(sessions.getByRole("listitem")).toHaveCount(1);
      expect((await program.request("GET", "/v1/account")).status).toBe(401);
    });

    await test.step("the export arrives", async () => {
      await page.getByRole("link", { name: "Your data" }).click();
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Export everything" }).click();
      expect((await download).suggestedFilename()).toMatch(/^faces-export-.*\.zip$/);
      await expect(page.getByText(/are in your downloads/)).toBeVisible();
    });

    await test.step("nothing goes until the name is typed", async () => {
      await page.getByRole("button", { name: "Delete the account" }).click();
      const dialog = page.getByRole("dialog");
      await expect(dialog.getByText(/^1 face of your own/)).toBeVisible();
      const yes = dialog.getByRole("button", { name: "Delete everything for good" });
      await expect(yes).toBeDisabled();
      await dialog.getByLabel("Type Vera").fill("vera");
      await yes.click();
      await page.waitForURL(/\/signin/, { waitUntil: "domcontentloaded" });
      expect((await api.request("GET", "/v1/account")).status).toBe(401);
    });
  });

  test("a second wallet is linked and unlinked on a phone", async ({ page, keyless, wallet }) => {
    await page.setViewportSize(phone);
    await signIn(page, keyless.url, wallet, "/settings?tab=wallets");
    await page.getByRole("button", { name: /^Unlink 0x/ }).click();
    await expect(page.getByRole("dialog").getByText(/Nothing else signs in/)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: /^Unlink 0x/ })).toBeFocused();
    await page.getByRole("button", { name: "Link a wallet" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Test Wallet" }).click();
    await dialog.getByRole("button", { name: /^Sign this text/ }).click();
    await expect(page.getByText("The wallet is linked.")).toBeVisible();
  });

  test("sections are reached by keyboard, and back works", async ({ page, keyless, wallet }) => {
    await signIn(page, keyless.url, wallet, "/settings");
    await page.getByRole("link", { name: "Account", exact: true }).focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Sessions" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Sessions" })).toBeVisible();
    await expect(page).toHaveURL(/tab=sessions/);
    await page.goBack();
    await expect(page.getByLabel("Name", { exact: true })).toBeVisible();
  });
});

test.describe("admin", () => {
  test("finds an account, freezes and frees it, grants credit, and lets somebody in", async ({
    page,
    browser,
    connected,
    wallet,
  }) => {
    const { installation, adminWallet } = connected;
    const { session } = await Api.withNewKey(installation.url, wallet);
    const { id } = await session.get<{ id: string }>("/v1/account");
    await signIn(page, installation.url, adminWallet, "/admin");
    // once the newest are there, the page listens
    await expect(page.getByRole("row").nth(1)).toBeVisible();
    await page.getByRole("searchbox", { name: "Search accounts" }).fill(id);
    const row = page.getByRole("row").filter({ hasText: id });
    await expect(row).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`q=${id}`));
    const choose = async (action: string) => {
      await row.getByRole("button", { name: /^Manage/ }).click();
      await page.getByRole("menuitem", { name: action }).click();
    };

    await choose("Freeze");
    await page.getByLabel("Reason").fill("Waiting for a word from you.");
    await page.getByRole("button", { name: "Freeze the account" }).click();
    await expect(row.getByText("Waiting for a word from you.")).toBeVisible();
    expect(await session.get("/v1/account")).toMatchObject({ is_frozen: true });
    await choose("Lift the freeze");
    await page.getByRole("dialog").getByRole("button", { name: "Lift the freeze" }).click();
    await expect(row.getByText("Waiting for a word from you.")).toHaveCount(0);

    await choose("Grant credit");
    await page.getByLabel("Dollars").fill("3,50");
    await page.getByRole("button", { name: "Grant $3.50" }).click();
    await expect(row.getByText("$3.50")).toBeVisible();

    await page.getByRole("link", { name: "Invites" }).click();
    await page.getByRole("button", { name: "Make an invite" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("For how many people").fill("2");
    await dialog.getByRole("button", { name: "Make an invite for 2" }).click();
    const link = await dialog.getByLabel("Link of the invite").textContent();
    expect(link).toMatch(/\/signin\?invite=/);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(page.getByRole("row").filter({ hasText: "0 of 2" }).first()).toBeVisible();

    const guest = await browser.newPage();
    await guest.goto(link ?? "");
    await expect(guest.getByLabel(/e-mail/i).first()).toBeVisible();
    await guest.close();

    await page.getByRole("link", { name: "Health" }).click();
    await expect(page.getByText("Everything works")).toBeVisible();
  });

  test("is not there for anybody else", async ({ page, keyless, wallet, connected }) => {
    // the first who signs in to an installation is its admin
    await Api.withNewKey(connected.installation.url, wallet);
    await signIn(page, connected.installation.url, wallet, "/faces");
    const answer = await page.goto(`${connected.installation.url}/admin`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByText("There is nothing at this address")).toBeVisible();
    expect((await fetch(`${keyless.url}/admin`, { redirect: "manual" })).status).toBe(307);
  });
});

function usd(amount: number): string {
  const digits = amount === 0 || amount >= 0.01 ? 2 : amount >= 0.0001 ? 4 : 6;
  return `$${amount.toFixed(digits)}`;
}
