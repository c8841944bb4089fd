import type { RetrievedItem } from "@/lib/retrieve/schemas";
import { isAskedOfFace, matchingSentences, questionKind, sentences, topicOf } from "./builtin-questions";
import { cleanQuote, evidenceLine, isSaid, sameWords, toEvidence } from "./builtin-evidence";

export type BuiltinInput = {
  face: { username: string; name: string | null; basicFacts: string };
  /** oldest first; the last one is answered */
  messages: readonly { role: string; text: string }[];
  items: readonly RetrievedItem[];
  core: readonly RetrievedItem[];
  abstain: boolean;
};

const maxQuotes = 4;
const maxCharacters = 1_000;
/** Evidence this much weaker than the best is left out. */
const weakestShare = 0.65;
/** Characters: a longer question speaks for itself. */
const maxFollowUp = 40;
const maxFacts = 2;
const maxQuotesAfterFact = 2;

/**
 * The built-in engine's answer: the face's own statements that bear on the question, quoted, and nothing else.
 *
 * It is not a language model. It picks, orders and joins what was retrieved; the same input gives the same answer.
 */
export function builtinAnswer(input: BuiltinInput): string {
  const question = input.messages.findLast(({ role }) => role === "user")?.text.trim() ?? "";
  const kind = questionKind(question);
  switch (kind) {
    case "greeting":
      return paragraphs([
        `Hello, I am ${nameOf(input)}. I answer with quotes from my sources, so ask me something they may hold.`,
        proposal(input),
      ]);
    case "thanks":
      return "You are welcome.";
    case "farewell":
      return "Goodbye.";
    case "identity":
      return identity(input);
    case "nature":
      return `I am ${nameOf(input)} as far as my sources go. What answers you is the built-in engine of Faces: no language model, only a search that quotes what I have said.`;
    default:
      return answer(input, question, kind === "reason");
  }
}

function answer(input: BuiltinInput, question: string, asksForReason: boolean): string {
  const saidBefore = input.messages.filter(({ role }) => role === "assistant").map(({ text }) => text);
  const facts = factsAbout(input, question, saidBefore);
  const items = input.abstain ? [] : strongest(input.items, asksForReason);
  const fresh = distinct(items).filter((item) => !isSaid(toEvidence(item).quote, saidBefore));
  if (facts.length === 0 && fresh.length === 0) {
    const isExhausted = items.length > 0;
    return paragraphs([
      isExhausted ? "I have said no more than that about it in my sources." : nothing(question, asksForReason),
      proposal(input),
    ]);
  }
  const lines = facts.map(
    (fact, index) => `${index === 0 ? "About me it is noted:" : "Also noted:"} “${cleanQuote(fact)}”`,
  );
  let length = lines.join("").length;
  // a fact answers by itself: what follows it only adds colour
  for (const item of fresh.slice(0, lines.length > 0 ? maxQuotesAfterFact : maxQuotes)) {
    const line = evidenceLine(toEvidence(item), lines.length);
    if (lines.length > 0 && length + line.length > maxCharacters) break;
    length += line.length;
    lines.push(line);
  }
  return paragraphs(lines);
}

/** A follow-up such as "What neighbourhood?" says little by itself: the question before it is read too. */
function factsAbout(input: BuiltinInput, question: string, saidBefore: readonly string[]): string[] {
  const names = [input.face.username, input.face.name ?? ""];
  const direct = matchingSentences(input.face.basicFacts, question, names, maxFacts);
  if (direct.length > 0) return direct.filter((fact) => !isSaid(fact, saidBefore));
  if (question.length > maxFollowUp || questionKind(question) === "reason") return [];
  const before = input.messages.filter(({ role }) => role === "user").at(-2)?.text ?? "";
  // said again on purpose: the answer may be in the part that was not asked for before
  return matchingSentences(input.face.basicFacts, before, names, 1);
}

/** What is nearly as strong as the best; asked for a reason, only what gives one. */
function strongest(items: readonly RetrievedItem[], asksForReason: boolean): RetrievedItem[] {
  const telling = items.filter((item) => !isAskedOfFace(toEvidence(item).quote));
  const best = Math.max(...telling.map((item) => item.score));
  const kept = telling.filter((item) => item.score >= best * weakestShare);
  return asksForReason ? kept.filter(givesReason).slice(0, 2) : kept;
}

function givesReason(item: RetrievedItem): boolean {
  return /\b(?:because|so that|that is why|that's why|the reason|therefore)\b/i.test(
    `${item.text} ${toEvidence(item).quote}`,
  );
}

/** Without what another item before it says in the same words. */
function distinct(items: readonly RetrievedItem[]): RetrievedItem[] {
  const kept: RetrievedItem[] = [];
  for (const item of items) {
    const { quote } = toEvidence(item);
    if (!kept.some((other) => sameWords(toEvidence(other).quote, quote))) kept.push(item);
  }
  return kept;
}

function identity(input: BuiltinInput): string {
  const facts = sentences(input.face.basicFacts).slice(0, 4).join(" ");
  const about = facts === "" ? "" : `About me it is noted: “${cleanQuote(facts)}”`;
  const own = input.core
    .filter((item) => item.component === "alpha")
    .slice(0, 2)
    .map((item) => item.text);
  const said = own.length === 0 ? "" : own.join(" ");
  if (about === "" && said === "")
    return paragraphs([`I am ${nameOf(input)}. My sources say little more about who I am.`, proposal(input)]);
  return paragraphs([`I am ${nameOf(input)}.`, about, said]);
}

function nothing(question: string, asksForReason: boolean): string {
  if (asksForReason) return "My sources do not say why.";
  const topic = topicOf(question);
  return topic === null ? "I have nothing in my sources about that." : `I have nothing in my sources about ${topic}.`;
}

/** Up to two things that the face does speak of, of different components where it can. */
function proposal({ core, messages }: BuiltinInput): string {
  const said = messages.filter(({ role }) => role === "assistant").map(({ text }) => text);
  const fresh = core.filter((item) => !isSaid(item.text, said));
  const preferred = ["beta", "epsilon", "delta", "alpha"].flatMap(
    (component) => fresh.find((item) => item.component === component) ?? [],
  );
  const [first, second] = preferred.map((item) => `“${cleanQuote(item.text)}”`);
  if (first === undefined) return "";
  return second === undefined
    ? `What I do hold is this: ${first}`
    : `What I do hold is, for instance: ${first} and ${second}`;
}

function nameOf({ face }: BuiltinInput): string {
  return face.name ?? face.username;
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}
