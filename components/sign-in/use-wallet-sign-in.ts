"use client";

import { useState } from "react";
import { useConnect, useConnections, useSignMessage, type Connector } from "wagmi";
import { z } from "zod";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";
import { enter } from "./enter";
import {
  connectProblem,
  messageProblem,
  noAccountProblem,
  refusalProblem,
  signProblem,
  type SignInProblem,
} from "./sign-in-problem";

const SignInText = z.object({ nonce: z.string(), message: z.string(), expires_at: z.string() });

type Wallet = { connector: Connector; address: `0x${string}`; text: z.infer<typeof SignInText> };

/** One shape per step: a text can only be signed after it was fetched for a connected address. */
export type SignInState =
  | { step: "choose"; problem: SignInProblem | null }
  | { step: "connecting"; connector: Connector }
  | { step: "sign"; wallet: Wallet; problem: SignInProblem | null }
  | { step: "signing"; wallet: Wallet }
  | { step: "entering"; wallet: Wallet };

type Signed = { address: string; signature: string; nonce: string };

/** What a signature is for: where its text comes from, who is given it, and what is said meanwhile. */
export type WalletPurpose = {
  textPath: (address: string) => string;
  send: (signed: Signed) => Promise<unknown>;
  sending?: string;
};

const signingIn: WalletPurpose = {
  textPath: (address) => `/auth/nonce/${address}`,
  send: (fields) => enter({ provider: "wallet", fields }),
};

/**
 * Wallet → text → signature → session, or whatever else it is for. `onSignedIn` runs once, when the signature was
 * taken: for a session, when its cookie is set.
 */
export function useWalletSignIn(onSignedIn: () => void, { textPath, send }: WalletPurpose = signingIn) {
  const [state, setState] = useState<SignInState>({ step: "choose", problem: null });
  const connection = useConnect();
  const connections = useConnections();
  const signature = useSignMessage();

  async function connect(connector: Connector) {
    setState({ step: "connecting", connector });
    try {
      // On a second try the wallet is connected already, and wagmi refuses to connect it twice.
      const known = connections.find((candidate) => candidate.connector.uid === connector.uid);
      const { accounts } = known ?? (await connection.mutateAsync({ connector }));
      const address = accounts[0];
      if (address) await fetchText(connector, address);
      else setState({ step: "choose", problem: noAccountProblem(connector.name) });
    } catch (error) {
      setState({ step: "choose", problem: connectProblem(error, connector.name) });
    }
  }

  async function fetchText(connector: Connector, address: `0x${string}`) {
    try {
      const { data: text } = await fetchJson(textPath(address), dataOf(SignInText));
      setState({ step: "sign", wallet: { connector, address, text }, problem: null });
    } catch (error) {
      setState({ step: "choose", problem: messageProblem(error) });
    }
  }

  async function sign(wallet: Wallet) {
    const { connector, address, text } = wallet;
    setState({ step: "signing", wallet });
    let signed: `0x${string}`;
    try {
      signed = await signature.mutateAsync({ message: text.message, account: address, connector });
    } catch (error) {
      return setState({ step: "sign", wallet, problem: signProblem(error, connector.name) });
    }
    setState({ step: "entering", wallet });
    try {
      await send({ address, signature: signed, nonce: text.nonce });
      onSignedIn();
    } catch (error) {
      const problem = await refusalProblem(error, { address, signature: signed, message: text.message });
      setState({ step: "sign", wallet, problem });
    }
  }

  return {
    state,
    connect,
    sign,
    renew: (wallet: Wallet) => fetchText(wallet.connector, wallet.address),
    startOver: () => setState({ step: "choose", problem: null }),
  };
}
