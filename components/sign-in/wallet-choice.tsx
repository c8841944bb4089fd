"use client";

import { ChevronRight, ExternalLink, LoaderCircle, Wallet } from "lucide-react";
import { useEffect, useState } from "react";
import { useConnectors, type Connector } from "wagmi";
import { signInText } from "@/components/strings/sign-in";
import { WalletsComing } from "./wallets-coming";

type WalletChoiceProps = { connecting: Connector | null; onChoose: (connector: Connector) => void };

/** The wallets that this browser has, by the names they give themselves. */
export function WalletChoice({ connecting, onChoose }: WalletChoiceProps) {
  const wallets = useWallets();
  if (wallets === null) return <WalletsComing />;
  if (wallets.length === 0) return <NoWallet />;
  return (
    <div className="grid gap-3">
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
                {connector.name === "Injected" ? signInText.browserWallet : connector.name}
              </span>
              {connecting?.uid === connector.uid ? (
                <span className="flex items-center gap-2 text-2 text-accent">
                  <LoaderCircle size={16} strokeWidth={1.75} aria-hidden className="turning" />
                  {signInText.answerInWallet}
                </span>
              ) : (
                <ChevronRight size={16} strokeWidth={1.75} aria-hidden className="text-ink-3" />
              )}
            </button>
          </li>
        ))}
      </ul>
      <p className="text-2 text-ink-3">{signInText.notListed}</p>
    </div>
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

/** Free, open source, and each with a page of its own for every browser it runs in. */
const knownWallets = [
  { name: "MetaMask", href: "https://metamask.io/download" },
  { name: "Rabby", href: "https://rabby.io" },
  { name: "Frame", href: "https://frame.sh" },
];

function NoWallet() {
  return (
    <div className="grid gap-2 border-y border-line py-4">
      <p className="font-strong">{signInText.noWallet}</p>
      <p className="measure text-2 text-ink-2">{signInText.noWalletWhy}</p>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-2">
        {knownWallets.map(({ name, href }) => (
          <li key={name}>
            <a href={href} target="_blank" rel="noreferrer" className="link inline-flex min-h-6 items-center gap-1">
              {signInText.install(name)}
              <ExternalLink size={14} strokeWidth={1.75} aria-hidden />
            </a>
          </li>
        ))}
      </ul>
      <p className="measure text-2 text-ink-2">{signInText.noWalletElse}</p>
    </div>
  );
}
