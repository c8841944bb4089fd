import { signInText } from "@/components/strings/sign-in";

export type RegisterFields = { invite_code: string; email: string; password: string; name: string };
export type FieldErrors<Fields> = Partial<Record<keyof Fields, string>>;

/** As `NewPassword` of the server has it (lib/auth/schemas), told before it is sent. */
const minLength = 10;
const minDifferent = 5;

const { missing } = signInText;

/** What is wrong with the fields of a new account; an empty object when nothing is. */
export function checkRegister({ invite_code, email, password }: RegisterFields): FieldErrors<RegisterFields> {
  const errors: FieldErrors<RegisterFields> = {};
  if (invite_code.trim() === "") errors.invite_code = missing.invite;
  if (!isEmail(email)) errors.email = missing.email;
  const letters = [...password.normalize("NFKC")];
  if (letters.length < minLength) errors.password = missing.short(letters.length);
  else if (new Set(letters).size < minDifferent) errors.password = missing.alike;
  return errors;
}

export function checkLogIn(fields: { email: string; password: string }): FieldErrors<typeof fields> {
  const errors: FieldErrors<typeof fields> = {};
  if (!isEmail(fields.email)) errors.email = missing.email;
  if (fields.password === "") errors.password = missing.password;
  return errors;
}

/** Loosely: the server decides. */
const isEmail = (text: string): boolean => /^\S+@\S+\.\S+$/.test(text.trim());

/** Which field a server's sentence is about; null for none. */
export function fieldOf(reason: string): keyof RegisterFields | null {
  if (/invite/i.test(reason)) return "invite_code";
  if (/e-?mail address (already|is not)|^email/i.test(reason)) return "email";
  return /^password/i.test(reason) ? "password" : null;
}
