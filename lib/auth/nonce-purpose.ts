import { publicUrl } from "@/lib/env";

/** What signing a nonce is for. A signature that was given for one is worth nothing for the other. */
export type NoncePurpose = { kind: "sign-in" } | { kind: "link"; accountId: string };

/**
 * The one-line text that may be signed instead of the whole message. It names this host, so that a signature made for
 * another site cannot be used here, and what it is for.
 */
export function nonceLine(purpose: NoncePurpose, code: string): string {
  const { host } = publicUrl();
  return purpose.kind === "sign-in"
    ? `Sign in to Faces at ${host} with code ${code}`
    : `Link this wallet to the account ${purpose.accountId} of Faces at ${host} with code ${code}`;
}

/** What the whole message says before its particulars. */
export function statementOf(purpose: NoncePurpose): string {
  return purpose.kind === "sign-in"
    ? "Sign in to Faces. This costs nothing and sends no transaction."
    : `Link this wallet to the account ${purpose.accountId} of Faces, so that it can sign in to it. This costs nothing and sends no transaction.`;
}

/** Under which a nonce is kept: one for another purpose, or another account, is not found. */
export function nonceKey(purpose: NoncePurpose, code: string): string {
  return purpose.kind === "sign-in" ? code : `link ${purpose.accountId} ${code}`;
}
