import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Turn } from "../query";

const PairFile = z.object({
  text: z.string(),
  face: z.object({ username: z.string(), name: z.string(), aliases: z.array(z.string()) }),
  /** `ask` alternates user and assistant and ends with the user; any one of the evidence quotes answers */
  questions: z.array(z.object({ ask: z.array(z.string()).min(1), evidence: z.array(z.string()).min(1) })),
  /** questions that this text does not answer */
  foreign: z.array(z.string()),
});

export type Place = { start: number; end: number };
export type Question = { turns: Turn[]; evidence: Place[]; isHeldOut: boolean };
export type PairSet = {
  face: z.infer<typeof PairFile>["face"];
  text: string;
  questions: Question[];
  foreign: { turns: Turn[]; isHeldOut: boolean }[];
};

export const pairFiles = ["franklin", "darwin"] as const;

/**
 * Reads a set of questions and finds their evidence in the text. Every second question is held out.
 *
 * @param folder where the public-domain texts are
 * @throws {Error} a quote does not stand in the text exactly once
 */
export function readPairs(name: (typeof pairFiles)[number], folder: string): PairSet {
  const file = PairFile.parse(JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), "utf8")));
  const text = readFileSync(join(folder, file.text), "utf8");
  return {
    face: file.face,
    text,
    questions: file.questions.map(({ ask, evidence }, at) => ({
      turns: ask.map((line, turn) => ({ role: turn % 2 === 0 ? "user" : "assistant", text: line })),
      evidence: evidence.map((quote) => locate(text, quote)),
      isHeldOut: at % 2 === 1,
    })),
    foreign: file.foreign.map((line, at) => ({ turns: [{ role: "user", text: line }], isHeldOut: at % 2 === 1 })),
  };
}

/** Where a quote stands, whatever the line breaks. */
function locate(text: string, quote: string): Place {
  const pattern = quote
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("\\s+");
  const found = [...text.matchAll(new RegExp(pattern, "g"))];
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new Error(`This quote stands ${found.length} times in the text: ${quote}`);
  return { start: only.index, end: only.index + only[0].length };
}

/** Whether what was found covers at least half of one of the quotes. */
export function isCovered(found: readonly Place[], evidence: readonly Place[]): boolean {
  return evidence.some((quote) => {
    const shared = found.reduce(
      (sum, place) => sum + Math.max(0, Math.min(place.end, quote.end) - Math.max(place.start, quote.start)),
      0,
    );
    return shared >= 0.5 * (quote.end - quote.start);
  });
}
