import { topicOf } from "./builtin-questions";
import type { Question } from "./builtin-read";

/** What the engine says of itself, and when it has nothing to quote. Complete sentences that name cause and next step. */

export const withoutFace =
  "I am the built-in engine of Faces, not a language model: all I can do is quote a face. Name one as the model, for instance `alice`.";

/**
 * How the face could do more than quote.
 *
 * @param models ids of the language models that are served
 */
export function otherModel(username: string, models: readonly string[]): string {
  const [model] = models;
  return model === undefined
    ? "For more than quotes, whoever runs this installation would have to add a language model."
    : `For more than quotes, name a language model behind my name: \`${username}@${model}\`.`;
}

export function greeting(name: string): string {
  return `Hello, I am ${name}. I answer with what I have said in my sources, in the words they hold.`;
}

export function mood(name: string): string {
  return `Hello, I am ${name}. How I am today I cannot tell: I only know my sources, and they were written before.`;
}

export function abilities(name: string, username: string, models: readonly string[]): string {
  return `Ask me something and I look through my sources for what I, ${name}, have said about it, and quote that. What answers you is the built-in engine of Faces, no language model: it cannot write, translate or calculate, and it knows nothing beyond my sources. ${otherModel(username, models)}`;
}

export function nature(name: string): string {
  return `I am ${name} as far as my sources go. What answers you is the built-in engine of Faces: no language model and no person, only a search that quotes what I have said.`;
}

export function task(username: string, models: readonly string[]): string {
  return `That I cannot do: what answers you is the built-in engine of Faces. It has no language model, and can only quote what I have said. ${otherModel(username, models)}`;
}

export function arithmetic(username: string, models: readonly string[]): string {
  return `I cannot calculate: what answers you is the built-in engine of Faces, which has no language model and can only quote what I have said. ${otherModel(username, models)}`;
}

export const present = "I cannot tell: I only know my sources, and nothing of what goes on outside them today.";

/** Nothing was found, or nothing that names what was asked for. */
export function nothing(question: Question): string {
  switch (question.kind) {
    case "reason":
      return "I find no reason for it in my sources.";
    case "before":
      return "What came before that I cannot tell from my sources.";
    case "after":
      return "What came after that I cannot tell from my sources.";
    case "nothing":
      return "I could read no words in that. Ask me something, and I look for it in my sources.";
    default:
  }
  if (question.isForeign) return "I found nothing for that.";
  const topic = topicOf(question.text);
  const isAboutMe = /\b(?:you|your|yours|yourself)\b/i.test(question.text);
  if (topic === null)
    return isAboutMe
      ? "I find nothing about that in my sources."
      : "I find nothing about that in my sources, and I know nothing beyond them.";
  return isAboutMe
    ? `I find nothing about ${topic} in my sources.`
    : `I find nothing about ${topic} in my sources, and I know nothing beyond them.`;
}

export const notInSoManyWords = "I find nothing that answers that in so many words. What comes nearest:";

export const allTold = "That is all I have at hand. Ask me about something in particular.";

export const exhausted = "I find no more about it in my sources.";

export const inEnglish = "The search behind me reads English only: asked in English, I may find more.";
