import type { Locator, Page } from "@playwright/test";
import type { PrivateKeyAccount } from "viem/accounts";
import { Api } from "./api";
import { expect as usual, test } from "./fixtures";
import { signIn } from "./sign-in";

/** Patient, for machines on which much else runs; nothing waits longer than it has to. */
const expect = usual.configure({ timeout: 45_000 });
test.describe.configure({ timeout: 300_000 });

const aliceText =
  "I love long walks in the rain. I never answer letters at once. I believe that most quarrels are about sleep.";
const bobText = "I love long walks in the rain. I hate crowds when I am tired. I always check the numbers twice.";

/** An account with a compiled face for each text, signed in on the list of faces. */
async function withFaces(page: Page, url: string, wallet: PrivateKeyAccount, texts: Record<string, string>) {
  const { api } = await Api.withNewKey(url, wallet);
  for (const [username, text] of Object.entries(texts)) await api.makeFace(username, text);
  await signIn(page, url, wallet);
  // the first page of an account
  await expect(rowOf(page, "mara")).toBeVisible({ timeout: 110_000 });
  return api;
}

const list = (page: Page) => page.getByRole("list", { name: "Faces", exact: true });
const rowOf = (page: Page, username: string) =>
  list(page)
    .getByRole("listitem")
    .filter({ has: page.getByText(username, { exact: true }) });

/** What a fingerprint is drawn with. */
const drawing = (row: Locator) =>
  row
    .locator("svg[data-ring], svg:has([data-ring]) path")
    .evaluateAll((all) => all.map((each) => each.getAttribute("d")));

async function fitsTheScreen(page: Page) {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}

for (const { width, height } of [
  { width: 1280, height: 900 },
  { width: 360, height: 780 },
]) {
  test(`makes a face, and one of two others after a formula is put right (${width} px)`, async ({
    page,
    keyless,
    wallet,
  }) => {
    await page.setViewportSize({ width, height });
    await withFaces(page, keyless.url, wallet, { alice: aliceText, bob: bobText });
    await fitsTheScreen(page);

    await page.getByRole("button", { name: "New face" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Username").fill("alice");
    await expect(dialog.getByText("You already have a face called alice. alice-2 is free.")).toBeVisible();
    await dialog.getByLabel("Username").fill("mix");
    await page.reload();
    await expect(dialog.getByLabel("Username")).toHaveValue("mix");

    await dialog.getByRole("radio", { name: "Of other faces" }).click();
    const formula = dialog.getByRole("combobox", { name: "Formula" });
    await formula.fill("alice || bob");
    await expect(dialog.getByText(/Operators stand between spaces, unlike in \|\|, at character 7/)).toBeVisible();
    await expect(dialog.locator("mark")).toHaveText("||");
    await formula.fill("alice & bop");
    await dialog.getByRole("button", { name: "Did you mean bob?" }).click();
    await expect(dialog.getByText("what alice and bob both say.")).toBeVisible();
    const preview = dialog.getByRole("region", { name: "What it would hold now" });
    await expect(preview.getByText(/^1 statement,/)).toBeVisible();
    await expect(preview.getByText(/walks in the rain/)).toBeVisible();
    await fitsTheScreen(page);

    await dialog.getByRole("button", { name: "Create mix" }).click();
    await expect(page).toHaveURL(/\/faces\/mix/);
    await page.goto(`${keyless.url}/faces?show=composed`);
    await expect(rowOf(page, "mix").getByText("alice & bob")).toBeVisible();
    await expect(rowOf(page, "mix").getByText("Follows its parts")).toBeVisible();
    await expect(rowOf(page, "alice")).toHaveCount(0);
  });
}

test("a card leaves and comes back as the same face", async ({ page, keyless, wallet, folder }) => {
  const api = await withFaces(page, keyless.url, wallet, { alice: aliceText });
  const before = await api.get<{ component_counts: object; fingerprint: object }>("/v1/faces/alice");
  const drawn = await drawing(rowOf(page, "alice"));
  expect(drawn.length).toBeGreaterThan(4);

  for (const [name, username] of [
    ["Export as PNG", "alice-2"],
    ["Export as JSON", "alice-3"],
  ] as const) {
    await rowOf(page, "alice").getByRole("button", { name: "Actions for alice" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name }).click();
    const file = `${folder}/${(await download).suggestedFilename()}`;
    await (await download).saveAs(file);

    await page.getByRole("button", { name: "Import a card" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Import a card").setInputFiles(file);
    await expect(dialog.getByText(/exactly the one that was exported/)).toBeVisible();
    await expect(dialog.getByText("Username: the username was taken")).toBeVisible();
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await expect(rowOf(page, username)).toBeVisible();
    expect(await drawing(rowOf(page, username))).toEqual(drawn);
    const after = await api.get<{ component_counts: object; fingerprint: object }>(`/v1/faces/${username}`);
    expect([after.component_counts, after.fingerprint]).toEqual([before.component_counts, before.fingerprint]);
  }
});

test("several faces are deleted after one question, and what cannot go says why", async ({ page, keyless, wallet }) => {
  const api = await withFaces(page, keyless.url, wallet, {});
  for (const username of ["ann", "bea", "cem"]) await api.post("/v1/faces", { username });
  await api.post("/v1/faces", { username: "pair", formula: "ann | bea" });
  await page.reload();

  const dialog = page.getByRole("dialog");
  for (const name of ["ann", "cem"]) await page.getByRole("checkbox", { name: `Select ${name}` }).check();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(dialog.getByText("ann", { exact: true }).first()).toBeVisible();
  await dialog.getByRole("button", { name: "Delete 2 faces for good" }).click();
  await expect(dialog.getByText(/The face cannot be deleted: pair is made of it/)).toBeVisible();
  await expect(dialog.getByText(/1 of 2 did not work/)).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(rowOf(page, "cem")).toHaveCount(0);

  for (const name of ["ann", "pair"]) await page.getByRole("checkbox", { name: `Select ${name}` }).check();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await dialog.getByRole("button", { name: "Delete 2 faces for good" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(rowOf(page, "ann")).toHaveCount(0);
  await expect(rowOf(page, "bea")).toBeVisible();
});

test("by keyboard alone: made, found, exported, deleted", async ({ page, keyless, wallet }) => {
  const api = await withFaces(page, keyless.url, wallet, {});
  for (const username of ["ann", "bea"]) await api.post("/v1/faces", { username });
  await page.reload();
  await expect(rowOf(page, "bea")).toBeVisible();

  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Name", { exact: false }).first()).toBeFocused();
  await page.keyboard.type("Zoë Ng");
  await expect(dialog.getByLabel("Username")).toHaveValue("zoe-ng");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/faces\/zoe-ng/);

  await page.goto(`${keyless.url}/faces`);
  await page.getByRole("searchbox", { name: "Find a face" }).focus();
  await page.keyboard.type("zo");
  await expect(list(page).getByRole("listitem")).toHaveCount(1);
  await expect(page).toHaveURL(/q=zo/);
  for (let at = 0; at < 3; at++) await page.keyboard.press("Backspace");
  await expect(rowOf(page, "ann")).toBeVisible();
  await rowOf(page, "zoe-ng").getByRole("link").focus();
  await page.keyboard.press("ArrowDown");
  await expect(rowOf(page, "bea").getByRole("link")).toBeFocused();

  await page.keyboard.press("Tab");
  const actions = rowOf(page, "bea").getByRole("button", { name: "Actions for bea" });
  await expect(actions).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Chat" })).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("button", { name: "Keep it" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(actions).toBeFocused();
});
