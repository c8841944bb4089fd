import { stem } from "@/lib/retrieve/stem";
import { isStopWord } from "@/lib/retrieve/stop-words";

/** Words of frequency are told by `strength`, and do not make another statement. */
const frequency = new Set(
  "always often usually sometimes rarely seldom never ever still frequently generally mostly".split(" "),
);

/** The content words of a phrase as sorted stems, each once: what two phrases must share to say the same. */
export function contentStems(phrase: string): string[] {
  const words =
    phrase
      .toLowerCase()
      .normalize("NFKC")
      .match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu) ?? [];
  const content = words.filter((word) => !isStopWord(word) && !frequency.has(word));
  // a phrase of stop words alone still says something
  return [...new Set((content.length === 0 ? words : content).map(stem))].sort();
}
