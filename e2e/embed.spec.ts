import type { FrameLocator, Page } from "@playwright/test";
import type { PrivateKeyAccount } from "viem";
import { Api } from "./api";
import { expect, test } from "./fixtures";
import { startHostPage } from "./host-page";
import { watchPages } from "./watch-page";
import { signIn } from "./sign-in";

const diary = `I was born in a lighthouse keeper's house. I believe that every tool should be repairable.
I never sign a contract on a Friday. I am afraid of deep water, and I keep a boat anyway.`;

type View = { public_url: string; embed_url: string; origins: string[] };

/** A face with a page, whose addresses are those of the installation as the test reaches it. */
async function keeperWithPage(url: string, wallet: PrivateKeyAccount, input: object = {}) {
  const { api } = await Api.withNewKey(url, wallet);
  await api.makeFace("keeper", diary);
  const change = async (more: object) => {
    const view = await api.put<View>("/v1/faces/keeper/embed", more);
    const at = (address: string) => url + new URL(address).pathname;
    return { publicUrl: at(view.public_url), embedUrl: at(view.embed_url) };
  };
  return { api, change, ...(await change(input)) };
}

const messageTo = (place: Page | FrameLocator) => place.getByLabel("Message to keeper");

test("a site on the list shows the page in a frame, and its visitors talk", async ({
  page,
  context,
  keyless,
  wallet,
}) => {
  const watched = await watchPages(context);
  const greeting = "Ask me about boats.";
  const { change, embedUrl } = await keeperWithPage(keyless.url, wallet, {
    greeting,
    suggestions: ["Are you afraid of deep water?"],
  });
  const site = await startHostPage(keyless.url, embedUrl);
  await change({ origins: [site.origin], is_public: false });
  const frame = page.frameLocator("#frame");

  for (const width of [1280, 360]) {
    await test.step(`at ${width} px`, async () => {
      await page.setViewportSize({ width, height: 780 });
      await page.goto(site.url);
      await expect(frame.getByText(greeting)).toBeVisible();
      await expect(frame.getByText(/A machine compiled from texts of keeper.*not a language model/u)).toBeVisible();
      await frame.getByRole("button", { name: "Are you afraid of deep water?" }).click();
      await expect(
        frame
          .getByRole("log")
          .getByText(/deep water/u)
          .last(),
      ).toBeVisible();
      await expect(frame.getByRole("button", { name: "Send" })).toBeVisible();
      const overflow = await frame.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
      expect(overflow).toBe(0);
      await frame.getByRole("button", { name: "Start again" }).click();
      await expect(messageTo(frame)).toBeFocused();
    });
  }

  const heard = await page.evaluate(() => (window as unknown as { heard: { origin: string; data: object }[] }).heard);
  expect(heard.at(-1)).toMatchObject({
    origin: new URL(keyless.url).origin,
    data: { type: "faces:height" },
  });
  expect(watched).toEqual({ violations: [], errors: [], ran: [] });
  await site.close();
});

test("a site that is not on the list shows nothing", async ({ page, keyless, wallet }) => {
  const { change, embedUrl, publicUrl } = await keeperWithPage(keyless.url, wallet);
  const [listed, other] = [await startHostPage(keyless.url, embedUrl), await startHostPage(keyless.url, embedUrl)];
  await change({ origins: [listed.origin] });
  const policy = (await fetch(embedUrl)).headers.get("content-security-policy");
  expect(policy).toContain(`frame-ancestors 'self' ${listed.origin}`);

  await page.goto(other.url);
  // the browser itself refuses
  await expect.poll(() => page.frames().at(-1)?.url()).toMatch(/^chrome-error:/u);
  await expect(messageTo(page.frameLocator("#frame"))).toHaveCount(0);

  await page.goto(listed.url);
  await expect(messageTo(page.frameLocator("#frame"))).toBeVisible();

  await test.step("and nobody frames the public page", async () => {
    const frames = await startHostPage(keyless.url, publicUrl);
    await change({ origins: [frames.origin] });
    await page.goto(frames.url);
    await expect.poll(() => page.frames().at(-1)?.url()).toMatch(/^chrome-error:/u);
    await frames.close();
  });
  await Promise.all([listed.close(), other.close()]);
});

test("a frame without any storage or cookies works, and limits hold all the same", async ({
  page,
  keyless,
  wallet,
}) => {
  const { change, embedUrl } = await keeperWithPage(keyless.url, wallet);
  const site = await startHostPage(keyless.url, embedUrl);
  await change({ origins: [site.origin], visitor_messages_per_day: 2 });
  await page.addInitScript(() => {
    const deny = () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
    for (const name of ["localStorage", "sessionStorage", "indexedDB"])
      Object.defineProperty(window, name, { get: deny });
    Object.defineProperty(document, "cookie", { get: deny, set: deny });
  });
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  const frame = page.frameLocator("#frame");
  const ask = async (text: string) => {
    await messageTo(frame).fill(text);
    await messageTo(frame).press("Enter");
  };

  await page.goto(site.url);
  await ask("Do you sign contracts on a Friday?");
  await expect(
    frame
      .getByRole("log")
      .getByText(/contract on a Friday/u)
      .last(),
  ).toBeVisible();
  await expect(frame.getByRole("button", { name: "Send" })).toBeVisible();
  await ask("Are you afraid?");
  await expect(frame.getByRole("button", { name: "Send" })).toBeVisible();
  await expect(frame.getByRole("main").getByRole("alert")).toHaveCount(0);

  // nothing was remembered, and still it is the same visitor
  await page.reload();
  await expect(frame.getByText("Ask keeper something.")).toBeVisible();
  await ask("And now?");
  await expect(frame.getByRole("main").getByRole("alert")).toContainText("That is all for today");
  expect(errors).toEqual([]);
  await site.close();
});

test("the public page by keyboard alone, in the dark, and its end while it is open", async ({
  page,
  keyless,
  wallet,
}) => {
  const { api, publicUrl } = await keeperWithPage(keyless.url, wallet, { theme: "dark", suggestions: ["Why boats?"] });
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto(publicUrl);
  await expect(page).toHaveTitle("Talk to keeper");
  await expect(page.locator("link[rel~=icon][href^='data:image/svg+xml']")).toHaveCount(1);
  expect(await page.locator("h1").evaluate((title) => getComputedStyle(title).color)).toBe("rgb(230, 232, 236)");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Why boats?" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("log").getByText("Why boats?")).toBeVisible();
  await expect(page.getByRole("button", { name: "Send" })).toBeVisible();
  await messageTo(page).focus();
  await page.keyboard.type("Are tools to be repaired?");
  await page.keyboard.press("Enter");
  await expect(
    page
      .getByRole("log")
      .getByText(/repairable/u)
      .last(),
  ).toBeVisible();

  await page.reload();
  await expect(page.getByRole("log").getByText("Why boats?")).toBeVisible();

  await api.post("/v1/faces/keeper/embed/rotate");
  await messageTo(page).fill("Still there?");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("There is no page at this address");
  await page.reload();
  await expect(page.getByText("This page is closed")).toBeVisible();
});

test("its owner makes the page, lists sites, sees it beside, and gives it a new address", async ({
  page,
  keyless,
  wallet,
}) => {
  const { api } = await Api.withNewKey(keyless.url, wallet);
  await api.makeFace("keeper", diary);
  await signIn(page, keyless.url, wallet, "/faces/keeper?tab=embed");
  await page.getByRole("button", { name: "Make the page" }).click();
  const address = page.getByRole("link", { name: /\/c\// });
  const before = await address.innerText();

  await test.step("sites", async () => {
    const field = page.getByLabel("Add a site");
    await field.fill("https://example.com/path");
    await field.press("Enter");
    await expect(page.getByText("It must be a site alone, without a path.")).toBeVisible();
    await field.fill("example.com");
    await field.press("Enter");
    await expect(page.getByRole("button", { name: "Remove https://example.com" })).toBeVisible();
    await expect(field).toHaveValue("");
    await expect(page.getByText(/<iframe/u)).toBeVisible();
  });

  await test.step("words, and the page beside shows them", async () => {
    await page.getByLabel("First message").fill("Ask me about boats.");
    await page.reload();
    await expect(page.getByLabel("First message")).toHaveValue("Ask me about boats.");
    await page.getByRole("button", { name: "Save the changes" }).click();
    const preview = page.frameLocator("iframe");
    await expect(preview.getByText("Ask me about boats.")).toBeVisible();
    await messageTo(preview).fill("Are you afraid of deep water?");
    await messageTo(preview).press("Enter");
    await expect(
      preview
        .getByRole("log")
        .getByText(/deep water/u)
        .last(),
    ).toBeVisible();
  });

  await test.step("a new address, by keyboard", async () => {
    const button = page.getByRole("button", { name: "New address" });
    await button.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "End the old address" }).focus();
    await page.keyboard.press("Enter");
    await expect(button).toBeFocused();
    await expect(address).not.toHaveText(before);
    expect((await fetch(`${keyless.url}/v1/embeds/${before.split("/").at(-1) ?? ""}`)).status).toBe(404);
  });

  await test.step("narrow", async () => {
    await page.setViewportSize({ width: 360, height: 780 });
    await expect(page.getByLabel("First message")).toBeVisible();
    expect(await page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth)).toBe(0);
  });
});
