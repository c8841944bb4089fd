import type { Predicate } from "@/lib/compile/grammar";
import { terms } from "./tokenize";

/** What kind of statement answers a question that names no topic: "What are you afraid of?" asks for any fear. */
export type AskedKind = { predicates: ReadonlySet<string>; polarity: "pos" | "neg" | null };

const kinds: readonly [RegExp, Predicate[], ("pos" | "neg")?][] = [
  [/\b(?:afraid|scared|frightens?|frightened|fears?|worr(?:y|ies|ied)|dread|terrif(?:y|ies|ied))\b/giu, ["fears"]],
  [/\b(?:matters?|important|values?|principles?|cares?|stand for|live by)\b/giu, ["values"]],
  [/\b(?:hates?|dislikes?|can't stand|annoys?|annoyed|detest|loathe)\b/giu, ["likes"], "neg"],
  [
    /\b(?:likes?|loves?|enjoy|fond|favou?rites?|hobb(?:y|ies)|interests?|passions?|pleasures?|fun)\b/giu,
    ["likes"],
    "pos",
  ],
  [/\b(?:believes?|beliefs?|opinions?|views?|philosophy|convictions?)\b/giu, ["believes"]],
  [/\b(?:wants?|wish(?:es)?|hopes?|dreams?|goals?|ambitions?|plans?)\b/giu, ["wants"]],
  [/\b(?:admires?|respects?|regrets?|proud|ashamed)\b/giu, ["esteems"]],
  [/\b(?:decides?|decisions?|chooses?|choices?)\b/giu, ["decides"]],
  [/\b(?:for a living|jobs?|professions?|occupation|career)\b/giu, ["works_as", "works"]],
  [/\b(?:comes? from|grow up|grew up|childhood|upbringing|background)\b/giu, ["comes_from"]],
  [/\b(?:good at|bad at|skills?|talents?|strengths?|weakness(?:es)?)\b/giu, ["can"]],
  [/\b(?:shaped?|formed|influenced?|influences?)\b/giu, ["shaped_by"]],
  [
    /\b(?:yourself|myself|(?:kind|sort|type) of (?:person|man|woman)|personality|character|who (?:are you|am i))\b/giu,
    ["is"],
  ],
  [/\b(?:family|friends?|relationships?|close to)\b/giu, ["relates_to"]],
  [/\b(?:habits?|routines?|spend your|usual day|free time|spare time)\b/giu, ["does"]],
  [/\b(?:reacts?|responds?|deal with|handle|cope)\b/giu, ["reacts", "feels"]],
  [/\b(?:treats?|behaves?)\b/giu, ["treats"]],
  [/\b(?:learns?|studies|study)\b/giu, ["learns"]],
  [/\b(?:think|reason|thinking)\b/giu, ["reasons"]],
];

/** Words that are left over in broad questions and are no topic. */
const unspecific = new Set(
  terms("describe life world person people kind sort day days time big biggest great greatest main way often"),
);

/**
 * The kind of statement that a question without a topic asks for.
 *
 * @returns null when the question has a topic of its own, or asks for no kind: then its words decide
 */
export function askedKind(question: string): AskedKind | null {
  const predicates = new Set<string>();
  let polarity: AskedKind["polarity"] = null;
  let rest = question;
  for (const [pattern, found, sign] of kinds) {
    const less = rest.replace(pattern, " ");
    if (less === rest) continue;
    rest = less;
    for (const predicate of found) predicates.add(predicate);
    if (sign !== undefined) polarity = sign;
  }
  if (predicates.size === 0 || terms(rest).some((term) => !unspecific.has(term))) return null;
  return { predicates, polarity };
}
