import { stem } from "@/lib/retrieve/stem";
import { terms, words } from "@/lib/retrieve/tokenize";
import type { Passage } from "./builtin-evidence";
import type { Question } from "./builtin-read";
import { isDenying, sentences } from "./builtin-text";

const asks =
  /^(?:so |and |but |well,? )?(do|are|have|can) you (?:ever |still |really |always |often |even )*([\p{L}'’]+)/iu;
const likes = /\b(?:like|love|enjoy|adore)\b|\bam fond of\b/i;
const dislikes = /\b(?:hate|dislike|detest|loathe|despise)\b|\bcan(?:'t|not) (?:stand|bear|abide)\b/i;
/** What makes a clause say less than yes or no. */
const hedging =
  /\b(?:if|when|unless|until|would|could|might|may|should|perhaps|sometimes|once|used|only|but|except|though|although|rather|than|almost|nearly|hardly|scarcely|seldom|rarely|often|mostly|was|had|did)\b/i;
const firstQuotes = 3;

/**
 * "Yes." or "No." where a clause of the first quotes says just that, in the question's own words and no others: "Do you
 * have children?", "I have no children". Else nothing: a quote speaks for itself.
 */
export function yesOrNo({ text, before }: Question, passages: readonly Passage[]): string {
  if (before !== null || isDenying(text) || /\bor\b/i.test(text)) return "";
  const first = passages.slice(0, firstQuotes);
  if (first.some(({ opposite }) => opposite !== null)) return "";
  const own = first.filter(({ isOwn, asked }) => isOwn && asked === null);
  const verdicts = new Set(own.flatMap(({ said }) => clauses(said)).flatMap((clause) => verdict(text, clause)));
  return verdicts.size === 1 ? `${[...verdicts].join("")}.` : "";
}

function clauses(said: string): string[] {
  return sentences(said).flatMap((sentence) =>
    sentence.split(/[,;:]|\s(?:and|because)\s/u).map((clause) => clause.trim()),
  );
}

function verdict(question: string, clause: string): ("Yes" | "No")[] {
  const [, auxiliary = "", verb = ""] = asks.exec(question) ?? [];
  if (verb === "" || !/^I\b/.test(clause) || hedging.test(clause)) return [];
  const asked = contentOf(question);
  const told = contentOf(clause);
  if (asked.size === 0 || asked.size !== told.size || [...asked].some((term) => !told.has(term))) return [];
  const isAttitude = likes.test(verb) || dislikes.test(verb);
  if (isAttitude ? !likes.test(clause) && !dislikes.test(clause) : !hasVerb(clause, auxiliary.toLowerCase(), verb))
    return [];
  const isTurned = isAttitude && likes.test(verb) !== likes.test(clause);
  return [isDenying(clause) === isTurned ? "Yes" : "No"];
}

/** "Do you want" is not answered by "I have". */
function hasVerb(clause: string, auxiliary: string, verb: string): boolean {
  if (auxiliary === "are") return /^I(?:['’]m| am)\b/.test(clause);
  if (auxiliary === "can") return /^I can/.test(clause);
  if (auxiliary === "have") return /^I(?:['’]ve| have)\b/.test(clause);
  return words(clause).some((word) => stem(word) === stem(verb.toLowerCase()));
}

/** The words that are neither grammar nor liking. */
function contentOf(text: string): Set<string> {
  const plain = text.replace(new RegExp(likes.source, "gi"), " ").replace(new RegExp(dislikes.source, "gi"), " ");
  return new Set(terms(plain));
}
