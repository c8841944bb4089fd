/**
 * Shapes that tell "I hate open offices" from "I hate this soup" and "Envy is a kind of admiration" from
 * "Rust is a kind of corrosion": which words follow the verb, and what a claim without any person is about.
 * Short sentences give a reader little else to go by. Measured in `training/`.
 */
type Shape = { name: string; matches: (lower: string) => boolean };

const past =
  "\\w+ed|went|came|saw|took|got|said|told|gave|found|thought|felt|left|met|sat|ran|stood|heard|made|knew|began|brought|bought|wrote|lost|sent|kept|spent|slept|woke|ate|drank|drove|flew|fell|held|paid|rode|sang|shot|spoke|swam|taught|threw|wore|won|chose|broke|caught|did|was|were|had|led|grew|hid|shook|sold|stole|swore|tore|built|burnt|dreamt|learnt|meant|dealt|fought|sought|struck|stuck|hung|dug|forgot|forgave|became|understood";
const lead = "^(?:and |but |so |well,? |oh,? |yes,? |no,? |also |still |now |yet )*";
const adverb =
  "(?:(?:\\w+ly|always|never|often|sometimes|seldom|just|still|also|do|don['’]?t|do not|can['’]?t|cannot|even) )*";
const pointing = "(?:the|this|that|these|those|it|you|your|him|her|them)\\b";
const attitude =
  "(?:love|like|enjoy|adore|prefer|hate|dislike|detest|loathe|despise|admire|respect|fear|dread|stand|miss|trust|value|appreciate)";
const opinion = "(?:believe|think|reckon|feel|hold|find|know|say)";
const occasion = `(?:i\\b|${pointing}|he\\b|she\\b|they\\b|we\\b|so\\b|there['’]s)`;
const noPlainVerb = `(?:${past}|am|have|will|shall|would|could|should|must|might|may|want|think|hope|guess|see|mean|suppose|do|don|can|cannot|need|wish|send)\\b`;

/** Conduct, feelings and what people live by: a claim about these is an opinion, one about copper is not. */
const humanTopic =
  /\b(?:people|men|women|children|parents|mothers|fathers|friends?|nobody|everybody|everyone|anyone|no one|life|love|hate|hatred|fear|hope|pride|shame|envy|grief|sorrow|joy|anger|truth|lies?|lying|trust|respect|faith|god|death|money|power|success|failure|luck|talent|genius|courage|beauty|art|work|war|peace|freedom|justice|marriage|guilt|virtue|vice|sin|habit|manners|patience|silence|time|age|youth|wisdom|knowledge|school|religion|politics|violence|gossip|tradition|progress|taste|\w{3,}(?:ness|ity|ship|ism|hood|dom)|dis\w{4,})\b/u;
const person =
  /\b(?:i|me|my|we|us|our|you|your|he|she|him|her|his|this|that|these|those|they|it|its|today|yesterday|tomorrow|now|here|there)\b|\d|[?!"“]|^(?:the|an?|two|three|some) /u;
const pastOrFuture = pattern(`\\b(?:${past}|will|would)\\b`);
const statesSomething = /^\S+\s.*\b(?:is|are|isn['’]?t|aren['’]?t|never|always|\w+s)\b/u;
const generalOpinion = pattern(`${lead}i ${adverb}${opinion} (?:that )?(?!${occasion})`);
const once = /\b(?:was|were|will|had|did|\w+ed)\b|'ll\b|\d/u;

const isGeneralClaim = (lower: string): boolean =>
  !person.test(lower) && !pastOrFuture.test(lower) && statesSomething.test(lower);
const isGeneralOpinion = (lower: string): boolean => generalOpinion.test(lower) && !once.test(lower);

const shapes: Shape[] = [
  {
    name: "general attitude",
    matches: found(`${lead}i ${adverb}${attitude} (?!${pointing}|to (?:see|say|hear|interrupt|tell))`),
  },
  { name: "attitude to this", matches: found(`${lead}i ${adverb}${attitude} ${pointing}`) },
  { name: "general opinion", matches: isGeneralOpinion },
  { name: "opinion on this", matches: found(`${lead}i ${adverb}${opinion} (?:that )?${occasion}`) },
  {
    name: "general fear",
    matches: found(
      "\\b(?:afraid|scared|terrified|frightened|fear|dread|nervous|anxious) (?:of|about) (?!the\\b|this\\b|that\\b|it\\b)",
    ),
  },
  { name: "polite fear", matches: found("\\b(?:afraid|scared) (?:i|we|the|that|it|he|she|they|you|my|there)\\b") },
  { name: "present deed", matches: found(`${lead}i ${adverb}(?!${noPlainVerb})[a-z]+\\b`) },
  { name: "past deed", matches: found(`${lead}i (?:\\w+ly |then |just )?(?:${past})\\b`) },
  { name: "ongoing deed", matches: found("\\bi(?:['’]?m| am) (?:\\w+ly )?\\w+ing\\b") },
  {
    name: "dwelling",
    matches: found(
      "\\bi(?:['’]ve| have)? (?:always |still )?(?:live|lived|living) (?:in|on|at|with|alone|by|near|above)\\b",
    ),
  },
  { name: "general claim", matches: isGeneralClaim },
  {
    name: "past event",
    matches: found(
      `^(?:the|a|an|his|her|their|my|our|he|she|they|it|we|there|that|this|someone|somebody) (?:\\w+ ){0,3}?(?:${past})\\b`,
    ),
  },
  {
    name: "i am a",
    matches: found("\\bi(?:['’]?m| am) (?:not )?(?:very |so |too |pretty |rather |quite )?(?:a|an)\\b"),
  },
  {
    name: "bond",
    matches: found(
      "\\b(?:is|was|are|were) (?:like )?(?:a |an )?my (?:only |best |oldest |closest |whole )?(?:friend|family|hero|brother|sister|father|mother|son|daughter|world|life)\\b",
    ),
  },
  {
    name: "other's deed",
    matches: found(
      "^(?:my \\w+|he|she|they|his \\w+|her \\w+) (?!(?:is|was|are|were) my\\b)(?:is|was|has|had|does|did|will|\\w+s|\\w+ed)\\b",
    ),
  },
  { name: "human claim", matches: (lower) => isGeneralClaim(lower) && humanTopic.test(lower) },
  { name: "human opinion", matches: (lower) => isGeneralOpinion(lower) && humanTopic.test(lower) },
];

/** How many shapes there are. */
export const shapeCount = shapes.length;

/** The numbers of the shapes a sentence has, below `shapeCount`. */
export function shapesOf(sentence: string): number[] {
  const lower = sentence.toLowerCase();
  return shapes.flatMap(({ matches }, index) => (matches(lower) ? [index] : []));
}

function pattern(source: string): RegExp {
  return new RegExp(source, "u");
}

function found(source: string): Shape["matches"] {
  const expression = pattern(source);
  return (lower) => expression.test(lower);
}
