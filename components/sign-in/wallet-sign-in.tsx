"use client";

import { Check } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { WagmiProvider } from "wagmi";
import { Button } from "@/components/ui/button";
import { ErrorBlock } from "@/components/ui/error-block";
import { shortAddress } from "@/lib/format";
import { SignTextStep } from "./sign-text-step";
import { useWalletSignIn } from "./use-wallet-sign-in";
import { createWalletConfig } from "./wallet-config";
import { WalletChoice } from "./wallet-choice";

export function WalletSignIn() {
  const [config] = useState(createWalletConfig);
  return (
    <WagmiProvider config={config} reconnectOnMount={false}>
      <Steps />
    </WagmiProvider>
  );
}

function Steps() {
  const next = useSearchParams().get("next");
  // A full load, so that nothing cached from before the sign-in stays on screen.
  const { state, connect, sign, renew, startOver } = useWalletSignIn(() => location.assign(safeNext(next)));
  const problem = state.step === "choose" || state.step === "sign" ? state.problem : null;

  return (
    <div className="grid gap-4">
      {state.step === "choose" || state.step === "connecting" ? (
        <WalletChoice
          connecting={state.step === "connecting" ? state.connector : null}
          onChoose={(connector) => void connect(connector)}
        />
      ) : (
        <ol className="border-y border-line">
          <li className="flex items-center gap-3 py-3">
            <Check size={16} strokeWidth={1.75} aria-hidden />
            <span className="mr-auto">Wallet connected</span>
            <span className="font-mono text-2 text-ink-2">{shortAddress(state.wallet.address)}</span>
            <Button look="ghost" onClick={startOver} disabled={state.step !== "sign"}>
              Change
            </Button>
          </li>
          <li className="border-t border-line py-3">
            <SignTextStep
              message={state.wallet.text.message}
              expiresAt={state.wallet.text.expires_at}
              walletName={state.wallet.connector.name}
              busy={state.step === "sign" ? null : state.step}
              onSign={() => void sign(state.wallet)}
              onRenew={() => void renew(state.wallet)}
            />
          </li>
        </ol>
      )}
      {problem ? (
        <ErrorBlock title={problem.title} requestId={problem.requestId}>
          {problem.reason}
        </ErrorBlock>
      ) : null}
    </div>
  );
}

/** Only paths of this site: a link from elsewhere must not lead elsewhere after the sign-in. */
export function safeNext(next: string | null): string {
  if (!next || !next.startsWith("/")) return "/faces";
  const url = new URL(next, "https://here.invalid");
  return url.origin === "https://here.invalid" ? url.pathname + url.search : "/faces";
}
