import { join } from "node:path";
import type { Page } from "@playwright/test";
import sharp from "sharp";
import { Api } from "./api";
import { expect as usual, test } from "./fixtures";
import { signIn } from "./sign-in";

/** The first order starts the models; much else may run on the machine. */
const expect = usual.configure({ timeout: 90_000 });
test.describe.configure({ timeout: 300_000 });

const group = "node_modules/@vladmandic/face-api/demo/sample1.jpg";

/** One person of a photo of three, and the three of them. @returns where the files lie */
async function photos(folder: string): Promise<{ person: string; three: string }> {
  const [person, three] = [join(folder, "nurse.jpg"), join(folder, "party.jpg")];
  await sharp(group).extract({ left: 1340, top: 140, width: 520, height: 640 }).jpeg().toFile(person);
  await sharp(group).resize({ width: 1280 }).jpeg().toFile(three);
  return { person, three };
}

async function withFace(page: Page, url: string, wallet: Parameters<typeof Api.withNewKey>[1]): Promise<void> {
  const { api } = await Api.withNewKey(url, wallet);
  await api.post("/v1/faces", { username: "nora", name: "Nora" });
  await signIn(page, url, wallet, "/faces/nora?tab=portraits");
}

async function fitsTheScreen(page: Page) {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}

for (const [width, height] of [
  [1280, 900],
  [360, 780],
] as const) {
  test(`a photo becomes portraits, and one of them the face's picture (${width} px)`, async ({
    page,
    keyless,
    wallet,
    folder,
  }) => {
    await page.setViewportSize({ width, height });
    const { person, three } = await photos(folder);
    await withFace(page, keyless.url, wallet);
    await expect(page.getByRole("heading", { name: "First a photo" })).toBeVisible();

    await page.getByLabel("Photos to add").setInputFiles([person, three]);
    const list = page.getByRole("list", { name: "Photos" });
    await expect(list.getByText(/^One face, \d+ px/)).toBeVisible();
    await expect(list.getByText(/3 faces/)).toBeVisible();
    await list.getByRole("button", { name: "Leave out party.jpg" }).click();
    await page.getByRole("button", { name: "Keep 1 photo" }).click();
    await expect(page.getByText("Photos are kept only of people who agree.")).toBeVisible();
    await page.getByRole("checkbox", { name: /^Nora agrees/ }).check();
    await page.getByRole("button", { name: "Keep 1 photo" }).click();

    const prompt = page.getByRole("textbox", { name: "What should the picture show?" });
    await prompt.fill("portrait in a library, riding a horse");
    await expect(page.getByText("Scene: Library")).toBeVisible();
    await expect(
      page
        .getByText(/riding a horse/)
        .locator("visible=true")
        .first(),
    ).toBeVisible();
    await page.getByRole("button", { name: "Make 2 portraits, free" }).click();

    const results = page.getByRole("region", { name: "Portraits" });
    const made = results.getByRole("button", { name: /^Open .*, seed \d+$/ });
    await expect(made).toHaveCount(2);
    const favourite = results.getByRole("button", { name: "Favourite" }).first();
    await favourite.click();
    await expect(favourite).toHaveAttribute("aria-pressed", "true");
    await fitsTheScreen(page);

    await made.first().click();
    const large = page.getByRole("dialog");
    await expect(large.getByRole("img", { name: /^Portrait: portrait in a library/ })).toBeVisible();
    await expect(large.getByText("riding a horse", { exact: true })).toBeVisible();
    await large.getByRole("button", { name: "Use as Nora’s picture" }).click();
    await expect(page.getByText("Nora is shown by it now.")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(made.first()).toBeFocused();

    await made.last().click();
    await large.getByRole("button", { name: "Delete" }).click();
    await expect(made).toHaveCount(1);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(made).toHaveCount(2);

    await page.goto(`${keyless.url}/portraits?favourites=1`);
    await expect(page.getByRole("button", { name: /^Open .*, seed \d+$/ })).toHaveCount(1);
    await expect(page.getByRole("switch", { name: "Favourites only" })).toBeChecked();
    await fitsTheScreen(page);
    await page.goto(`${keyless.url}/faces`);
    const avatar = page.getByRole("listitem").filter({ hasText: "Nora" }).locator("img");
    await expect(avatar).toHaveJSProperty("complete", true);
    expect(await avatar.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
  });
}

test("by keyboard alone: consent, an order, the portrait large, a favourite, and the gallery", async ({
  page,
  keyless,
  wallet,
  folder,
}) => {
  const { person } = await photos(folder);
  await withFace(page, keyless.url, wallet);
  const add = page.getByRole("button", { name: /^Add photos/ });
  await add.focus();
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Enter");
  await (await chooser).setFiles(person);
  await expect(page.getByText(/^One face, \d+ px/)).toBeVisible();
  await page.getByRole("textbox", { name: "Who is in the photos" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(page.getByRole("checkbox", { name: /^Nora agrees/ })).toBeChecked();
  await page.getByRole("textbox", { name: "Who is in the photos" }).focus();
  await page.keyboard.press("Enter");

  const prompt = page.getByRole("textbox", { name: "What should the picture show?" });
  await prompt.focus();
  await page.keyboard.type("by the sea, film");
  await page.keyboard.press("ControlOrMeta+Enter");
  const made = page.getByRole("button", { name: /^Open by the sea, film, seed \d+$/ });
  await expect(made).toHaveCount(2);

  await made.last().focus();
  await page.keyboard.press("Enter");
  const large = page.getByRole("dialog");
  await expect(large.getByRole("img")).toBeVisible();
  const shown = await large.getByRole("img").getAttribute("alt");
  await page.keyboard.press("ArrowLeft");
  await expect(large.getByRole("img")).not.toHaveAttribute("alt", shown ?? "");
  await large.getByRole("button", { name: "Favourite" }).focus();
  await page.keyboard.press("Enter");
  await expect(large.getByRole("button", { name: "Favourite" })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Escape");
  await expect(large).toBeHidden();
  await expect(made.last()).toBeFocused();

  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(page).toHaveURL(/\/portraits$/);
  await page.keyboard.press("f");
  await expect(page).toHaveURL(/favourites=1/);
  await expect(page.getByRole("button", { name: /^Open .*, seed \d+$/ })).toHaveCount(1);
});
