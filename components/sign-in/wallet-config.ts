import { custom } from "viem";
import { createConfig, injected } from "wagmi";
import { mainnet } from "wagmi/chains";

/**
 * Wallets of this browser only: those that announce themselves (EIP-6963), and the one older
 * kind that sits at `window.ethereum`. Signing a text needs no chain, so the transport refuses
 * every call: this page can never reach a node on the network.
 */
export function createWalletConfig() {
  return createConfig({
    chains: [mainnet],
    connectors: [injected()],
    multiInjectedProviderDiscovery: true,
    storage: null,
    transports: {
      [mainnet.id]: custom({ request: () => Promise.reject(new Error("No chain is read here.")) }, { retryCount: 0 }),
    },
  });
}
