import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { Api } from "./api";
import { expect, test } from "./fixtures";
import { furnish } from "./furnish";
import { adminPages, pagesOf, type PageAddress } from "./pages";
import { signIn } from "./sign-in";

/** WCAG 2.2 AA, as far as a machine can tell. */
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

type Finding = { page: string; rule: string; impact: string; where: string };

async function findings(page: Page, name: string): Promise<Finding[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => ({ page: name, rule: id, impact: impact ?? "", where: node.target.join(" ") })),
  );
}

/** Looks at a page in both themes and on a narrow screen. */
async function look(page: Page, url: string, { name, path, ready }: PageAddress): Promise<Finding[]> {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(url + path);
  await expect(page.getByText(ready).first()).toBeVisible();
  const found = await findings(page, `${name}, light`);
  await page.emulateMedia({ colorScheme: "dark" });
  found.push(...(await findings(page, `${name}, dark`)));
  await page.setViewportSize({ width: 360, height: 780 });
  found.push(...(await findings(page, `${name}, narrow`)));
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (overflow > 0) found.push({ page: name, rule: "wider than 360 px", impact: "serious", where: `${overflow} px` });
  return found;
}

/** Fails with the serious ones; all of them are in the report. */
async function expectNoneSerious(found: Finding[]): Promise<void> {
  const report = found.map(({ page, rule, impact, where }) => `${impact}\t${rule}\t${page}\t${where}`).join("\n");
  await test.info().attach("findings.tsv", { body: report, contentType: "text/tab-separated-values" });
  expect(found.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
}

test("no page has a serious fault for those who cannot see or use a mouse, in either theme, wide or narrow", async ({
  page,
  keyless,
  wallet,
}) => {
  test.setTimeout(600_000);
  const { api } = await Api.withNewKey(keyless.url, wallet);
  const pages = pagesOf(await furnish(api));
  await page.emulateMedia({ reducedMotion: "reduce" });
  const found: Finding[] = [];
  for (const address of pages.filter(({ isSignedOut }) => isSignedOut))
    found.push(...(await look(page, keyless.url, address)));
  await page.setViewportSize({ width: 1280, height: 900 });
  await signIn(page, keyless.url, wallet);
  for (const address of pages.filter(({ isSignedOut }) => !isSignedOut))
    found.push(...(await look(page, keyless.url, address)));
  await expectNoneSerious(found);
});

test("neither has an admin's", async ({ page, connected: { installation, adminWallet } }) => {
  await signIn(page, installation.url, adminWallet, "/admin");
  const found: Finding[] = [];
  for (const address of adminPages) found.push(...(await look(page, installation.url, address)));
  await expectNoneSerious(found);
});
