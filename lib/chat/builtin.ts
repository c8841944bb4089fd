import type { RetrievedItem } from "@/lib/retrieve/schemas";
import type { Passage } from "./builtin-evidence";
import { besides, type Face, factLine, factsAbout, overviewPassages, proposal } from "./builtin-offers";
import { topicOf } from "./builtin-questions";
import { type Question, readQuestion } from "./builtin-read";
import * as reply from "./builtin-replies";
import { bearsOn, beside, continued, nearest, saidAlready, telling } from "./builtin-select";
import { type Said, saidIn } from "./builtin-said";
import { marked, sentences } from "./builtin-text";
import { woven } from "./builtin-weave";
import { yesOrNo } from "./builtin-yes-no";

export type BuiltinInput = {
  face: Face;
  /** oldest first; the last of the user's is answered */
  messages: readonly { role: string; text: string }[];
  items: readonly RetrievedItem[];
  core: readonly RetrievedItem[];
  abstain: boolean;
  /** ids of the language models that are served, for those who want more than quotes */
  models: readonly string[];
};

/** An input read: what was asked, and what was answered before. */
type Turn = Omit<BuiltinInput, "abstain"> & { question: Question; earlier: Said };

/** What follows a fact only adds colour. */
const maxBesidesFacts = 2;
const maxFacts = 4;

/**
 * The built-in engine's answer: the face's own statements that bear on the question, to the letter, and nothing else.
 *
 * It is not a language model. It picks, orders and joins what was retrieved; the same input gives the same answer.
 */
export function builtinAnswer(input: BuiltinInput): string {
  const { face, messages, abstain } = input;
  const turn: Turn = {
    ...input,
    items: abstain ? [] : input.items,
    question: readQuestion(messages, face),
    earlier: saidIn(messages.filter(({ role }) => role === "assistant").map(({ text }) => text)),
  };
  return paragraphs(answerTo(turn));
}

function answerTo(turn: Turn): string[] {
  const { question, face, models } = turn;
  const name = face.name ?? face.username;
  switch (question.kind) {
    case "greeting":
      return [reply.greeting(name), offer(turn)];
    case "mood":
      return [reply.mood(name), offer(turn)];
    case "abilities":
      return [reply.abilities(name, face.username, models), offer(turn)];
    case "thanks":
      return ["You are welcome."];
    case "farewell":
      return ["Goodbye."];
    case "nature":
      return [reply.nature(name)];
    case "present":
      return [reply.present, offer(turn)];
    case "arithmetic":
      return [reply.arithmetic(face.username, models)];
    case "task":
      return task(turn);
    case "overview":
      return overview(turn);
    case "before":
    case "after":
      return sequel(turn);
    default:
      return answer(turn);
  }
}

function answer(turn: Turn): string[] {
  const { question, earlier, face } = turn;
  const facts = question.kind === "reason" ? [] : factsAbout(face, question, earlier);
  const found = besides(telling(turn, question, earlier), facts);
  const passages = found.slice(0, facts.length > 0 ? maxBesidesFacts : undefined);
  const known = passages.some(({ isWanted }) => isWanted) || facts.length > 0 ? null : saidAlready(question, earlier);
  if (known !== null) return [`It is in what I said: ${marked(known)}`];
  const note = question.isForeign ? reply.inEnglish : "";
  if (facts.length === 0 && passages.length === 0) return [...without(turn), note];
  const { text, used } = woven(passages);
  return [line([factLine(facts), facts.length > 0 ? "" : yesOrNo(question, used), text]), note];
}

/** Nothing names what was asked for: the nearest thing, as such, or a plain no. */
function without(turn: Turn): string[] {
  const { question, earlier } = turn;
  if (question.kind === "more" && question.topics.size === 0) return overview(turn);
  if (question.kind === "reason") return withoutReason(turn);
  const [near] = nearest(turn, question, earlier);
  if (near !== undefined) return [`${reply.notInSoManyWords} ${marked(near.said)}`];
  const isExhausted =
    question.kind === "more" || (question.before !== null && telling(turn, question, saidIn([])).length > 0);
  return [isExhausted ? reply.exhausted : reply.nothing(question), offer(turn)];
}

/** A bare "why?" to which nothing says because. */
function withoutReason(turn: Turn): string[] {
  const rest = continued(turn, turn.earlier);
  if (rest.length === 0) return [reply.nothing(turn.question), offer(turn)];
  return [`I gave no reason in so many words. I went on: ${marked(rest.join(" "))}`];
}

function sequel(turn: Turn): string[] {
  const { question, earlier } = turn;
  const passages = beside(turn, question, earlier);
  if (passages.length === 0) return [reply.nothing(question), offer(turn)];
  const lead = question.kind === "before" ? "Earlier in the same text I said:" : "Further on in the same text I said:";
  return [line([lead, woven(passages).text])];
}

function overview(turn: Turn): string[] {
  const { face, core, question, earlier } = turn;
  const isFirst = question.kind === "overview";
  const facts = sentences(face.basicFacts)
    .map((fact) => fact.replace(/\s+/g, " "))
    .filter((fact) => !earlier.has(fact))
    .slice(0, maxFacts);
  const passages = besides(overviewPassages(core, question, face, earlier), facts);
  const { text } = woven(passages.slice(0, facts.length > 0 ? 3 : undefined));
  const name = isFirst ? `I am ${face.name ?? face.username}.` : "";
  if (facts.length > 0 || text !== "") return [line([name, factLine(facts)]), text];
  return [isFirst ? `${name} My sources say little more about who I am.` : reply.allTold, offer(turn)];
}

/** What cannot be done is said first; then what the face has said of the matter, where it has. */
function task(turn: Turn): string[] {
  const { face, models, earlier } = turn;
  const refusal = reply.task(face.username, models);
  const about = topicOf(turn.question.text);
  if (about === null) return [refusal];
  const question = readQuestion([{ role: "user", text: about }], face);
  const [first] = telling(turn, question, earlier).filter((passage) => isPlainlyOn(passage, question));
  return first === undefined ? [refusal] : [refusal, `What I have said of it: ${marked(first.said)}`];
}

function isPlainlyOn(passage: Passage, question: Question): boolean {
  return passage.isOwn && passage.asked === null && bearsOn(passage, question);
}

function offer({ core, face, messages }: Turn): string {
  return proposal(core, face, messages);
}

function line(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}
