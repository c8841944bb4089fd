import { stem } from "@/lib/retrieve/stem";
import { isStopWord } from "@/lib/retrieve/stop-words";
import type { Concept, ConceptText } from "./concepts";
import { isNoun } from "./concepts-names";

const maxTopics = 200;
/** One sentence about bees makes no beekeeper. */
const minPrimitives = 2;
/** A word in more of them than this tells no part of the face from another; only of a graph that is large enough. */
const maxShare = 0.2;
const enoughForShare = 60;
/** Nouns that say nothing by themselves; before another one they may. */
const general = new Set(
  (
    "thing things way ways time times day days year years lot lots kind sort something anything nothing everything " +
    "someone anyone everyone somebody anybody everybody man men woman women person people life world one ones bit end " +
    "part place point case fact matter number half rest side hand manner moment while morning evening night week month"
  ).split(" "),
);

type Topic = { words: Map<string, number>; primitives: Set<string> };

/**
 * What several primitives are about: nouns, and pairs of neighbouring content words that end in one, as they are most
 * often written. At most two hundred, the most frequent first; ties by name.
 *
 * @param names words of names, which are concepts of their own
 */
export function findTopics(primitives: ConceptText[], names: ReadonlySet<string>): Concept[] {
  const found = new Map<string, Topic>();
  for (const { key, texts } of primitives) {
    for (const text of new Set(texts)) {
      const words = text.toLowerCase().match(/[\p{L}]+(?:['’-][\p{L}]+)*/gu) ?? [];
      for (const [at, word] of words.entries()) {
        if (!isContent(word, names) || general.has(word)) continue;
        note(found, word, key);
        const before = words[at - 1] ?? "";
        if (isContent(before, names) && text.toLowerCase().includes(`${before} ${word}`)) {
          note(found, `${before} ${word}`, key);
        }
      }
    }
  }
  const most = primitives.length < enoughForShare ? Infinity : primitives.length * maxShare;
  const ranked = [...found]
    .filter(([, topic]) => topic.primitives.size >= minPrimitives && topic.primitives.size <= most)
    .sort(([a, one], [b, two]) => two.primitives.size - one.primitives.size || (a < b ? -1 : 1));
  const topics: Concept[] = [];
  for (const [id, topic] of ranked) {
    if (topics.length === maxTopics) break;
    const name = mostWritten(topic.words);
    if (!isNoun(name)) continue;
    topics.push({ key: `topic:${id}`, kind: "topic", name, primitives: [...topic.primitives].sort() });
  }
  return topics;
}

function isContent(word: string, names: ReadonlySet<string>): boolean {
  return word.length > 2 && !isStopWord(word.replace(/['’].*$/u, "")) && !names.has(word);
}

function note(found: Map<string, Topic>, words: string, key: string): void {
  const id = words.split(" ").map(stem).join(" ");
  const topic = found.get(id) ?? { words: new Map<string, number>(), primitives: new Set<string>() };
  topic.words.set(words, (topic.words.get(words) ?? 0) + 1);
  topic.primitives.add(key);
  found.set(id, topic);
}

function mostWritten(words: Map<string, number>): string {
  const [best] = [...words].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return best?.[0] ?? "";
}
