import { expect as baseExpect, type Locator, type Page, test as base } from "@playwright/test";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { type Installation, startInstallation } from "@/lib/dev/start-installation";
import { Api } from "./api";
import { startHostileModel } from "./hostile-model";
import { watchPages } from "./watch-page";
import { signIn } from "./sign-in";

/*
 * What people and models write, in every place that shows it. A payload that ran would call `fired`; a policy that had
 * to stop one would be reported. Neither may happen: nothing is ever made into HTML, so nothing is left to stop.
 */

/** Ways in which a text becomes a script, each saying which it was. */
const payloads = [
  `<script>fired("script")</script>`,
  `<img src=x onerror=fired("img")>`,
  `<svg/onload=fired("svg")><animate onbegin=fired("animate") attributeName=x dur=1s>`,
  `"><img src=x onerror=fired("quote")>`,
  `'-fired("apostrophe")-'`,
  `</title><script>fired("title")</script>`,
  `</textarea><script>fired("textarea")</script>`,
  `<iframe srcdoc="<script>parent.fired('srcdoc')</script>"></iframe>`,
  `<details open ontoggle=fired("details")>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=fired("math")>`,
  `javascript:fired("address")`,
  `{{constructor.constructor('fired("template")')()}}`,
  `\${fired("literal")}`,
  `<style>@import'javascript:fired("style")';*{display:none}</style>`,
  `<base href="https://evil.example/"><form action=javascript:fired("form")><button>x</button></form>`,
];
const all = payloads.join(" ");
/** As long as names may be. */
const short = `<img src=x onerror=fired("name")>"'</title><script>fired("n")</script>`;

const markdown = [
  "# <script>fired('md-title')</script>",
  "[a link](javascript:fired('md-link')) and [data](data:text/html;base64,PHNjcmlwdD5maXJlZCgxKTwvc2NyaXB0Pg==)",
  "[entities](&#106;avascript:fired('md-entity')) [tab](java\tscript:fired('md-tab')) [vb](vbscript:fired('vb'))",
  `![a picture](x" onerror="fired('md-image'))`,
  "![remote](https://evil.example/pixel.png)",
  "[ref]: javascript:fired('md-ref)\n\n[ref]",
  "<javascript:fired('md-auto')>",
  "```html\n<script>fired('md-fence')</script>\n```",
  "```mermaid\ngraph TD; A[\"<img src=x onerror=fired('mermaid')>\"] --> B; click A \"javascript:fired('click')\"\n```",
  "$$\\href{javascript:fired('katex')}{x}$$ $\\htmlData{onclick=fired('katex2')}{x}$",
  "| <img src=x onerror=fired('md-table')> |\n|---|\n| <svg onload=fired('md-cell')> |",
  "- <details open ontoggle=fired('md-list')>",
  "> <iframe src=\"javascript:fired('md-quote')\"></iframe>",
  all,
  "the end of the answer",
].join("\n\n");

type Hostile = { installation: Installation; api: Api };

const test = base.extend<object, { hostile: Hostile & { wallet: ReturnType<typeof privateKeyToAccount> } }>({
  hostile: [
    async ({}, use) => {
      const model = await startHostileModel(markdown);
      const servers = [{ name: "evil", base_url: model.url, models: ["hostile"] }];
      const installation = await startInstallation({
        env: { MODEL_SERVERS: JSON.stringify(servers), COMPILE_MODEL: "builtin", DEFAULT_MODEL: "hostile" },
      });
      const wallet = privateKeyToAccount(generatePrivateKey());
      const { api } = await Api.withNewKey(installation.url, wallet);
      await use({ installation, api, wallet });
      await installation.stop();
      await model.close();
    },
    { scope: "worker", timeout: 180_000 },
  ],
});
const expect = baseExpect;

const diary = `I am a potter, and I was born in ${short}. I believe that ${payloads[1]} is a lie. I love ${payloads[2]} more than rain.
I never trust ${payloads[4]} before noon. I always say ${payloads[11]} to strangers.`;

/** Fills an account with hostile words wherever somebody may write. */
async function poison(api: Api): Promise<void> {
  await api.post("/v1/faces", {
    username: "eve",
    name: short,
    aliases: [short.slice(0, 90)],
    basic_facts: all,
    pronouns: `"><b onclick=fired(1)>`,
  });
  await api.post("/v1/faces/eve/documents", { content: diary, label: `${short}.md`, type: "document" });
  const talk = `${"Eve"}: ${payloads[1]} is how I talk, honestly.\nBob: and ${payloads[0]}?\nEve: well, always ${payloads[2]}.`;
  await api.post("/v1/faces/eve/documents", { content: talk, label: payloads[3], type: "thread", face_speaker: "Eve" });
  await api.post("/v1/faces/eve/sync");
  await api.untilSynced("eve");
  await api.post("/v1/faces", { username: "both", name: payloads[3], formula: "eve | mara" }).catch(() => null);
  await api.put("/v1/faces/eve/embed", {
    greeting: all.slice(0, 500),
    disclosure: all.slice(0, 300),
    suggestions: payloads.slice(0, 4).map((text) => text.slice(0, 120)),
    origins: ["https://example.com"],
  });
}

async function look(page: Page, url: string, sign: Locator): Promise<void> {
  await page.goto(url);
  await expect(sign.first()).toBeVisible();
  // handlers that were parsed would fire with the next task; the layout still stands
  await page.waitForFunction(() => document.readyState === "complete");
  const overflow = await page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
  expect.soft(overflow, `${page.url()} is too wide`).toBe(0);
  expect(
    await page.locator("[onerror],[onload],[ontoggle],[onclick],[onbegin],body script:not([nonce]):not([src])").count(),
  ).toBe(0);
  expect(
    await page
      .locator("a[href^='javascript' i], a[href^='data' i], a[href^='vbscript' i], iframe[srcdoc], base")
      .count(),
  ).toBe(0);
}

test("nothing that anybody writes runs, on any page of the dashboard", async ({ page, context, hostile }) => {
  test.setTimeout(300_000);
  const { installation, api, wallet } = hostile;
  const { url } = installation;
  const watched = await watchPages(context);
  await poison(api);
  await api.post("/v1/api-keys", { name: short }).catch(() => null);
  await signIn(page, url, wallet, `/faces?q=${payloads[1]}`);

  const name = page.getByText(`<img src=x onerror=fired("name")>`, { exact: false });
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await look(page, `${url}/faces`, name);
    for (const tab of [
      "facts",
      "sources",
      "primitives",
      "graph",
      "voice",
      "fidelity",
      "versions",
      "portraits",
      "embed",
    ]) {
      await test.step(`${tab} at ${width}`, () => look(page, `${url}/faces/eve?tab=${tab}`, page.locator("h1")));
    }
    for (const path of ["/chat", "/portraits", "/keys", "/usage", "/settings", "/reference"]) {
      await test.step(`${path} at ${width}`, () => look(page, url + path, page.locator("h1, main")));
    }
    // what stands in the address is shown back
    const odd = encodeURIComponent(`<img src=x onerror=fired("address")>`);
    for (const path of [
      `/faces/${odd}`,
      `/faces/${odd}/chat`,
      `/chat/${odd}`,
      `/faces?q=${odd}`,
      `/faces/eve?tab=${odd}&q=${odd}`,
      `/c/${odd}`,
      `/embed/${odd}`,
      `/signin?next=javascript:fired(1)`,
      `/${odd}`,
    ]) {
      await test.step(path, () => look(page, url + path, page.locator("h1, main")));
    }
  }

  await test.step("a statement beside its source", async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${url}/faces/eve?tab=primitives`);
    await page
      .getByText(/is a lie|more than rain|potter/u)
      .first()
      .click();
    await expect(page.locator("mark").first()).toBeVisible();
  });

  expect(watched).toEqual({ violations: [], errors: [], ran: [] });
});

test("an answer that is written in pieces runs nothing, in the chat and on the page for visitors", async ({
  page,
  context,
  hostile,
}) => {
  test.setTimeout(180_000);
  const { installation, api } = hostile;
  const { url } = installation;
  const watched = await watchPages(context);
  const wallet = privateKeyToAccount(generatePrivateKey());
  const own = await Api.withNewKey(url, wallet);
  expect(api.url).toBe(url);
  await own.api.post("/v1/faces", { username: "eve", name: "Eve", basic_facts: all });
  const view = await own.api.put<{ public_url: string }>("/v1/faces/eve/embed", { greeting: all.slice(0, 500) });

  await test.step("page for visitors", async () => {
    await page.goto(url + new URL(view.public_url).pathname);
    await page.getByLabel("Message to Eve").fill(all.slice(0, 1_900));
    await page.keyboard.press("Enter");
    await expect(page.getByText("the end of the answer")).toBeVisible();
    await expect(page.getByRole("button", { name: "Send" })).toBeVisible();
    await expectHarmless(page);
  });

  await test.step("chat", async () => {
    await signIn(page, url, wallet, "/faces/eve/chat");
    const box = page.getByRole("textbox", { name: /^Message/ });
    await box.fill(`${markdown.slice(0, 1_500)} the end of the question`);
    await page.keyboard.press("Enter");
    await expect(page.getByText("the end of the answer").first()).toBeVisible();
    await expectHarmless(page);
    // what is kept is shown again, and so is its title
    await page.reload();
    await expect(page.getByText("the end of the answer").first()).toBeVisible();
    await expectHarmless(page);
    for (const link of await page.locator("main a").all()) {
      const href = (await link.getAttribute("href")) ?? "";
      expect(href).toMatch(/^(?:https?:|mailto:|\/|#)/u);
    }
  });

  expect(watched).toEqual({ violations: [], errors: [], ran: [] });
});

/** No element, attribute or address that could run stands in the page, and nothing was asked of another host. */
async function expectHarmless(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const odd: string[] = [];
    for (const element of document.body.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        if (name.startsWith("on")) odd.push(`${element.tagName} ${name}`);
        if (
          /^(?:href|src|action|formaction|xlink:href)$/u.test(name) &&
          /^\s*(?:java|vb)script:|^\s*data:text/iu.test(value)
        )
          odd.push(`${element.tagName} ${value}`);
        if (name === "src" && /evil\.example/u.test(value)) odd.push(value);
      }
      if (/^(?:IFRAME|OBJECT|EMBED|BASE|FORM)$/u.test(element.tagName) && element.closest("[role=log], .prose"))
        odd.push(element.tagName);
    }
    return { odd, overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth };
  });
  expect(found).toEqual({ odd: [], overflow: 0 });
}
