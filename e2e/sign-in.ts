import type { Page } from "@playwright/test";
import type { PrivateKeyAccount } from "viem";
import { expect } from "./fixtures";
import { installWallet } from "./in-page-wallet";

/**
 * Signs in with a wallet, by clicking, and waits until the page after it is there.
 *
 * @param next where it leads, as a path of the installation
 */
export async function signIn(page: Page, url: string, wallet: PrivateKeyAccount, next = "/faces"): Promise<void> {
  await installWallet(page, wallet);
  await page.goto(`${url}/signin?next=${encodeURIComponent(next)}`);
  await page.getByRole("button", { name: "Test Wallet" }).click();
  await page.getByRole("button", { name: /^Sign this text/ }).click();
  await expect(page).not.toHaveURL(/\/signin/);
}
