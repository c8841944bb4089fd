import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { countTokens } from "@/lib/models/count-tokens";
import { isStopWord } from "@/lib/retrieve/stop-words";
import { seededRandom } from "@/lib/seeded-random";
import { sentences } from "./sentences";

const sampleFiles = ["journal.md", "interview.md"];
const paragraphSentences = 5;

/**
 * A long text in which no sentence stands twice: the sample face's own sentences, again and again, each time with some
 * of their longer words swapped for others of the same texts. The same seed gives the same book.
 */
export async function perturbedBook(tokens: number, seed: number): Promise<string> {
  const texts = await Promise.all(
    sampleFiles.map((file) => readFile(join(process.cwd(), "lib", "faces", "sample", file), "utf8")),
  );
  const source = texts.flatMap((text) => sentences(text).map((sentence) => sentence.text.replace(/\s+/gu, " ")));
  const random = seededRandom(seed);
  const words = [...new Set(source.flatMap((text) => text.match(/\p{Ll}{5,}/gu) ?? []))].filter(
    (word) => !isStopWord(word),
  );
  const perturb = (text: string) =>
    text.replace(/\b\p{Ll}{5,}\b/gu, (word) =>
      isStopWord(word) || random() < 0.5 ? word : (words[Math.floor(random() * words.length)] ?? word),
    );
  const paragraphs: string[] = [];
  for (let counted = 0; counted < tokens;) {
    const own = Array.from({ length: paragraphSentences }, () =>
      perturb(source[Math.floor(random() * source.length)] ?? ""),
    );
    paragraphs.push(own.join(" "));
    counted += countTokens(`${own.join(" ")}\n\n`);
  }
  return paragraphs.join("\n\n");
}
