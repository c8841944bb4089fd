import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "./fixtures";
import { installWallet } from "./in-page-wallet";
import { signIn } from "./sign-in";

const journal = `I am a bookbinder by trade, and I was born in a houseboat on the Amstel.

I never throw paper away. What I love most is the smell of a shop in the morning. I believe that people are kinder
than they look. When somebody praises me I look at my hands.`;

test("from a wallet to a streamed answer, by clicking", async ({ page, keyless, wallet, folder }) => {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  await writeFile(join(folder, "journal.md"), journal);
  await installWallet(page, wallet);

  await test.step("sign in", async () => {
    await page.goto(`${keyless.url}/signin`);
    await page.getByRole("button", { name: "Test Wallet" }).click();
    await expect(page.getByText("wants you to sign in with your Ethereum account")).toBeVisible();
    await page.getByRole("button", { name: /^Sign this text/ }).click();
    await expect(page.getByRole("heading", { name: "Faces", level: 1 })).toBeVisible();
    await expect(page.getByRole("link", { name: /Mara Lindqvist/ }).first()).toBeVisible();
  });

  await test.step("make a face", async () => {
    await page.getByRole("button", { name: "New face" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name", { exact: false }).first().fill("Joost");
    await dialog.getByLabel("Username").fill("joost");
    await dialog.getByLabel("Facts", { exact: false }).fill("Joost binds books in Amsterdam.");
    await dialog.getByRole("button", { name: /^Create/ }).click();
    await expect(page).toHaveURL(/\/faces\/joost/);
  });

  await test.step("upload and sync", async () => {
    await page.goto(`${keyless.url}/faces/joost?tab=sources`);
    await page.getByLabel("Files").setInputFiles(join(folder, "journal.md"));
    await expect(page.getByRole("region", { name: "Texts" }).getByText("journal.md")).toBeVisible();
    await page.getByRole("button", { name: /^Sync 1 / }).click();
    await expect(page.getByText(/^Synced/).first()).toBeVisible({ timeout: 60_000 });
  });

  await test.step("see the sentence that a statement rests on", async () => {
    await page.getByRole("link", { name: /^Primitives/ }).click();
    await expect(page).toHaveURL(/tab=primitives/);
    await page
      .getByText(/people are kinder than they look/)
      .first()
      .click();
    await expect(page.locator("mark").filter({ hasText: "people are kinder" }).first()).toBeVisible();
  });

  await test.step("talk to it", async () => {
    await page.goto(`${keyless.url}/faces/joost/chat`);
    await page.getByLabel("Message to Joost").fill("Do you think people are kind?");
    await page.keyboard.press("Enter");
    const messages = page.getByLabel("Messages");
    await expect(messages.getByText(/people are kinder/).first()).toBeVisible();
    await expect(page.getByText(/not a language model/i).first()).toBeVisible();
  });

  expect(problems).toEqual([]);
});

test("a refused signature is explained, and the next one signs in", async ({ page, keyless, wallet }) => {
  const mood = await installWallet(page, wallet);
  await page.goto(`${keyless.url}/signin`);
  await page.getByRole("button", { name: "Test Wallet" }).click();
  mood.refuses = true;
  await page.getByRole("button", { name: /^Sign this text/ }).click();
  await expect(page.getByText("The text was not signed")).toBeVisible();
  await expect(page).toHaveURL(/signin/);
  mood.refuses = false;
  await page.getByRole("button", { name: /^Sign this text/ }).click();
  await expect(page.getByRole("heading", { name: "Faces", level: 1 })).toBeVisible();
});

test("an API key made in the browser is shown once and works until it is revoked", async ({
  page,
  keyless,
  wallet,
}) => {
  await signIn(page, keyless.url, wallet, "/keys");
  await page.getByRole("button", { name: "Create a key" }).first().click();
  await page.getByRole("dialog").getByLabel("Name", { exact: false }).fill("notebook");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Create/ })
    .click();
  const key = await page
    .getByText(/^sk-faces-\S{30,}$/)
    .first()
    .innerText();
  const headers = { authorization: `Bearer ${key}` };
  expect((await page.request.get(`${keyless.url}/v1/faces`, { headers })).status()).toBe(200);

  await page.reload();
  await expect(page.getByText("notebook")).toBeVisible();
  expect(await page.getByText(key).count()).toBe(0);
  await page.getByRole("button", { name: "Actions for notebook" }).click();
  await page.getByRole("menuitem", { name: "Revoke" }).click();
  await page
    .getByRole("button", { name: /^Revoke/ })
    .last()
    .click();
  await expect(page.getByText("notebook")).toHaveCount(0);
  expect((await page.request.get(`${keyless.url}/v1/faces`, { headers })).status()).toBe(401);
});
