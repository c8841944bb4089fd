/** The longest username the contract allows. */
export const maxUsernameLength = 32;

/** What is wrong with a username, as a sentence with a way out; null when nothing is. */
export function usernameProblem(username: string): string | null {
  if (username === "") return "A face needs a username; it goes where the name of a model goes.";
  if (username.length > maxUsernameLength) return `At most ${maxUsernameLength} characters.`;
  if (/^[a-z0-9-]+$/.test(username)) return null;
  const suggestion = toUsername(username);
  return `Small letters, digits and dashes only.${suggestion ? ` Try ${suggestion}.` : ""}`;
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
