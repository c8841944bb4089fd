import { recoverMessageAddress } from "viem";
import { ApiError } from "@/lib/http/fetch-json";
import { shortAddress } from "@/lib/format";

/** What went wrong on the way in: what, why and what now. */
export type SignInProblem = { title: string; reason: string; requestId?: string | null };

/** EIP-1193: the person said no in the wallet. EIP-1474: the wallet is already asking. */
const userRejected = 4001;
const alreadyAsking = -32002;

/** Wallet errors are wrapped several deep; the first code found is the wallet's own. */
export function walletCode(error: unknown): number | null {
  for (
    let current: unknown = error, depth = 0;
    current !== null && typeof current === "object" && depth < 8;
    depth += 1
  ) {
    if ("code" in current && typeof current.code === "number") return current.code;
    current = "cause" in current ? current.cause : null;
  }
  return null;
}

function lastMessage(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  if (error !== null && typeof error === "object" && "shortMessage" in error && typeof error.shortMessage === "string")
    return error.shortMessage;
  return error instanceof Error ? error.message : "It gave no reason.";
}

export function connectProblem(error: unknown, wallet: string): SignInProblem {
  const code = walletCode(error);
  if (code === userRejected)
    return {
      title: "The wallet was not connected",
      reason: `You declined in ${wallet}. Nothing was shared. Choose a wallet to try again.`,
    };
  if (code === alreadyAsking)
    return {
      title: `${wallet} is already asking you`,
      reason: "Open the wallet: a request from this page is waiting there. Answer it, then choose the wallet again.",
    };
  return {
    title: `${wallet} could not be connected`,
    reason: `${lastMessage(error)} Unlock the wallet and try again.`,
  };
}

export function messageProblem(error: unknown): SignInProblem {
  return {
    title: "The text to sign could not be fetched",
    reason: lastMessage(error),
    requestId: error instanceof ApiError ? error.requestId : null,
  };
}

export function signProblem(error: unknown, wallet: string): SignInProblem {
  const code = walletCode(error);
  if (code === userRejected)
    return {
      title: "The text was not signed",
      reason: `You declined in ${wallet}. Nothing was sent. You can sign it while it is valid, or leave.`,
    };
  if (code === alreadyAsking)
    return {
      title: `${wallet} is already asking you`,
      reason: "Open the wallet: a request from this page is waiting there.",
    };
  return { title: `${wallet} could not sign the text`, reason: lastMessage(error) };
}

/**
 * Why the server refused a signature. A wrong account in the wallet is the usual cause, and the
 * signature itself tells whose it is.
 */
export async function refusalProblem(input: {
  address: string;
  signature: `0x${string}`;
  message: string;
  reason: string | null;
}): Promise<SignInProblem> {
  const signer = await recoverMessageAddress({ message: input.message, signature: input.signature }).catch(() => null);
  if (signer && signer.toLowerCase() !== input.address.toLowerCase()) {
    return {
      title: "The signature belongs to another address",
      reason: `You connected ${shortAddress(input.address)}, but ${shortAddress(signer)} signed. Switch the account in your wallet and sign again.`,
    };
  }
  return {
    title: "The server did not accept the signature",
    reason: input.reason ?? "It may have expired or been used before. Fetch a new text and sign that.",
  };
}
