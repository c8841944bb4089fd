import { terms } from "@/lib/retrieve/tokenize";

/** What kind of thing was said to the built-in engine. */
export type QuestionKind = "greeting" | "thanks" | "farewell" | "identity" | "nature" | "reason" | "question";

const patterns: [QuestionKind, RegExp][] = [
  [
    "nature",
    /\bare you (?:an? )?(?:real |actual )?(?:real|human(?: being)?|ai|a\.i\.|robot|bot|chat ?bot|machine|person|llm|(?:large )?language model|chatgpt|gpt|claude)(?:\s*[?.!]*\s*$|\s+or\b)|\bwhat (?:ai|model|llm) are you\b|\bare you (?:an? )?artificial\b/i,
  ],
  [
    "identity",
    /\bwho are you\b|\bwhat(?:'s| is) your (?:full )?name\b|\btell me (?:something |a bit |a little |more )?about yourself\b|\bintroduce yourself\b|\bdescribe yourself\b|^\s*(?:and )?(?:what are you|what do you do(?: for (?:a living|work))?|where (?:are|do) you (?:come )?from|how old are you)\s*\??$/i,
  ],
  ["reason", /^\s*(?:but |and |ok(?:ay)?,? )?(?:why|how come|how so)\b[^?]{0,20}\?*\s*$/i],
  [
    "greeting",
    /^\s*(?:hi|hey|hello|hallo|hej|howdy|greetings|good (?:morning|afternoon|evening|day)|nice to meet you)(?: there)?(?:[ ,]+[\p{L}-]+){0,2}[\s!.,]*$/iu,
  ],
  ["thanks", /^\s*(?:ok(?:ay)?,? )?(?:many )?(?:thanks|thank you|thx|cheers)\b[^?]{0,40}$/i],
  ["farewell", /^\s*(?:good ?bye|bye(?: bye)?|see you|farewell|good night|take care)\b[^?]{0,30}$/i],
];

export function questionKind(text: string): QuestionKind {
  return patterns.find(([, pattern]) => pattern.test(text))?.[0] ?? "question";
}

/** What a question is about, in its own words and from the answerer's side; null when it names nothing. */
export function topicOf(question: string): string | null {
  const named = /\b(?:about|regarding|concerning)\s+(.+?)\s*[?.!]*\s*$/is.exec(question)?.[1];
  if (named === undefined || named.length > 80) return null;
  const turned = named
    .replace(/\byourself\b/gi, "myself")
    .replace(/\byours?\b/gi, (word) => (word.toLowerCase() === "your" ? "my" : "mine"))
    .replace(/\byou\b/gi, "me");
  return terms(turned).length === 0 ? null : turned.replace(/\s+/g, " ");
}

/** The sentences of a text whose words answer to a question's; best first, at most `limit`. */
export function matchingSentences(text: string, question: string, names: readonly string[], limit: number): string[] {
  const dropped = new Set(names.flatMap((name) => terms(name)));
  const asked = new Set(terms(question, dropped));
  if (asked.size === 0) return [];
  return sentences(text)
    .map((sentence, order) => ({ sentence, order, shared: sharedTerms(sentence, asked) }))
    .filter(({ shared }) => shared / asked.size >= 0.5)
    .sort((a, b) => b.shared - a.shared || a.order - b.order)
    .slice(0, limit)
    .map(({ sentence }) => sentence);
}

function sharedTerms(sentence: string, asked: ReadonlySet<string>): number {
  return new Set(
    terms(sentence)
      .map(asVerb)
      .filter((term) => asked.has(term)),
  ).size;
}

/** The stemmer takes "she lives" for the plural of life; in facts about a person it is the verb. */
function asVerb(term: string): string {
  return term === "life" ? "live" : term;
}

/** Whether a text only asks the face something: an interviewer's line, which answers nothing. */
export function isAskedOfFace(text: string): boolean {
  const trimmed = text.trim();
  if (/^\*\*[^*]+\*\*$/.test(trimmed)) return true;
  const plain = trimmed.replace(/[*_"“”]+/g, "");
  if (!plain.endsWith("?")) return false;
  const isToFace = /\byou(?:r|rs|rself)?\b/i.test(plain) && !/\b(?:I|me|my)\b/.test(plain);
  return isToFace || sentences(plain).every((sentence) => sentence.endsWith("?"));
}

/** A text in its sentences, trimmed. */
export function sentences(text: string): string[] {
  const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment.trim()).filter((sentence) => sentence !== "");
}
