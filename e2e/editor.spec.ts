import type { Locator, Page } from "@playwright/test";
import type { PrivateKeyAccount } from "viem/accounts";
import { Api } from "./api";
import { expect, test } from "./fixtures";
import { signIn } from "./sign-in";

const journal = `I am a bookbinder by trade, and I was born in a houseboat on the Amstel.

I like quiet mornings. I love the smell of glue and paper. I believe that people are kinder than they look. When
somebody praises me I look at my hands. I hate loud restaurants.

I decide slowly, because a hurried cut ruins the sheet. I always walk home along the canal. I sing when I am alone.`;

/** Says the opposite of the journal, once. */
const letters = "I do not like quiet mornings. I trust people who are slow. I keep my tools in the order of their age.";

const narrow = { width: 360, height: 780 };
const wide = { width: 1280, height: 900 };

/** An account with one face, compiled twice, signed in on one of its tabs. */
async function openFace(page: Page, url: string, wallet: PrivateKeyAccount, tab: string): Promise<Api> {
  const { api } = await Api.withNewKey(url, wallet);
  await api.post("/v1/faces", { username: "joost", name: "Joost" });
  for (const [label, content] of [
    ["journal.md", journal],
    ["letters.md", letters],
  ] as const) {
    await api.post("/v1/faces/joost/documents", { content, label, type: "document" });
    await api.post("/v1/faces/joost/sync");
    await api.untilSynced("joost");
  }
  await signIn(page, url, wallet, `/faces/joost?tab=${tab}`);
  await expect(page.getByRole("heading", { name: "Joost", level: 1 })).toBeVisible({ timeout: 60_000 });
  return api;
}

const statements = (page: Page) => page.getByRole("listbox", { name: "Statements" });
const opened = (page: Page) => page.getByRole("article", { name: "Statement", exact: true });
const isIn = (locator: Locator) => locator.evaluate((element) => element.contains(document.activeElement));

async function fitsTheScreen(page: Page) {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}

for (const size of [wide, narrow]) {
  test(`a statement is found beside its sentence, reworded, pinned and switched off, each taken back (${size.width} px)`, async ({
    page,
    keyless,
    wallet,
  }) => {
    await page.setViewportSize(size);
    await openFace(page, keyless.url, wallet, "primitives");

    await page.getByRole("searchbox", { name: "Search statements" }).fill("kinder");
    await expect(page.getByText(/^1 statement of \d+ hold/)).toBeVisible();
    await expect(page).toHaveURL(/q=kinder/);
    await statements(page).getByRole("option").click();
    await expect(opened(page).locator("mark[data-component]")).toHaveText(
      "I believe that people are kinder than they look.",
    );
    await fitsTheScreen(page);

    await test.step("rewords it, and takes that back", async () => {
      await opened(page).getByRole("button", { name: "Change the wording" }).click();
      await opened(page).getByRole("textbox", { name: "Statement" }).fill("People are kinder than they think.");
      await opened(page).getByRole("button", { name: "Keep these words" }).click();
      await expect(opened(page).getByText("People are kinder than they think.")).toBeVisible();
      await expect(opened(page).getByText("Changed by hand")).toBeVisible();
      await page.getByRole("button", { name: "Undo" }).click();
      await expect(opened(page).getByText("Changed by hand")).toBeHidden();
    });

    await test.step("pins it and switches it off; both stay over a reload", async () => {
      await opened(page).getByRole("button", { name: "Pin: always part of conversations" }).click();
      await expect(page.getByText("The statement is pinned: it is part of every conversation.")).toBeVisible();
      await opened(page).getByRole("button", { name: "Switch off: no conversation uses it" }).click();
      await expect(opened(page).getByText("Switched off: no conversation uses it")).toBeVisible();
      await expect(page.getByText("The statement is switched off: no conversation uses it.")).toBeVisible();
      await page.reload();
      await expect(opened(page).getByRole("button", { name: "Unpin" })).toBeVisible();
      await opened(page).getByRole("button", { name: "Switch on again" }).click();
      await expect(opened(page).getByText("Switched off: no conversation uses it")).toBeHidden();
    });
  });
}

test("two statements that contradict each other stand side by side, and one is chosen", async ({
  page,
  keyless,
  wallet,
}) => {
  const api = await openFace(page, keyless.url, wallet, "primitives");
  await page.getByRole("button", { name: /^Tensions/ }).click();
  await expect(page).toHaveURL(/mark=tension/);
  await expect(statements(page).getByRole("option")).toHaveCount(2);
  await statements(page).getByRole("option").first().click();
  const [first, second] = [
    page.getByRole("article", { name: "This statement" }),
    page.getByRole("article", { name: "The other", exact: true }),
  ];
  await expect(first).toContainText(/quiet mornings/);
  await expect(second).toContainText(/quiet mornings/);
  await page.getByRole("button", { name: "This one wins" }).click();
  await expect(second).toContainText("switched off");
  await expect(page.getByText(/” wins; the other is switched off\./)).toBeVisible();
  const states = await api.get<{ state: string }[]>("/v1/faces/joost/primitives?tension=true");
  expect(states.map(({ state }) => state).sort()).toEqual(["active", "disabled"]);
  await page.getByRole("button", { name: "Keep both" }).click();
  await expect(second).not.toContainText("switched off");
});

test("statements are walked, reworded, pinned and switched off by keyboard alone", async ({
  page,
  keyless,
  wallet,
}) => {
  await openFace(page, keyless.url, wallet, "primitives");
  await expect(statements(page).getByRole("option").first()).toBeVisible();
  await statements(page).focus();
  await page.keyboard.press("ArrowDown");
  const second = await statements(page).getByRole("option", { selected: true }).getAttribute("id");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await expect(statements(page)).toHaveAttribute("aria-activedescendant", second ?? "");
  await page.keyboard.press("e");
  const words = opened(page).getByRole("textbox", { name: "Statement" });
  await expect(words).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.type(" Truly.");
  await page.keyboard.press("Control+Enter");
  await expect(opened(page).getByText("Changed by hand")).toBeVisible();
  await page.keyboard.press("p");
  await expect(opened(page).getByRole("button", { name: "Unpin" })).toBeVisible();
  await page.keyboard.press("x");
  await expect(opened(page).getByRole("button", { name: "Switch on again" })).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog").getByText("Pin or unpin the statement")).toBeVisible();
});

const drawing = (page: Page) => page.getByRole("application", { name: /^Drawing of the graph/ });
const list = (page: Page) => page.getByRole("listbox", { name: "All statements" });

/** How many pixels of a canvas are drawn on: WebGL keeps nothing, so it is asked in the frame that draws. */
async function inkOf(page: Page): Promise<number> {
  const shot = (await drawing(page).screenshot()).toString("base64");
  return page.evaluate(async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: [] };
    let coloured = 0;
    for (let at = 0; at < data.length; at += 4) {
      const channels = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      if (Math.max(...channels) - Math.min(...channels) > 60) coloured += 1;
    }
    return coloured;
  }, shot);
}

for (const size of [wide, narrow]) {
  test(`the graph is drawn, and a statement chosen in the list is chosen in the drawing and in the address (${size.width} px)`, async ({
    page,
    keyless,
    wallet,
  }) => {
    await page.setViewportSize(size);
    await openFace(page, keyless.url, wallet, "graph");
    await expect(drawing(page)).toBeVisible({ timeout: 30_000 });
    await expect.poll(() => inkOf(page)).toBeGreaterThan(150);
    await fitsTheScreen(page);

    await list(page).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const chosen = list(page).getByRole("option", { selected: true });
    await expect(chosen).toHaveCount(1);
    const id = (await chosen.getAttribute("id"))?.replace("graph-", "");
    await expect(drawing(page)).toHaveAttribute("data-chosen", id ?? "");
    await expect(page).toHaveURL(new RegExp(`p=${id}`));
    const card = page.getByRole("article").filter({ has: page.getByRole("blockquote") });
    await expect(card).toBeVisible();
    const sentence = await card.getByRole("blockquote").textContent();
    expect(`${journal}\n${letters}`.replace(/\s+/g, " ")).toContain(sentence?.replace(/\s+/g, " "));

    await page.getByRole("radio", { name: "By closeness" }).click();
    await expect(page).toHaveURL(/layout=closeness/);
    await page.reload();
    await expect(drawing(page)).toHaveAttribute("data-chosen", id ?? "", { timeout: 30_000 });
    await expect(page.getByRole("radio", { name: "By closeness" })).toBeChecked();
    await page.getByRole("link", { name: "Open in Primitives" }).click();
    await expect(opened(page).locator("mark[data-component]")).toBeVisible();
  });
}

test("the graph is walked by keyboard alone, in the drawing too, and found in", async ({ page, keyless, wallet }) => {
  await openFace(page, keyless.url, wallet, "graph");
  await expect(drawing(page)).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press("/");
  const find = page.getByRole("searchbox", { name: "Find in the graph" });
  await expect(find).toBeFocused();
  await page.keyboard.type("canal");
  await expect(list(page).getByRole("option")).toHaveCount(1);
  await find.fill("");
  for (let presses = 0; presses < 8 && !(await isIn(drawing(page))); presses += 1) await page.keyboard.press("Tab");
  await expect(drawing(page)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  const first = await drawing(page).getAttribute("data-chosen");
  expect(first).not.toBeNull();
  const steps = ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"];
  for (const key of steps)
    if ((await drawing(page).getAttribute("data-chosen")) === first) await page.keyboard.press(key);
  await expect(drawing(page)).not.toHaveAttribute("data-chosen", first ?? "");
  await expect(list(page).getByRole("option", { selected: true })).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(drawing(page)).not.toHaveAttribute("data-chosen");
});

for (const size of [wide, narrow]) {
  test(`two versions are compared, and the older one is restored and taken back (${size.width} px)`, async ({
    page,
    keyless,
    wallet,
  }) => {
    await page.setViewportSize(size);
    const api = await openFace(page, keyless.url, wallet, "versions");
    await expect(page.getByText(/^\d+ added$/)).toBeVisible();
    await expect(page.getByText("I trust people who are slow.").first()).toBeVisible();
    await expect(page.getByRole("img", { name: /^Fingerprint of version 2/ })).toBeVisible();
    await fitsTheScreen(page);
    await page.getByRole("button", { name: "Compare the other way round" }).click();
    await expect(page).toHaveURL(/from=2&to=1|to=1&from=2/);
    await expect(page.getByText(/^0 added$/)).toBeVisible();
    await page.goBack();
    await expect(page.getByText(/^0 removed$/)).toBeVisible();

    const before = await api.get<object[]>("/v1/faces/joost/primitives?limit=100");
    await page.getByRole("button", { name: "Restore version 1" }).click();
    const dialog = page.getByRole("dialog", { name: "Restore version 1?" });
    await expect(dialog.getByText(/^Against now: 0 statements come back, [1-9]/)).toBeVisible();
    await dialog.getByRole("button", { name: "Restore version 1" }).click();
    await expect(page.getByText("Version 1 is restored, as version 3.")).toBeVisible();
    await expect(page.getByRole("button", { name: /^3 current/ })).toBeVisible();
    expect((await api.get<object[]>("/v1/faces/joost/primitives?limit=100")).length).toBeLessThan(before.length);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("Version 2 is restored, as version 4.")).toBeVisible();
    expect(await api.get<object[]>("/v1/faces/joost/primitives?limit=100")).toHaveLength(before.length);
  });
}

test("voice says why it is empty, and fidelity leads to the drafts it counts", async ({ page, keyless, wallet }) => {
  await openFace(page, keyless.url, wallet, "voice");
  await expect(page.getByText("No voice yet")).toBeVisible();
  await expect(page.getByRole("link", { name: "Add a conversation" })).toBeVisible();
  await page.getByRole("link", { name: "Fidelity" }).click();
  await expect(page.getByRole("heading", { name: "By component" })).toBeVisible();
  await page.getByRole("button", { name: "Measure again" }).click();
  await expect(page.getByText("The figures are those of the face as it is now.")).toBeVisible();
});
