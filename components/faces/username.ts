import { newFaceText as text } from "@/components/strings/faces";
import { NewUsername } from "@/lib/faces/schemas";

/** The longest username the contract allows. */
export const maxUsernameLength = 32;

/**
 * What is wrong with a username, as a sentence with a way out; null when nothing is.
 *
 * @param taken usernames that the account has
 */
export function usernameProblem(username: string, taken: ReadonlySet<string> = new Set()): string | null {
  if (username === "") return text.usernameMissing;
  if (username.length > maxUsernameLength) return text.usernameLong(maxUsernameLength);
  if (!/^[a-z0-9-]+$/.test(username)) return text.usernameForm(freeUsername(toUsername(username), taken));
  if (!NewUsername.safeParse(username).success) return text.usernameReserved(username);
  return taken.has(username) ? text.usernameTaken(username, freeUsername(username, taken)) : null;
}

/** "alice", or "alice-2" where alice is taken. */
export function freeUsername(username: string, taken: ReadonlySet<string>): string {
  if (username === "" || !taken.has(username)) return username;
  const stem = username.slice(0, maxUsernameLength - 5);
  for (let number = 2; ; number++) {
    if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
  }
}

/** "Jürgen Klopp" → "jurgen-klopp" */
export function toUsername(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, maxUsernameLength);
}
