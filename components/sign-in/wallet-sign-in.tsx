"use client";

import { Check } from "lucide-react";
import { useState } from "react";
import { WagmiProvider } from "wagmi";
import { signInText } from "@/components/strings/sign-in";
import { Button } from "@/components/ui/button";
import { shortAddress } from "@/lib/format";
import { ProblemBlock } from "./problem-block";
import { SignTextStep } from "./sign-text-step";
import { useWalletSignIn, type SignInState, type WalletPurpose } from "./use-wallet-sign-in";
import { createWalletConfig } from "./wallet-config";
import { WalletChoice } from "./wallet-choice";

type WalletSignInProps = { onSignedIn: () => void; purpose?: WalletPurpose };

/** A wallet of this browser signs a text: to sign in, unless `purpose` says otherwise. */
export function WalletSignIn(props: WalletSignInProps) {
  const [config] = useState(createWalletConfig);
  return (
    <WagmiProvider config={config} reconnectOnMount={false}>
      <Steps {...props} />
    </WagmiProvider>
  );
}

function Steps({ onSignedIn, purpose }: WalletSignInProps) {
  const { state, connect, sign, renew, startOver } = useWalletSignIn(onSignedIn, purpose);
  const problem = problemOf(state);
  if (state.step === "choose" || state.step === "connecting") {
    return (
      <div className="grid gap-4">
        {problem ? <ProblemBlock problem={problem} /> : null}
        <WalletChoice
          connecting={state.step === "connecting" ? state.connector : null}
          onChoose={(connector) => void connect(connector)}
        />
      </div>
    );
  }
  const { wallet } = state;
  return (
    <div className="grid gap-4">
      <ol className="border-y border-line">
        <li className="flex items-center gap-3 py-3">
          <Check size={16} strokeWidth={1.75} aria-hidden />
          <span className="mr-auto">{signInText.connected}</span>
          <span className="font-mono text-2 text-ink-2">{shortAddress(wallet.address)}</span>
          <Button look="ghost" onClick={startOver} disabled={state.step !== "sign"}>
            {signInText.change}
          </Button>
        </li>
        <li className="border-t border-line py-3">
          <SignTextStep
            message={wallet.text.message}
            expiresAt={wallet.text.expires_at}
            walletName={wallet.connector.name}
            busy={state.step === "sign" ? null : state.step}
            {...(purpose?.sending ? { sending: purpose.sending } : {})}
            needsNewText={problem?.needsNewText === true}
            onSign={() => void sign(wallet)}
            onRenew={() => void renew(wallet)}
          />
        </li>
      </ol>
      {problem ? <ProblemBlock problem={problem} /> : null}
    </div>
  );
}

const problemOf = (state: SignInState) => ("problem" in state ? state.problem : null);
