import type { Predicate } from "@/lib/compile/grammar";

/**
 * Questions that ask for a kind of statement rather than for a topic: "What are you afraid of?" wants what the grammar
 * calls a fear, whatever its words. The engine proposes only questions of this table, so that it can answer them.
 */
const table: readonly { predicate: Predicate; ask: string; cue: RegExp }[] = [
  {
    predicate: "values",
    ask: "What matters most to you?",
    cue: /\bwhat (?:really |most )?(?:matters|is (?:most )?important|do you (?:most )?(?:value|care about))|your (?:values|principles)\b/i,
  },
  {
    predicate: "fears",
    ask: "What are you afraid of?",
    cue: /\b(?:what|anything).{0,20}\b(?:afraid|scared|frighten\w*|fear|dread|worr(?:y|ies))\b|\byour (?:worst |biggest )?fears?\b/i,
  },
  {
    predicate: "wants",
    ask: "What do you still want to do?",
    cue: /\bwhat (?:else )?(?:do|would|did) you (?:still |really |most )?(?:want|wish|hope|like to)\b|\byour (?:goals?|dreams?|ambitions?|hopes|plans)\b/i,
  },
  {
    predicate: "likes",
    ask: "What do you like, and what not?",
    cue: /\bwhat (?:(?:kind|sort)s? of things )?(?:do|did) you (?:really |most )?(?:like|love|enjoy|hate|dislike)\b(?! to\b)|\byour (?:likes|tastes?|dislikes|interests|hobbies)\b/i,
  },
  {
    predicate: "believes",
    ask: "What do you believe?",
    cue: /^what (?:do|did) you (?:really )?believe(?: in)?\s*\?*$|\byour (?:beliefs|views|opinions|convictions|philosophy)\b(?! (?:on|about|of))/i,
  },
  {
    predicate: "esteems",
    ask: "Whom or what do you admire?",
    cue: /\b(?:who|whom|what)\b.{0,12}\byou (?:most )?(?:admire|respect|look up to|despise|regret)\b|\bare you proud of\b|\byour regrets?\b|\byour heroe?s?\b/i,
  },
  {
    predicate: "decides",
    ask: "How do you decide?",
    cue: /\bhow do you (?:make (?:\w+ )?(?:decisions?|choices|up your mind)|decide|choose)\b(?! (?:your|the|a|an|which|who|people))/i,
  },
  {
    predicate: "reasons",
    ask: "How do you think things through?",
    cue: /\bhow do you (?:think(?! (?:of|about))|reason|argue|solve)\b/i,
  },
  { predicate: "learns", ask: "How do you learn?", cue: /\bhow do you (?:learn|study|take notes)\b/i },
  {
    predicate: "doubts",
    ask: "What do you doubt?",
    cue: /\bwhat (?:do|did) you (?:doubt|distrust|mistrust)\b|\bsceptical of what\b|\byour doubts\b/i,
  },
  {
    predicate: "interprets",
    ask: "How do you judge people?",
    cue: /\bhow do you (?:judge|read|see|size up) (?:people|others)\b/i,
  },
  {
    predicate: "attends",
    ask: "What do you notice first?",
    cue: /\bwhat (?:do|did) you (?:notice|remember|pay attention to|look at|observe)\b/i,
  },
  {
    predicate: "does",
    ask: "What are your habits?",
    cue: /\byour (?:daily |usual |typical )?(?:habits?|routines?|day)\b|\bwhat do you do (?:every|each|all) day\b|\bin your (?:free|spare) time\b/i,
  },
  {
    predicate: "reacts",
    ask: "What do you do when things go wrong?",
    cue: /\bwhen (?:things|something|it) (?:goes?|go) wrong\b|\bhow do you (?:react|cope|deal with (?:stress|trouble|failure))\b/i,
  },
  {
    predicate: "feels",
    ask: "What makes you happy or sad?",
    cue: /\bwhat makes you (?:happy|sad|angry|lonely|glad|cry|laugh|feel)\b|\bhow do you feel\s*\?*$/i,
  },
  {
    predicate: "speaks",
    ask: "How do you speak and write?",
    cue: /\bhow (?:do|would) you (?:speak|talk|express yourself)\b|\bspeak and write\b/i,
  },
  {
    predicate: "treats",
    ask: "How do you treat others?",
    cue: /\bhow do you (?:treat|get (?:on|along) with|deal with) (?:others?|people|friends|employees|staff)\b/i,
  },
  {
    predicate: "works",
    ask: "How do you work?",
    cue: /\bhow do you (?:like to )?work\b|\byour (?:way of working|work(?:ing)? (?:habits?|style|methods?))\b/i,
  },
  {
    predicate: "can",
    ask: "What are you good at, and what not?",
    cue: /\bwhat\b.{0,12}\byou (?:good|bad|best|worst|poor|terrible|great) at\b|\byour (?:\w+ and )?(?:strengths?|weakness(?:es)?|skills?|talents?|faults?)\b/i,
  },
  {
    predicate: "comes_from",
    ask: "Where do you come from?",
    cue: /\bwhere (?:do|did) you come from\b|\byour (?:origins?|background|upbringing|childhood)\b/i,
  },
  {
    predicate: "works_as",
    ask: "What is your work?",
    cue: /\bwhat(?: is|'s)? (?:do you do (?:for (?:a living|work))\b|your (?:job|work|profession|trade|occupation)\b)|\bwhat do you do for (?:a living|work)\b|^what do you do\s*\?*$|\bwhere do you work\b/i,
  },
  {
    predicate: "relates_to",
    ask: "Who is close to you?",
    cue: /\bwho(?: is|'s| are| was| were)?\b.{0,16}\b(?:close(?:st)? to you|your (?:friends?|family))\b|\btell me about your (?:friends|family)\b/i,
  },
  {
    predicate: "shaped_by",
    ask: "What shaped you?",
    cue: /\b(?:what|who)\b.{0,12}\b(?:shaped|formed|influenced|made) you\b|\byour influences\b/i,
  },
  {
    predicate: "is",
    ask: "What are you like?",
    cue: /\bwhat are you like\b|\bwhat (?:kind|sort) of (?:person|man|woman) are you\b|\bdescribe your(?:self| character)\b|\byour (?:character|personality|temperament)\b/i,
  },
];

/** The kinds of statement that a question asks for, by the words it uses; none for a question about a topic. */
export function askedPredicates(question: string): Set<string> {
  return new Set(table.filter(({ cue }) => cue.test(question)).map(({ predicate }) => predicate));
}

/** The question to which statements of a kind are the answer. */
export function questionFor(predicate: string): string | null {
  return table.find((row) => row.predicate === predicate)?.ask ?? null;
}
