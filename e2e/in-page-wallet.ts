import type { Page } from "@playwright/test";
import type { Hex, PrivateKeyAccount } from "viem";

type Request = { method: string; params?: unknown[] };

/** What the wallet's owner does when asked to sign. */
export type WalletMood = { refuses: boolean };

/**
 * Puts a wallet into the page's browser that announces itself (EIP-6963) and signs with a key in this process.
 *
 * @returns its mood: set `refuses` to press "reject" at the next questions (EIP-1193 code 4001)
 */
export async function installWallet(page: Page, account: PrivateKeyAccount): Promise<WalletMood> {
  const mood: WalletMood = { refuses: false };
  await page.exposeFunction("walletRequest", async ({ method, params }: Request) => {
    if (method === "eth_chainId") return { result: "0x1" };
    if (method === "eth_accounts" || method === "eth_requestAccounts") return { result: [account.address] };
    if (method === "wallet_requestPermissions") return { result: [{ parentCapability: "eth_accounts" }] };
    if (method === "wallet_revokePermissions") return { result: null };
    if (method !== "personal_sign") return { error: { code: 4200, message: `${method} is not supported` } };
    if (mood.refuses) return { error: { code: 4001, message: "User rejected the request." } };
    return { result: await account.signMessage({ message: { raw: params?.[0] as Hex } }) };
  });
  await page.addInitScript(() => {
    type Answer = { result?: unknown; error?: { code: number; message: string } };
    const ask = (window as unknown as { walletRequest(request: unknown): Promise<Answer> }).walletRequest;
    const provider = {
      async request(request: unknown) {
        const { result, error } = await ask(request);
        if (error) throw Object.assign(new Error(error.message), { code: error.code });
        return result;
      },
      on() {
        return provider;
      },
      removeListener() {
        return provider;
      },
    };
    const info = {
      uuid: "7a1e9a1c-1d3b-4b7c-9a55-0e6f1f7a2b3c",
      name: "Test Wallet",
      icon: "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>",
      rdns: "test.wallet",
    };
    const announce = () =>
      window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail: Object.freeze({ info, provider }) }));
    window.addEventListener("eip6963:requestProvider", announce);
    announce();
  });
  return mood;
}
