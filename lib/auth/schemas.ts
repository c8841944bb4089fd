import { z } from "zod";
import { getAddress, isAddress } from "viem";

/** An Ethereum address in any case, kept in its checksummed form (EIP-55). */
export const WalletAddress = z
  .string()
  .refine((value) => isAddress(value, { strict: false }), "is not a wallet address (0x and 40 hex digits)")
  .transform((value) => getAddress(value));

/** `GET /auth/nonce/{address}`. */
export const NonceView = z.object({ nonce: z.string(), message: z.string(), expires_at: z.string() });
export type NonceView = z.infer<typeof NonceView>;

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
export const WalletView = z.object({ address: z.string(), created_at: z.string() });
export type WalletView = z.infer<typeof WalletView>;

/** `GET /v1/account/sessions`. */
export const SessionView = z.object({
  id: z.string(),
  method: z.enum(["wallet", "password"]),
  user_agent: z.string().nullable(),
  is_current: z.boolean().describe("The one that asks."),
  created_at: z.string(),
  last_seen_at: z.string(),
  expires_at: z.string(),
});
export type SessionView = z.infer<typeof SessionView>;

/** Who is signed in, as routes and pages show it. */
export const UserView = z.object({
  id: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  has_password: z.boolean().describe("Whether e-mail address and password sign in."),
  wallets: z.array(z.string()),
  plan: z.string(),
  is_admin: z.boolean(),
  is_frozen: z.boolean(),
  frozen_reason: z.string().nullable(),
  created_at: z.string(),
});
export type UserView = z.infer<typeof UserView>;

/** `GET /v1/account`: also what a newcomer has already done. */
export const AccountView = UserView.extend({
  onboarding: z.object({
    has_face: z.boolean(),
    has_source: z.boolean(),
    has_synced: z.boolean(),
    has_chatted: z.boolean(),
    has_key: z.boolean(),
    has_called: z.boolean().describe("Something was asked with one of their keys."),
  }),
});
export type AccountView = z.infer<typeof AccountView>;

/** What signing in answers. */
export const SignInView = z.object({
  access_token: z.string(),
  token_type: z.literal("bearer"),
  expires_in: z.number(),
  user: UserView,
});
export type SignInView = z.infer<typeof SignInView>;
