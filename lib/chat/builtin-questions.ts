import { terms } from "@/lib/retrieve/tokenize";

/** What kind of thing was said to the built-in engine. */
export type QuestionKind =
  | "nothing"
  | "greeting"
  | "mood"
  | "abilities"
  | "thanks"
  | "farewell"
  | "nature"
  | "present"
  | "task"
  | "arithmetic"
  | "overview"
  | "reason"
  | "before"
  | "after"
  | "more"
  | "question";

const patterns: [QuestionKind, RegExp][] = [
  [
    "nature",
    /\bare you (?:an? )?(?:real |actual )?(?:real|human(?: being)?|ai|a\.i\.|robot|bot|chat ?bot|machine|person|llm|(?:large )?language model|chatgpt|gpt|claude)(?:\s*[?.!]*\s*$|\s+or\b)|\bwhat (?:ai|model|llm) are you\b|\bare you (?:an? )?artificial\b|\b(?:am i|are we) (?:talking|speaking) (?:to|with) (?:an? )?(?:ai|bot|machine|human|person)\b/i,
  ],
  [
    "abilities",
    /\bwhat (?:can|could) (?:you|i) (?:do|ask)(?: (?:for me|here|you))?\s*\??$|\bhow does (?:this|it) work\s*\?$|\bhow can you help\b|\bwhat (?:should|shall) i ask\b|^\s*help\s*[!?.]*$/i,
  ],
  [
    "mood",
    /^\s*(?:(?:hi|hey|hello|good \w+)\b[^?]{0,30}\b)?how (?:are|have) you(?: been)?(?: doing| feeling)?(?: today| now| tonight| this morning)?\s*\?*$|^\s*how(?:'s| is) it going\s*\?*$/i,
  ],
  [
    "overview",
    /\bwho are you\b|\bwhat(?:'s| is) your (?:full )?name\b|\btell me (?:something |a bit |a little |more |everything )?about (?:yourself|you)\s*[?.!]*$|\btell me (?:everything|all)(?: you (?:know|have))?\s*[.!?]*$|\bintroduce yourself\b|\bdescribe yourself\b|^\s*(?:and )?(?:what are you|where (?:are|do) you (?:come )?from|how old are you)\s*\??$/i,
  ],
  [
    "reason",
    /^\s*(?:but |and |ok(?:ay)?,? |so )?(?:why|how come|how so)\b(?: (?:is|was) (?:that|this|it)(?: so)?| not| do you (?:say|think) (?:that|so))?\s*[?.!]*\s*$/i,
  ],
  [
    "before",
    /^\s*(?:and |but |ok(?:ay)?,? )?(?:what )?(?:(?:happened|came|did you do|was there) )?(?:before|earlier)(?: (?:that|this|then))?(?:,? what (?:did you do|happened))?\s*\?*$/i,
  ],
  [
    "after",
    /^\s*(?:and |but |ok(?:ay)?,? )?(?:what )?(?:(?:happened|came|did you do) )?(?:then|next|after(?:wards?)?(?: (?:that|this))?|later)(?:,? what (?:did you do|happened))?\s*\?*$/i,
  ],
  [
    "more",
    /^\s*(?:and |ok(?:ay)?,? |anything )?(?:what )?(?:else|more|go on|continue|tell me more|is that all|further)(?: (?:about (?:it|that|this)|please|on (?:it|that)))?\s*[?.!]*$|^\s*anything else\b[^?]{0,20}\?*$/i,
  ],
  [
    "greeting",
    /^\s*(?:hi|hey|hello|hallo|hej|howdy|greetings|good (?:morning|afternoon|evening|day)|nice to meet you)(?: there)?(?:[ ,]+[\p{L}-]+){0,2}[\s!.,]*$/iu,
  ],
  ["thanks", /^\s*(?:ok(?:ay)?,? )?(?:many )?(?:thanks|thank you|thx|cheers)\b[^?]{0,40}$/i],
  ["farewell", /^\s*(?:good ?bye|bye(?: bye)?|see you|farewell|good night|take care)\b[^?]{0,30}$/i],
  [
    "present",
    /\bwhat(?:'s| is) the (?:weather|time|date|news)\b|\bwhat (?:time|day|date) is it\b|\b(?:today's|latest|current) (?:news|weather|date|price)\b|\b(?:stock|bitcoin|exchange) (?:price|rate)\b|\bwho won (?:the|last)\b/i,
  ],
  [
    "arithmetic",
    /\bwhat(?:'s| is) [\d\s.,()+*/x×÷^-]*\d\s*(?:[+*/x×÷^-]|times|plus|minus|divided by)\s*\d|^\s*[\d\s.()]+[+*/×÷^-][\d\s.()+*/×÷^-]+=?\s*\??$/i,
  ],
  [
    "task",
    /^\s*(?:please |now |ok(?:ay)?,? )?(?:(?:can|could|will|would) you (?:please )?)?(?:please )?(?:(?:write|compose|draft|generate|create|make|give|tell|produce|invent)(?: me| us)?,? (?:(?:a|an|some|the|me|my|your|this|\d+|one|two|three)\b[^?.]{0,24}\b)?(?:poem|sonnet|haiku|song|story|tale|joke|essay|letter|e-?mail|blog|article|speech|code|function|script|program|python|javascript|sql|html|recipe|plan|list|table|json|csv|headline|slogan|tweet|summary|limerick|riddle|cv|resume)\b|(?:translate|summari[sz]e|rewrite|rephrase|paraphrase|proofread|debug|refactor|convert|calculate|compute|classify|role-?play|pretend|act as|ignore (?:all|your|the|previous))\b|(?:reply|answer|respond) (?:only |just )?(?:in|with|as) (?:json|xml|yaml|csv|html|code)\b)/i,
  ],
];

export function questionKind(text: string): QuestionKind {
  if (!/[\p{L}\p{N}?]/u.test(text)) return "nothing";
  return patterns.find(([, pattern]) => pattern.test(text))?.[0] ?? "question";
}

/** What a question is about, in its own words and from the answerer's side; null when it names nothing. */
export function topicOf(question: string): string | null {
  const named =
    /\b(?:about|regarding|concerning|think of|opinion (?:of|on))\s+(.+?)\s*[?.!]*\s*$/is.exec(question)?.[1] ??
    /^(?:what|who)(?:'s| is| was| are| were)\s+((?:the|an?)\s+.+?)\s*\?*\s*$/is.exec(question)?.[1];
  if (named === undefined || named.length > 80) return null;
  const turned = named
    .replace(/\byourself\b/gi, "myself")
    .replace(/\byours?\b/gi, (word) => (word.toLowerCase() === "your" ? "my" : "mine"))
    .replace(/\byou\b/gi, "me");
  return terms(turned).length === 0 ? null : turned.replace(/\s+/g, " ");
}
