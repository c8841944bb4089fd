import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { Api } from "./api";
import { expect, test } from "./fixtures";
import { furnish } from "./furnish";
import { installWallet } from "./in-page-wallet";
import { pagesOf } from "./pages";

/** WCAG 2.2 AA, as far as a machine can tell. */
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

type Finding = { page: string; rule: string; impact: string; where: string };

async function findings(page: Page, name: string): Promise<Finding[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => ({ page: name, rule: id, impact: impact ?? "", where: node.target.join(" ") })),
  );
}

test("no page has a serious fault for those who cannot see or use a mouse, in either theme, wide or narrow", async ({
  page,
  keyless,
  wallet,
}) => {
  test.setTimeout(600_000);
  const { api } = await Api.withNewKey(keyless.url, wallet);
  const pages = pagesOf(await furnish(api));
  await installWallet(page, wallet);
  await page.emulateMedia({ reducedMotion: "reduce" });
  const found: Finding[] = [];
  const tooWide: string[] = [];

  const look = async (isSignedOut: boolean) => {
    for (const address of pages.filter((candidate) => (candidate.isSignedOut ?? false) === isSignedOut)) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(keyless.url + address.path);
      await expect(page.getByText(address.ready).first()).toBeVisible();
      found.push(...(await findings(page, `${address.name}, light`)));
      await page.emulateMedia({ colorScheme: "dark" });
      found.push(...(await findings(page, `${address.name}, dark`)));
      await page.setViewportSize({ width: 360, height: 780 });
      found.push(...(await findings(page, `${address.name}, narrow`)));
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (overflow > 0) tooWide.push(`${address.name} by ${overflow} px`);
    }
  };

  await look(true);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${keyless.url}/signin`);
  await page.getByRole("button", { name: "Test Wallet" }).click();
  await page.getByRole("button", { name: /^Sign this text/ }).click();
  await expect(page).toHaveURL(/\/faces$/);
  await look(false);

  const grave = found.filter(({ impact }) => impact === "serious" || impact === "critical");
  await test.info().attach("axe.json", { body: JSON.stringify(found, null, 1), contentType: "application/json" });
  expect(grave).toEqual([]);
  expect(tooWide).toEqual([]);
});
