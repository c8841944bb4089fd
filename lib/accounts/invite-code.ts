import { randomBytes } from "node:crypto";

/** Crockford's base 32: no letter is taken for a digit. */
const letters = "0123456789abcdefghjkmnpqrstvwxyz";
const groups = 4;
const groupLength = 5;

/** A code to be handed to people, of 100 random bits: `faces-7k2mq-…`. */
export function newInviteCode(): string {
  const random = [...randomBytes(groups * groupLength)].map((byte) => letters[byte % letters.length]).join("");
  return ["faces", ...(random.match(/.{5}/g) ?? [])].join("-");
}

/** What is shown of a code later, to tell it from others. */
export function inviteCodePrefix(code: string): string {
  return code.slice(0, "faces-".length + groupLength);
}

/** A code as it was meant: people copy blanks and capitals along. */
export function plainInviteCode(typed: string): string {
  return typed.replace(/\s/g, "").toLowerCase();
}
