import { createPublicClient, type Hex, http, recoverMessageAddress } from "viem";
import { mainnet } from "viem/chains";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

const rpcTimeoutMs = 10_000;
const ordinarySignatureLength = 2 + 65 * 2;

/**
 * Whether `address` signed one of `texts` with `personal_sign` (EIP-191).
 *
 * Ordinary wallets are checked here, without a network. Contract wallets (EIP-1271, ERC-6492) need `WALLET_RPC_URL`.
 *
 * @throws {AppError} `invalid_input` a contract wallet's signature and no RPC; `upstream_failed` the RPC did not answer
 */
export async function isSignedBy(address: Hex, signature: Hex, texts: string[]): Promise<boolean> {
  if (signature.length === ordinarySignatureLength) {
    for (const text of texts) {
      if ((await recover(text, signature)) === address) return true;
    }
  }
  const rpcUrl = env().WALLET_RPC_URL;
  if (rpcUrl !== undefined) return isSignedByContract(rpcUrl, address, signature, texts);
  if (signature.length > ordinarySignatureLength) {
    throw new AppError(
      "invalid_input",
      "This looks like a smart-contract wallet's signature. This installation checks ordinary wallets only, because WALLET_RPC_URL is not set.",
      { param: "signature" },
    );
  }
  return false;
}

/** The address that signed, or null where the signature is no point on the curve. */
async function recover(message: string, signature: Hex): Promise<string | null> {
  try {
    return await recoverMessageAddress({ message, signature });
  } catch {
    // a malformed signature is simply nobody's
    return null;
  }
}

async function isSignedByContract(rpcUrl: string, address: Hex, signature: Hex, texts: string[]): Promise<boolean> {
  const client = createPublicClient({
    chain: mainnet,
    transport: http(rpcUrl, { timeout: rpcTimeoutMs, retryCount: 0 }),
  });
  try {
    for (const message of texts) {
      if (await client.verifyMessage({ address, message, signature })) return true;
    }
    return false;
  } catch (cause) {
    throw new AppError("upstream_failed", "The wallet could not be checked: the chain's RPC did not answer.", {
      cause,
    });
  }
}
