import { isStopWord } from "./stop-words";

export type FaceName = { username: string; name: string | null; aliases: string[] };

/** Auxiliaries after which "you" is the subject: "did you" becomes "did I". */
const auxiliaries =
  "do|did|have|had|can|could|will|would|shall|should|may|might|must|don't|didn't|haven't|hadn't|can't|couldn't|won't|wouldn't|shouldn't";

const spoken: [RegExp, string][] = [
  [/\bare you\b/g, "am I"],
  [/\baren't you\b/g, "am I not"],
  [/\bwere you\b/g, "was I"],
  [/\bweren't you\b/g, "wasn't I"],
  [/\byou(?: are|'re)\b/g, "I am"],
  [/\byou aren't\b/g, "I am not"],
  [/\byou were\b/g, "I was"],
  [/\byou weren't\b/g, "I wasn't"],
  [/\byou've\b/g, "I have"],
  [/\byou'd\b/g, "I would"],
  [/\byou'll\b/g, "I will"],
  [/\byours\b/g, "mine"],
  [/\byour\b/g, "my"],
  [/\byou?rsel(?:f|ves)\b/g, "myself"],
  [new RegExp(`\\b(${auxiliaries}) you\\b`, "g"), "$1 I"],
  [
    /\b(to|for|with|of|about|from|by|at|on|against|like|than|gave|give|gives|made|make|makes|tell|told|taught|call|called|shaped|influenced|cure|cured) you\b/g,
    "$1 me",
  ],
  [/\byou(?=\s*[?.!,;]|\s*$)/g, "me"],
  [/\byou\b/g, "I"],
];

/**
 * Rewrites what is said to or about the face into its own first person, as it would say it: the encoder knows that
 * "where was I born" is near "I was born in", and knows nothing of "you" or of a name.
 */
export function toFirstPerson(text: string, face: FaceName): string {
  let result = text
    .replaceAll("’", "'")
    .replace(/\b(You|Your|Yours|Yourself|Are you|Were you)\b/gi, (found) => found.toLowerCase());
  for (const name of spokenNames(face)) {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    // "will" and "may" are names only when they are written like one
    const flags = isStopWord(name.toLowerCase()) ? "gu" : "giu";
    // the name as a form of address is no part of the question
    result = result.replace(new RegExp(`^${escaped}\\s*[,:]\\s*|,\\s*${escaped}(?=\\s*[?.!]*\\s*$)`, flags), "");
    result = result.replace(new RegExp(`\\b(is|was) ${escaped}(?![\\p{L}'])`, flags), (_, verb: string) =>
      verb.toLowerCase() === "is" ? "am I" : "was I",
    );
    result = result.replace(new RegExp(`(?<![\\p{L}])${escaped}'s(?![\\p{L}])`, flags), "my");
    result = result.replace(new RegExp(`(?<![\\p{L}])${escaped}(?![\\p{L}])`, flags), "I");
  }
  for (const [pattern, replacement] of spoken) result = result.replace(pattern, replacement);
  return result.trim();
}

/** Every name the face goes by, longest first, so that a first name does not break up a full one. */
export function spokenNames(face: FaceName): string[] {
  const first = face.name?.split(/\s+/)[0] ?? "";
  const names = [face.name ?? "", ...face.aliases, face.username, ...(first.length > 2 ? [first] : [])];
  return [...new Set(names.map((name) => name.trim()).filter((name) => name.length > 1))].sort(
    (a, b) => b.length - a.length || (a < b ? -1 : 1),
  );
}
