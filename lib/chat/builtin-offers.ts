import { nameStems } from "@/lib/retrieve/query";
import type { RetrievedItem } from "@/lib/retrieve/schemas";
import { terms } from "@/lib/retrieve/tokenize";
import { type Passage, passagesOf } from "./builtin-evidence";
import { askedPredicates, questionFor } from "./builtin-predicates";
import { type Question, readQuestion, withoutAnswerWords } from "./builtin-read";
import { type Said, saidIn } from "./builtin-said";
import type { FaceNames } from "./builtin-sources";
import { gives } from "./builtin-wanted";
import { trimmed } from "./builtin-trim";
import { leansBack, marked, saysTheSame, sentences } from "./builtin-text";

export type Face = FaceNames & { basicFacts: string };

const maxProposals = 2;
const maxFactCharacters = 400;

/**
 * Questions that the face has an answer to, as far as its strongest statements go: of different components, none that
 * was asked before. Empty when there is none left.
 */
export function proposal(
  core: readonly RetrievedItem[],
  face: Face,
  turns: readonly { role: string; text: string }[],
): string {
  const asked = turns.filter(({ role }) => role === "user").map(({ text }) => text);
  const answered = saidIn(turns.filter(({ role }) => role === "assistant").map(({ text }) => text));
  const done = new Set(asked.flatMap((text) => [...askedPredicates(text)]));
  const passages = passagesOf(core, readQuestion([], face), face, answered);
  const components = new Map(core.map(({ predicate, component }) => [predicate ?? "", component]));
  const picked: string[] = [];
  const seen = new Set<string | undefined>();
  for (const { predicate } of passages) {
    const component = components.get(predicate ?? "");
    const question = done.has(predicate ?? "") ? null : questionFor(predicate ?? "");
    if (question === null || seen.has(component) || picked.length >= maxProposals) continue;
    seen.add(component);
    picked.push(marked(question));
  }
  if (picked.length === 0) return "";
  return `You could ask me: ${picked.join(" or ")}`;
}

/** What the face is asked to tell of itself: the facts, then its strongest statements, one of each kind. */
export function overviewPassages(
  core: readonly RetrievedItem[],
  question: Question,
  face: Face,
  earlier: Said,
): Passage[] {
  const passages = passagesOf(core, question, face, earlier).filter(({ said }) => !leansBack(said));
  const order = ["is", "works_as", "comes_from", "values", "believes", "likes", "does"];
  const rank = ({ predicate }: Passage) => (order.indexOf(predicate ?? "") + order.length + 1) % (order.length + 1);
  const first = new Map<string | null, Passage>();
  for (const passage of passages) if (!first.has(passage.predicate)) first.set(passage.predicate, passage);
  const leading = [...first.values()].sort((a, b) => rank(a) - rank(b));
  return [...leading, ...passages.filter((passage) => !leading.includes(passage))];
}

const factPatterns: Record<string, RegExp> = {
  works_as: /\b(?:is|was|am|works?|worked|runs?|ran)\b (?:an?|as|the|at|for|in)\b/i,
  comes_from: /\b(?:born|grew up|raised|comes? from|is from|native)\b/i,
};

/** Asked for an opinion or a count, a sentence about the person that shares a word does not answer. */
const opinion =
  /\b(?:think|opinion|view|feel|believe|like|love|hate|prefer|favou?rite|best|taught|how (?:many|much|often))\b/i;

/** Sentences of the basic facts that answer a question: they name all that it names. */
export function factsAbout(face: Face, question: Question, earlier: Said): string[] {
  const all = sentences(face.basicFacts)
    .map(inOneLine)
    .filter((fact) => !earlier.has(fact));
  const isDenied = /\b(?:not|never|no)\b|n't\b/i.test(question.text);
  const needed = isDenied || opinion.test(question.text) ? [] : neededTerms(question, face);
  return all
    .filter((fact) => {
      const named = new Set(terms(fact.replace(/\blives\b/gi, "live")));
      const isOfKind = [...question.predicates].some((predicate) => factPatterns[predicate]?.test(fact));
      const shared = needed.filter((term) => named.has(term)).length;
      const isWanted = shared * 2 >= needed.length && gives(question.wanted, fact, question.strong);
      return isOfKind || (shared > 0 && (shared === needed.length || isWanted));
    })
    .slice(0, 2);
}

/** "What neighbourhood?" after "What city do you live in?" leans on the question before. */
function neededTerms(question: Question, face: Face): string[] {
  const dropped = nameStems(face);
  const own = terms(withoutAnswerWords(question.text), dropped);
  return own.length > 0 ? own : terms(withoutAnswerWords(question.before ?? ""), dropped);
}

/** Facts as the face's owner wrote them; in the first person they are the face's own words. */
export function factLine(facts: readonly string[]): string {
  if (facts.length === 0) return "";
  const shown = facts.map((fact) => trimmed(fact, maxFactCharacters, () => 0));
  return `About me it is noted: ${marked(shown.join(" "))}`;
}

/** Without those that say what a fact has said already. */
export function besides(passages: readonly Passage[], facts: readonly string[]): Passage[] {
  return passages.filter(({ said }) => !facts.some((fact) => saysTheSame(fact, said)));
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
