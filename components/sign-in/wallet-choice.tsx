"use client";

import { ChevronRight, LoaderCircle, Wallet } from "lucide-react";
import { useEffect, useState } from "react";
import { useConnectors, type Connector } from "wagmi";

type WalletChoiceProps = { connecting: Connector | null; onChoose: (connector: Connector) => void };

/** The wallets that this browser has, by the names they give themselves. */
export function WalletChoice({ connecting, onChoose }: WalletChoiceProps) {
  const wallets = useWallets();
  if (wallets === null) return <div className="h-14" />;
  if (wallets.length === 0) return <NoWallet />;
  return (
    <ul className="border-y border-line">
      {wallets.map((connector) => (
        <li key={connector.uid} className="border-t border-line first:border-t-0">
          <button
            type="button"
            disabled={connecting !== null}
            onClick={() => onChoose(connector)}
            className="flex min-h-14 w-full items-center gap-3 px-2 text-left -outline-offset-2 enabled:hover:bg-sunk"
          >
            {connector.icon ? (
              // eslint-disable-next-line @next/next/no-img-element -- a data URL from the wallet: nothing to optimise
              <img src={connector.icon.trim()} alt="" width={24} height={24} className="rounded-1" />
            ) : (
              <Wallet size={20} strokeWidth={1.75} aria-hidden />
            )}
            <span className="mr-auto font-strong">
              {connector.name === "Injected" ? "Browser wallet" : connector.name}
            </span>
            {connecting?.uid === connector.uid ? (
              <span className="flex items-center gap-2 text-2 text-accent">
                <LoaderCircle size={16} strokeWidth={1.75} aria-hidden className="turning" />
                Answer in the wallet
              </span>
            ) : (
              <ChevronRight size={16} strokeWidth={1.75} aria-hidden className="text-ink-3" />
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Null until the page has asked: wallets answer in the same moment, but only in the browser. */
function useWallets(): Connector[] | null {
  const connectors = useConnectors();
  const [hasLegacy, setHasLegacy] = useState<boolean | null>(null);
  useEffect(() => setHasLegacy("ethereum" in window), []);
  if (hasLegacy === null) return null;
  const announced = connectors.filter((connector) => connector.id !== "injected");
  return announced.length > 0 ? announced : hasLegacy ? [...connectors] : [];
}

function NoWallet() {
  return (
    <div className="grid gap-2 border-y border-line py-4">
      <p className="font-strong">No wallet in this browser</p>
      <p className="measure text-2 text-ink-2">
        A wallet is a browser extension that keeps a key and signs with it. Install one, for example MetaMask, Rabby or
        Frame, make an account in it, then reload this page. It needs no money in it.
      </p>
      <p className="measure text-2 text-ink-2">
        Without a browser extension, sign the text of <code>GET /auth/nonce/0x…</code> with any tool and send it to{" "}
        <code>POST /auth/verify</code>: the answer holds a token for the API.
      </p>
    </div>
  );
}
