import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { PrivateKeyAccount } from "viem/accounts";
import { Api, until } from "./api";
import { expect, test } from "./fixtures";
import { signIn } from "./sign-in";

/** What the server has to work for: reading a file starts a process of its own. */
const patient = { timeout: 45_000 };

/** Signs in through the page and opens the sources of a face that was made by the API. */
async function openSources(page: Page, url: string, wallet: PrivateKeyAccount, face: string): Promise<void> {
  await signIn(page, url, wallet);
  await expect(page.getByRole("heading", { name: "Faces", level: 1 })).toBeVisible(patient);
  await page.goto(`${url}/faces/${face}?tab=sources`);
  await expect(page.getByRole("button", { name: /^Drop texts anywhere/ })).toBeVisible(patient);
}

const texts = (page: Page) => page.getByRole("region", { name: "Texts", exact: true });
const uploads = (page: Page) => page.getByRole("region", { name: "Uploading" });

for (const viewport of [
  { width: 1280, height: 900 },
  { width: 360, height: 780 },
]) {
  test(`many files at once, ${viewport.width} px wide: one breaks and is sent again, one is refused, one is cancelled`, async ({
    page,
    keyless,
    wallet,
    folder,
  }) => {
    await page.setViewportSize(viewport);
    const { api } = await Api.withNewKey(keyless.url, wallet);
    await api.post("/v1/faces", { username: "mila", name: "Mila" });
    const names = ["a.txt", "breaks.txt", "held.txt", "b.txt", "broken.pdf"];
    for (const name of names) await writeFile(join(folder, name), `I keep bees. This is ${name}.`);
    await writeFile(join(folder, "broken.pdf"), "%PDF-1.7\nthe rest of it was lost");
    let hasBroken = false;
    await page.route("**/v1/faces/mila/upload", async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      const body = route.request().postData() ?? "";
      if (body.includes("held.txt")) return;
      if (!body.includes("breaks.txt") || hasBroken) return route.continue();
      hasBroken = true;
      await route.abort("connectionreset");
    });
    await openSources(page, keyless.url, wallet, "mila");

    await page.getByLabel("Files").setInputFiles(names.map((name) => join(folder, name)));
    await expect(texts(page).getByRole("link", { name: "a.txt" })).toBeVisible(patient);
    await expect(texts(page).getByRole("link", { name: "b.txt" })).toBeVisible(patient);
    await expect(uploads(page).getByRole("status")).toHaveText("1 on the way, 2 failed", patient);

    await test.step("who looks at another tab finds the uploads still there", async () => {
      await page.getByRole("link", { name: "Facts", exact: true }).click();
      await expect(page.getByLabel("Also called")).toBeVisible();
      await page.getByRole("link", { name: /^Sources/ }).click();
      await expect(uploads(page).getByText("held.txt")).toBeVisible();
    });

    await test.step("the refused one says why and what now, and offers no second try", async () => {
      const refused = uploads(page).getByRole("listitem").filter({ hasText: "broken.pdf" });
      await expect(refused).toContainText(/Upload a version with text in it|Save it as text/);
      await expect(refused.getByRole("button", { name: /^Retry/ })).toHaveCount(0);
      await refused.getByRole("button", { name: "Forget broken.pdf" }).click();
    });

    await uploads(page).getByRole("button", { name: "Retry the upload of breaks.txt" }).click();
    await expect(texts(page).getByRole("link", { name: "breaks.txt" })).toBeVisible(patient);
    await uploads(page).getByRole("button", { name: "Cancel the upload of held.txt" }).click();
    await expect(uploads(page)).toHaveCount(0);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

test("a deletion tells what would go, can be taken back, and then leaves its receipt", async ({
  page,
  keyless,
  wallet,
}) => {
  const { api } = await Api.withNewKey(keyless.url, wallet);
  await api.makeFace("olga", "I love tea. I never eat breakfast. I believe that maps are honest.");
  const [document] = await api.get<{ id: string; label: string; token_count: number }[]>("/v1/faces/olga/documents");
  const path = `/v1/faces/olga/documents/${document?.id ?? ""}`;
  const statements = await api.get<object[]>("/v1/faces/olga/primitives");
  await openSources(page, keyless.url, wallet, "olga");
  const row = texts(page).getByRole("link", { name: document?.label ?? "" });
  const remove = async () => {
    await page.getByRole("button", { name: /^Actions for/ }).click();
    await page.getByRole("menuitem", { name: "Delete this text" }).click();
    await expect(row).toHaveCount(0);
  };

  await remove();
  const receipt = `with ${statements.length} statements. ${document?.token_count ?? 0} tokens come back.`;
  await expect(page.getByText(`removed, ${receipt}`)).toBeVisible({ timeout: 9_000 });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row).toBeVisible();
  expect((await api.request("GET", path)).status).toBe(200);

  await remove();
  expect((await api.request("GET", path)).status).toBe(200);
  await expect(page.getByText(`is deleted, ${receipt}`)).toBeVisible(patient);
  expect((await api.request("GET", path)).status).toBe(404);
  expect(await api.get("/v1/faces/olga/primitives")).toEqual([]);

  await test.step("whoever leaves the page in between has deleted too", async () => {
    const next = await api.post<{ id: string }>("/v1/faces/olga/documents", { content: "I draw maps.", label: "maps" });
    await page.reload();
    await remove();
    await page.goto("about:blank");
    const gone = async () =>
      (await api.request("GET", `/v1/faces/olga/documents/${next.id}`)).status === 404 ? true : null;
    await until(gone, "the text to be gone");
  });
});

test("a sync is quoted, survives a reload, and ends with what it brought and where that is shown", async ({
  page,
  keyless,
  wallet,
}) => {
  const { api } = await Api.withNewKey(keyless.url, wallet);
  await api.makeFace("piet", "I love rain. I never eat breakfast.");
  const lines = Array.from({ length: 400 }, (_, n) => `I believe that page ${n} of an atlas is worth ${n} walks.`);
  await api.post("/v1/faces/piet/documents", { content: lines.join("\n\n"), label: "atlas" });
  await openSources(page, keyless.url, wallet, "piet");
  const quote = page.getByRole("region", { name: "Price of the next sync" });
  await expect(quote).toContainText("From your quota", patient);
  await quote.getByRole("button", { name: "Sync 1 text, from your quota" }).click();
  const running = page.getByRole("region", { name: "Sync in progress" });
  await expect(running).toContainText("Tokens so far", patient);
  await page.reload();
  await expect(running).toContainText("Cost so far", patient);

  const link = page.getByRole("link", { name: "See what changed" });
  await expect(link).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText(/^\d+ new statements/).first()).toBeVisible();
  await expect(link).toHaveAttribute("href", /tab=versions&from=1&to=2$/);

  await test.step("the text opens with the sentences marked that statements rest on", async () => {
    await texts(page).getByRole("link", { name: "atlas" }).click();
    await expect(page).toHaveURL(/document=doc_/);
    await expect(page.getByRole("article", { name: "atlas" }).locator("mark").first()).toBeVisible();
    await page.goBack();
    await expect(texts(page)).toBeVisible();
  });
});

test("by keyboard alone a text is pasted, deleted, brought back and synced", async ({ page, keyless, wallet }) => {
  const { api } = await Api.withNewKey(keyless.url, wallet);
  await api.post("/v1/faces", { username: "rosa", name: "Rosa" });
  await openSources(page, keyless.url, wallet, "rosa");

  const paste = page.getByRole("region", { name: "Add texts" }).getByRole("button", { name: "Paste text" });
  await page.getByRole("button", { name: /^Drop texts anywhere/ }).focus();
  await page.keyboard.press("Tab");
  await expect(paste).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Text", { exact: true })).toBeFocused();
  await page.keyboard.type("I love the smell of wet slate.");
  await page.keyboard.press("Tab");
  await page.keyboard.type("slate");
  await page.keyboard.press("Enter");
  await expect(texts(page).getByRole("link", { name: "slate" })).toBeVisible(patient);
  await expect(paste).toBeFocused();

  const actions = page.getByRole("button", { name: "Actions for slate" });
  await actions.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Delete this text" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(texts(page)).toHaveCount(0);
  await page.keyboard.press("z");
  await expect(texts(page).getByRole("link", { name: "slate" })).toBeVisible();

  const sync = page.getByRole("button", { name: "Sync 1 text, from your quota" });
  await sync.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "The last sync" })).toBeVisible({ timeout: 60_000 });
});

test("a voice is recorded on a narrow screen, listened to, and added like a file", async ({
  page,
  keyless,
  wallet,
}) => {
  await page.setViewportSize({ width: 360, height: 780 });
  const { api } = await Api.withNewKey(keyless.url, wallet);
  await api.post("/v1/faces", { username: "vera", name: "Vera" });
  await page.addInitScript(() => {
    const asked = window as unknown as { isMicrophoneAllowed?: boolean };
    // a tone instead of a microphone, once it is allowed
    navigator.mediaDevices.getUserMedia = async () => {
      if (!asked.isMicrophoneAllowed) throw new DOMException("Permission denied", "NotAllowedError");
      const audio = new AudioContext();
      const tone = audio.createOscillator();
      const sink = audio.createMediaStreamDestination();
      tone.connect(sink);
      tone.start();
      return sink.stream;
    };
  });
  await openSources(page, keyless.url, wallet, "vera");
  await page.getByRole("button", { name: "Record", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^(Start recording|Record all the same)$/ }).click();
  await expect(dialog.getByText("The microphone is blocked for this page")).toBeVisible();

  await page.evaluate(() => Object.assign(window, { isMicrophoneAllowed: true }));
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect(dialog.getByRole("timer")).toHaveText("0:01");
  await dialog.getByRole("button", { name: "Pause" }).click();
  await expect(dialog.getByText("Paused")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog.getByText("thrown away when this is closed")).toBeVisible();
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await dialog.getByRole("button", { name: "Go on" }).click();
  await expect(dialog.getByRole("timer")).toHaveText("0:02");
  await dialog.getByRole("button", { name: "Stop" }).click();
  await expect(dialog.getByLabel("Listen to the recording")).toBeVisible();
  await dialog.getByRole("button", { name: "Add this recording" }).click();
  await expect(texts(page).getByRole("link", { name: /^Recording / })).toBeVisible(patient);
  const [document] = await api.get<{ format: string; media_seconds: number }[]>("/v1/faces/vera/documents");
  expect(document).toMatchObject({ format: "recording" });
  expect(document?.media_seconds).toBeGreaterThan(1);
});
