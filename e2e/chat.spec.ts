import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import type { PrivateKeyAccount } from "viem/accounts";
import { newId } from "@/lib/ids";
import { Api } from "./api";
import type { FakeProvider } from "./fake-provider/start-fake-provider";
import { expect, test } from "./fixtures";
import { signIn } from "./sign-in";

const diary = `I have always loved the sea. I believe that people are kinder than they seem.
I never answer letters at once. I rise at five and walk to the harbour before work.
I decide slowly, because a boat that is built in a hurry leaks.`;

/** Signs a browser in and opens a page. */
async function arrive(page: Page, url: string, wallet: PrivateKeyAccount, path: string): Promise<void> {
  await signIn(page, url, wallet, path);
}

/** The next answer comes a word at a time, and would take minutes. */
const slowly = (provider: FakeProvider) => provider.fault({ kind: "slow", delayMs: 8 }, { path: "/chat/completions" });

const field = (page: Page) => page.getByRole("textbox", { name: /^Message to/ });
const log = (page: Page) => page.getByRole("log", { name: "Messages" });
const answers = (page: Page) => log(page).getByRole("article");

async function ask(page: Page, question: string): Promise<void> {
  await field(page).fill(question);
  await page.keyboard.press("Enter");
}

async function chooseModel(page: Page, model: string): Promise<void> {
  await page.getByRole("button", { name: /^Model:/ }).click();
  await page.getByRole("combobox", { name: "Search models" }).fill(model);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: `Model: ${model}` })).toBeVisible();
}

/** What was written last is on the server too. */
async function untilStored(api: Api, words: string): Promise<void> {
  await expect
    .poll(async () => (await api.get<object[]>(`/v1/conversations?q=${encodeURIComponent(words)}`)).length)
    .toBe(1);
}

test("a conversation is asked, stopped, answered again, branched, and is all there after a reload and elsewhere", async ({
  page,
  browser,
  connected: { installation, admin, provider },
  wallet,
}) => {
  const { api } = await Api.withNewKey(installation.url, wallet);
  await api.makeFace("joost", diary);
  await admin.grantCredit(api, 5);
  await arrive(page, installation.url, wallet, "/faces/joost/chat?model=builtin");

  await test.step("the built-in engine quotes, with numbers that lead to what went in", async () => {
    await ask(page, "Do you think people are kind?");
    await expect(answers(page).getByText("not a language model")).toBeVisible();
    await expect(page).toHaveURL(/\/chat\/cnv_/);
    await answers(page).getByRole("button", { name: "Source 1 of this answer" }).click();
    const why = page.getByRole("complementary", { name: "Why this answer" });
    await expect(why.getByText(/I believe that people are kinder/).first()).toBeVisible();
    await expect(why.getByText("Price")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(why).toBeHidden();
  });

  await test.step("a language model writes until it is stopped, and what it wrote stays", async () => {
    await chooseModel(page, "gpt-4o-mini");
    slowly(provider);
    await ask(page, "Count for me. [[long:40000]]");
    await expect(
      answers(page)
        .last()
        .getByText(/word40\b/),
    ).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(answers(page).last().getByText("spoken by gpt-4o-mini, stopped")).toBeVisible();
  });

  await test.step("answering again keeps the older answer", async () => {
    await ask(page, "Say something short.");
    await expect(
      answers(page)
        .last()
        .getByText(/Say something short/),
    ).toBeVisible();
    await answers(page).last().getByRole("button", { name: "Answer again" }).click();
    await expect(page.getByRole("group", { name: "Version 2 of 2" })).toBeVisible();
  });

  await test.step("another question in its place is a branch that one can leave again", async () => {
    await field(page).focus();
    await page.keyboard.press("ArrowUp");
    const edited = page.getByRole("textbox", { name: "Your question, edited" });
    await expect(edited).toBeFocused();
    await edited.fill("Say something else.");
    await page.keyboard.press("Enter");
    await expect(
      answers(page)
        .last()
        .getByText(/Say something else/),
    ).toBeVisible();
    await expect(log(page).getByText("Say something short.", { exact: true })).toBeHidden();
    await page.getByRole("button", { name: "Earlier version" }).first().click();
    await expect(log(page).getByText("Say something short.", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Later version" }).first().click();
    await untilStored(api, "You said: “Say something else.”");
  });

  await test.step("all of it is there after a reload, and in another browser", async () => {
    await page.reload();
    const other = await (await browser.newContext()).newPage();
    await arrive(other, installation.url, wallet, new URL(page.url()).pathname);
    for (const each of [page, other]) {
      await expect(log(each).getByText("Say something else.", { exact: true })).toBeVisible();
      await expect(answers(each).getByText("spoken by gpt-4o-mini, stopped")).toBeAttached();
      await expect(each.getByRole("group", { name: "Version 2 of 2" }).first()).toBeVisible();
    }
    await other.context().close();
  });

  await test.step("a page that is closed while an answer comes keeps what had come", async () => {
    slowly(provider);
    await ask(page, "Once more, counting. [[long:40001]]");
    await expect(
      answers(page)
        .last()
        .getByText(/word40\b/),
    ).toBeVisible();
    await page.goto("about:blank");
    await untilStored(api, "counting. [[long:40001]]” word1 word2");
  });
});

test("conversations are found, renamed, exported, deleted and taken back", async ({ page, keyless, wallet }) => {
  const { api } = await Api.withNewKey(keyless.url, wallet);
  await api.post("/v1/faces", { username: "joost", name: "Joost", basic_facts: "Joost builds boats." });
  for (const content of ["What about the tide?", "Which wood do you use?"]) {
    await api.post("/v1/conversations", { face: "joost", messages: [{ id: newId("message"), role: "user", content }] });
  }
  await arrive(page, keyless.url, wallet, "/chat");
  const list = page.getByRole("navigation", { name: "Conversations" });
  const row = (name: string) => list.getByRole("link", { name: new RegExp(name) });
  await expect(list.getByRole("link")).toHaveCount(2);

  await page.getByRole("searchbox", { name: "Search conversations" }).fill("WOOD");
  await expect(list.getByRole("link")).toHaveCount(1);
  await expect(page).toHaveURL(/q=WOOD/);
  await row("Which wood").click();
  await expect(log(page).getByText("Which wood do you use?")).toBeVisible();
  await page.getByRole("searchbox", { name: "Search conversations" }).fill("");

  await row("Which wood").press("F2");
  await page.getByRole("textbox", { name: "Title" }).fill("On wood");
  await page.keyboard.press("Enter");
  await expect(row("On wood")).toBeVisible();

  const actions = (title: string) => page.getByRole("button", { name: `What to do with “${title}”` });
  await actions("On wood").click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Export as Markdown" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("on-wood.md");
  expect(await readFile(await download.path(), "utf8")).toContain("## You\n\nWhich wood do you use?");

  await actions("On wood").click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(row("On wood")).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row("On wood")).toBeVisible();
  await row("tide").press("Delete");
  await expect(row("tide")).toBeHidden();
  await expect.poll(async () => (await api.get<object[]>("/v1/conversations")).length).toBe(1);
});

test("a comparison asks two sides at once and goes on with the better one", async ({
  page,
  connected: { installation, admin },
  wallet,
}) => {
  const { api } = await Api.withNewKey(installation.url, wallet);
  await api.makeFace("joost", diary);
  await admin.grantCredit(api, 5);
  await arrive(
    page,
    installation.url,
    wallet,
    "/chat/compare?a=joost@builtin&b=joost@gpt-4o-mini&ask=Are+people+kind%3F",
  );
  await page.getByRole("button", { name: "Ask both" }).click();
  const [a, b] = [
    page.getByRole("region", { name: "Side A", exact: true }),
    page.getByRole("region", { name: "Side B", exact: true }),
  ];
  await expect(a.getByText("not a language model")).toBeVisible();
  await expect(b.getByText(/spoken by gpt-4o-mini · \$0\.00/)).toBeVisible();
  await b.getByRole("button", { name: "Why this answer" }).click();
  await expect(page.getByText("nobody can tell, so none are numbered")).toBeVisible();
  await page.reload();
  await expect(b.getByText(/You said: “Are people kind\?”/)).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();
  await b.getByRole("button", { name: "Go on with joost" }).click();
  await expect(page).toHaveURL(/\/chat\/cnv_/);
  await expect(page.getByRole("button", { name: "Model: gpt-4o-mini" })).toBeVisible();
  await expect(answers(page).getByText(/You said: “Are people kind\?”/)).toBeVisible();
});

test("the scroll yields to the reader, at 360 px", async ({
  page,
  connected: { installation, admin, provider },
  wallet,
}) => {
  await page.setViewportSize({ width: 360, height: 780 });
  const { api } = await Api.withNewKey(installation.url, wallet);
  await api.makeFace("joost", diary);
  await admin.grantCredit(api, 5);
  await arrive(page, installation.url, wallet, "/chat?face=joost&model=gpt-4o-mini");
  slowly(provider);
  await ask(page, "Count for me. [[long:40000]]");
  await expect(
    answers(page)
      .last()
      .getByText(/word200\b/),
  ).toBeVisible();
  const top = () => log(page).evaluate((element) => element.scrollTop);
  const left = () => log(page).evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);
  await expect.poll(top).toBeGreaterThan(200);

  await log(page).hover();
  await page.mouse.wheel(0, -600);
  const jump = page.getByRole("button", { name: "Go to the end" });
  await expect(jump).toBeVisible();
  const place = await top();
  const before = await left();
  await expect.poll(left).toBeGreaterThan(before + 200);
  expect(Math.abs((await top()) - place)).toBeLessThan(4);
  await jump.click();
  await expect.poll(left).toBeLessThan(60);
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(answers(page).getByText("stopped")).toBeVisible();

  await page.getByRole("button", { name: "Show the conversations" }).click();
  await expect(page.getByRole("dialog").getByRole("link", { name: /Count for me/ })).toBeVisible();
  await page.keyboard.press("Escape");
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
    0,
  );
});

test("by keyboard alone: choose a model, bring in a face, ask, edit, look why, come back", async ({
  page,
  keyless,
  wallet,
}) => {
  const { api } = await Api.withNewKey(keyless.url, wallet);
  await api.makeFace("joost", diary);
  await arrive(page, keyless.url, wallet, "/chat?face=joost");
  await expect(field(page)).toBeFocused();
  const keys = page.keyboard;

  await keys.type("What would ${joo");
  await expect(page.getByRole("listbox", { name: "Faces to bring in" })).toBeVisible();
  await keys.press("Enter");
  await expect(page.getByRole("combobox", { name: /^Message to/ }).or(field(page))).toHaveValue("What would ${joost}");
  await keys.type(" say about people?");
  await keys.press("Shift+Enter");
  await keys.type("And boats?");
  await keys.press("Enter");
  await expect(answers(page).getByText("not a language model")).toBeVisible();
  await expect(field(page)).toBeFocused();

  const why = answers(page).getByRole("button", { name: "Why this answer" });
  await why.focus();
  await keys.press("Enter");
  const panel = page.getByRole("complementary", { name: "Why this answer" });
  await expect(panel).toBeFocused();
  await keys.press("Escape");
  await expect(why).toBeFocused();

  await field(page).focus();
  await keys.press("ArrowUp");
  const edited = page.getByRole("textbox", { name: "Your question, edited" });
  await expect(edited).toBeFocused();
  await keys.press("Escape");
  await expect(edited).toBeHidden();
  await expect(field(page)).toBeFocused();

  const picker = page.getByRole("button", { name: /^Model:/ });
  await picker.focus();
  await keys.press("Enter");
  await expect(page.getByRole("combobox", { name: "Search models" })).toBeFocused();
  await keys.press("ArrowDown");
  await keys.press("Enter");
  await expect(picker).toBeFocused();
});
