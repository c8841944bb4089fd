/** A sentence no prompt contains. Structured answers cite it once, so that a reader who checks quotes has one to drop. */
export const MADE_UP_QUOTE = "I keep eleven glass herons in a drawer.";

/** The text a prompt is about: what stands in its largest `<tag>…</tag>`, or all of it when there is none. */
function subjectOf(prompt: string): string {
  const tagged = [...prompt.matchAll(/<([a-z][\w-]*)[^>]*>([\s\S]*?)<\/\1>/gi)].map((match) => match[2] ?? "");
  return tagged.reduce((longest, text) => (text.length > longest.length ? text : longest), "") || prompt;
}

/** The sentences of the text in a prompt, each an exact substring of it, without a leading `Speaker:`. */
export function sentencesOf(prompt: string): string[] {
  return subjectOf(prompt)
    .split(/\r?\n/)
    .flatMap(
      (line) =>
        line
          .replace(/^\s*(?:#+\s*|[-*>]\s+|\p{Lu}[\p{L}\d ]{0,30}:\s+)/u, "")
          .match(/[^.!?]+[.!?]+["”’)]*|[^.!?]+$/g) ?? [],
    )
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.split(/\s+/).length >= 3);
}

/** The sentences in the first person, or all of them when nobody speaks of himself. */
export function firstPersonSentencesOf(prompt: string): string[] {
  const sentences = sentencesOf(prompt);
  const own = sentences.filter((sentence) => /\b(?:I|[Mm]y|[Mm]e|[Mm]yself|[Mm]ine)\b/.test(sentence));
  return own.length > 0 ? own : sentences;
}
