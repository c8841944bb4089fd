import { topics } from "./builtin-words";

/** What an answer has to hold to be one. */
export type Wanted = "reason" | "time" | "frequency" | "number" | "place" | "possession" | null;

type Kind = Exclude<Wanted, null>;

const owning =
  /\b(?:my|our|I (?:never )?(?:have|had|own|owned|lost|keep|kept)|I['’]ve|have no|had no)\b((?:\s+[\p{L}'’-]+){1,4})/giu;

const questions: readonly [Kind, RegExp][] = [
  ["reason", /\bwhy\b|\bhow come\b|\bfor what reason\b|\bwhat made you\b/i],
  ["frequency", /\bhow (?:often|frequently|regularly|many times)\b/i],
  ["number", /\bhow (?:many|much|old|far|big|large|tall|long)\b/i],
  ["time", /\bwhen\b(?! you\b)|\b(?:what|which) (?:year|date|day|month|time|age)\b|\bsince when\b/i],
  ["place", /\bwhere\b/i],
  [
    "possession",
    /^(?:so |and |but )?(?:(?:do|did) you (?:ever |still )?(?:have|own)\b|have you (?:got )?(?:an?|any)\b)/i,
  ],
];

/** Generous: a passage is only preferred by it, and nothing is claimed where it fails. */
const answers: Record<Exclude<Kind, "possession">, RegExp> = {
  reason:
    /\b(?:because|since (?:I|it|he|she|they|my|the)|so that|that is why|that['’]s why|reasons?|therefore|owing to|on account of|in order (?:to|that)|lest|intending|fearing|for (?:I|it) (?:was|had|could|thought|felt|seemed)|made me|induced me|determined me|when I reflected)\b/i,
  time: /\b(?:1[5-9]|20)\d\d\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mornings?|evenings?|night|noon|midnight|winter|summer|spring|autumn|o'clock|age of|years? old|ago|when I (?:was|were)|as a (?:boy|girl|child)|youth)\b|\bat (?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b/i,
  frequency:
    /\b(?:always|never|often|seldom|rarely|sometimes|usually|generally|every|each|once|twice|times|daily|weekly|nightly|constantly|regularly|now and then)\b/i,
  number:
    /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|forty|fifty|sixty|hundred|thousand|dozen|half|many|several|few|none|no)\b/i,
  place: /\b(?:in|at|to|from|near|on)\s+(?:the\s+)?(?-i:\p{Lu})/iu,
};

export function wantedBy(question: string): Wanted {
  return questions.find(([, pattern]) => pattern.test(question))?.[0] ?? null;
}

/** @param strong what the question names: of that, "my" or "I have" must be said */
export function gives(wanted: Wanted, text: string, strong: ReadonlySet<string>): boolean {
  if (wanted === null) return false;
  if (wanted !== "possession") return answers[wanted].test(text);
  return [...text.matchAll(owning)].some(([, owned = ""]) => [...topics(owned)].some((topic) => strong.has(topic)));
}
