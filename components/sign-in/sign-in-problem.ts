import { recoverMessageAddress } from "viem";
import { signInText } from "@/components/strings/sign-in";
import { ApiError } from "@/lib/http/fetch-json";
import { shortAddress } from "@/lib/format";
import { NotEntered } from "./enter";

/** What went wrong on the way in: what, why and what now. */
export type SignInProblem = {
  title: string;
  reason: string;
  requestId?: string | null;
  /** the text on screen is of no use any more: a new one is the next step */
  needsNewText?: true;
};

/** EIP-1193: the person said no in the wallet; the wallet does not let this page ask; it has no connection. */
const userRejected = 4001;
const closedCodes = [4100, 4900, 4901];
/** EIP-1474: the wallet is already asking. */
const alreadyAsking = -32002;

const { problems } = signInText;

/** Wallet errors are wrapped several deep: the first that answers is taken. */
function inCauses<Value>(error: unknown, read: (value: object) => Value | null): Value | null {
  let current: unknown = error;
  for (let depth = 0; current !== null && typeof current === "object" && depth < 8; depth += 1) {
    const value = read(current);
    if (value !== null) return value;
    current = "cause" in current ? current.cause : null;
  }
  return null;
}

/** The wallet's own code. */
export const walletCode = (error: unknown): number | null =>
  inCauses(error, (value) => ("code" in value && typeof value.code === "number" ? value.code : null));

const isOtherChain = (error: unknown): boolean =>
  inCauses(error, (value) => ("name" in value && value.name === "ConnectorChainMismatchError" ? true : null)) === true;

function lastMessage(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  if (error !== null && typeof error === "object" && "shortMessage" in error && typeof error.shortMessage === "string")
    return error.shortMessage;
  return error instanceof Error && error.message !== "" ? error.message : problems.noReason;
}

const isLocked = (error: unknown): boolean => /\block(ed)?\b/i.test(lastMessage(error));

export function connectProblem(error: unknown, wallet: string): SignInProblem {
  const code = walletCode(error);
  const { notConnected, locked, connectFailed } = problems;
  if (code === userRejected) return { title: notConnected.title, reason: notConnected.reason(wallet) };
  if (code === alreadyAsking) return askingProblem(wallet);
  if ((code !== null && closedCodes.includes(code)) || isLocked(error))
    return { title: locked.title(wallet), reason: locked.reason };
  return { title: connectFailed.title(wallet), reason: connectFailed.reason(lastMessage(error)) };
}

function askingProblem(wallet: string): SignInProblem {
  return { title: problems.alreadyAsking.title(wallet), reason: problems.alreadyAsking.reason };
}

export const noAccountProblem = (wallet: string): SignInProblem => ({
  title: problems.noAccount.title(wallet),
  reason: problems.noAccount.reason,
});

export function messageProblem(error: unknown): SignInProblem {
  const { serverDown, noText } = problems;
  if (error instanceof ApiError && error.status === 0) return serverDown;
  return {
    title: noText.title,
    reason: lastMessage(error),
    requestId: error instanceof ApiError ? error.requestId : null,
  };
}

export function signProblem(error: unknown, wallet: string): SignInProblem {
  const code = walletCode(error);
  const { notSigned, otherChain, locked, signFailed } = problems;
  if (code === userRejected) return { title: notSigned.title, reason: notSigned.reason(wallet) };
  if (code === alreadyAsking) return askingProblem(wallet);
  if (isOtherChain(error)) return { title: otherChain.title(wallet), reason: otherChain.reason };
  if (code !== null && closedCodes.includes(code)) return { title: locked.title(wallet), reason: locked.reason };
  return { title: signFailed.title(wallet), reason: lastMessage(error) };
}

/**
 * Why there is no session after a signature. A wrong account in the wallet is the usual cause, and the signature
 * itself tells whose it is.
 */
export async function refusalProblem(
  error: unknown,
  signed: { address: string; signature: `0x${string}`; message: string },
): Promise<SignInProblem> {
  if (!(error instanceof NotEntered)) return problems.serverDown;
  const { title, reason, requestId } = error;
  if (title !== problems.refused.title) return { title, reason: reason ?? problems.noReason, requestId };
  if (reason?.includes("WALLET_RPC_URL")) return { ...problems.contractWallet, requestId };
  const { message, signature, address } = signed;
  const signer = await recoverMessageAddress({ message, signature }).catch(() => null);
  if (signer && signer.toLowerCase() !== address.toLowerCase()) {
    const { otherAddress } = problems;
    return { title: otherAddress.title, reason: otherAddress.reason(shortAddress(address), shortAddress(signer)) };
  }
  if (reason?.includes("expired")) return { ...problems.textExpired, requestId, needsNewText: true };
  return { title, reason: reason ?? problems.refused.reason, requestId, needsNewText: true };
}
