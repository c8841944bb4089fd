import { z } from "zod";
import { getAddress, isAddress } from "viem";

/** An Ethereum address in any case, kept in its checksummed form (EIP-55). */
export const WalletAddress = z
  .string()
  .refine((value) => isAddress(value, { strict: false }), "is not a wallet address (0x and 40 hex digits)")
  .transform((value) => getAddress(value));

/** `GET /auth/nonce/{address}`. */
export type NonceView = { nonce: string; message: string; expires_at: string };

/** `POST /auth/verify`: the signature may be over the message or over the nonce line. */
export const VerifyInput = z.object({
  address: WalletAddress,
  signature: z
    .string()
    .regex(/^0x[0-9a-fA-F]+$/, "is not a signature (0x and hex digits)")
    .max(20_000),
  nonce: z.string().min(8).max(400),
});
export type VerifyInput = z.infer<typeof VerifyInput>;

/** Who is signed in, as routes and pages show it. */
export type UserView = {
  id: string;
  name: string | null;
  email: string | null;
  wallets: string[];
  plan: string;
  is_admin: boolean;
  is_frozen: boolean;
  created_at: string;
};

/** What signing in answers. */
export type SignInView = { access_token: string; token_type: "bearer"; expires_in: number; user: UserView };
