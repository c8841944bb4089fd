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

/** An e-mail address in the one form in which it is kept: whoever writes it with capitals means the same one. */
export const EmailAddress = z
  .string()
  .trim()
  .transform((value) => value.normalize("NFKC").toLowerCase())
  .pipe(z.email("is not an e-mail address").max(254));

/** Hashing takes as long for a long one as for a short one, but reading it does not. */
const maxPasswordLength = 256;

/** A password as it was typed, in one form of Unicode (NIST SP 800-63B-4 §3.1.1.2). */
export const Password = z
  .string()
  .min(1, "must not be empty")
  .max(maxPasswordLength)
  .transform((value) => value.normalize("NFKC"));

/**
 * A password that somebody chooses: long rather than odd. OWASP's ASVS 5.0 (6.2.1, 6.2.5) asks for 8 characters of any
 * kind and no rules of composition; two more, because nothing else protects the account.
 */
export const NewPassword = Password.refine(
  (value) => [...value].length >= 10,
  "must be at least 10 characters long",
).refine((value) => new Set(value).size >= 5, "must have at least five different characters");

const PersonName = z.string().trim().min(1, "must not be empty").max(100);

/** `POST /auth/register`. */
export const RegisterInput = z.object({
  invite_code: z.string().trim().min(1, "must not be empty").max(100),
  email: EmailAddress,
  password: NewPassword,
  name: PersonName.optional(),
});
export type RegisterInput = z.infer<typeof RegisterInput>;

/** `POST /auth/login`. */
export const LogInInput = z.object({ email: EmailAddress, password: Password });
export type LogInInput = z.infer<typeof LogInInput>;

/** `PATCH /v1/account`: `null` takes the e-mail address and the password away, where a wallet is left to sign in with. */
export const UpdateAccountInput = z.strictObject({
  name: PersonName.nullish(),
  email: EmailAddress.nullish(),
  password: NewPassword.nullish(),
  current_password: Password.optional(),
});
export type UpdateAccountInput = z.infer<typeof UpdateAccountInput>;

/** `GET /v1/account/wallets`. */
export type WalletView = { address: string; created_at: string };

/** `GET /v1/account/sessions`. */
export type SessionView = {
  id: string;
  method: "wallet" | "password";
  user_agent: string | null;
  /** the one that asks */
  is_current: boolean;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
};

/** Who is signed in, as routes and pages show it. */
export type UserView = {
  id: string;
  name: string | null;
  email: string | null;
  /** whether e-mail address and password sign in */
  has_password: boolean;
  wallets: string[];
  plan: string;
  is_admin: boolean;
  is_frozen: boolean;
  frozen_reason: string | null;
  created_at: string;
};

/** What signing in answers. */
export type SignInView = { access_token: string; token_type: "bearer"; expires_in: number; user: UserView };
