import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { formatThread } from "@/lib/documents/thread-text";
import type { Turn } from "../query";

const Asked = z.object({
  /** alternates user and assistant and ends with the user */
  ask: z.array(z.string()).min(1),
  /** `multi`: every quote is needed; else any one of them answers */
  kind: z.enum(["multi", "time"]).optional(),
  evidence: z.array(z.string()).min(1),
});

const PairFile = z.object({
  face: z.object({ username: z.string(), name: z.string(), aliases: z.array(z.string()) }),
  /** the file of the text, or … */
  text: z.string().optional(),
  /** … which label in it is the face's, when it is a thread */
  speaker: z.string().optional(),
  /** … or a conversation of two, by the first letters of their names */
  speakers: z.record(z.string(), z.string()).optional(),
  sessions: z.array(z.object({ at: z.string(), turns: z.array(z.string()) })).optional(),
  questions: z.array(Asked),
  /** what somebody else in the text did or said, asked as if the face had */
  others: z.array(z.string()).default([]),
  /** questions that this text does not answer */
  foreign: z.array(z.string()),
});
type PairFile = z.infer<typeof PairFile>;

export type Place = { start: number; end: number };
export type Asking = { turns: Turn[]; isHeldOut: boolean };
export type Question = Asking & { kind: "plain" | "multi" | "time" | "follow-up"; evidence: Place[] };
export type PairSet = {
  name: string;
  group: "documents" | "play" | "conversations";
  face: PairFile["face"];
  text: string;
  /** the face's label in a thread */
  speaker: string | null;
  questions: Question[];
  others: Asking[];
  foreign: Asking[];
};

const sets = {
  documents: ["franklin", "darwin"],
  play: ["earnest"],
  conversations: ["nadia", "walter", "priya", "joon"],
} as const;

/**
 * Reads all sets of questions and finds their evidence in the texts. Every second question is held out.
 *
 * @param folder where the public-domain texts are; a set whose text is not there is left out
 * @throws {Error} a quote does not stand in its text exactly once
 */
export function readPairSets(folder: string): PairSet[] {
  return Object.entries(sets).flatMap(([group, names]) =>
    names.flatMap((name) => readPairs(name, group as PairSet["group"], folder) ?? []),
  );
}

/** One set; null when its text is not in the folder. */
export function readPairs(name: string, group: PairSet["group"], folder: string): PairSet | null {
  const file = PairFile.parse(JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), "utf8")));
  const text = textOf(file, folder);
  if (text === null) return null;
  return {
    ...{ name, group, face: file.face, text },
    speaker: file.speaker ?? Object.values(file.speakers ?? {})[0] ?? null,
    questions: file.questions.map(({ ask, kind, evidence }, at) => ({
      ...asking(ask, at),
      kind: ask.length > 1 ? "follow-up" : (kind ?? "plain"),
      evidence: evidence.map((quote) => locate(text, quote)),
    })),
    others: file.others.map((line, at) => asking([line], at)),
    foreign: file.foreign.map((line, at) => asking([line], at)),
  };
}

function asking(lines: readonly string[], at: number): Asking {
  const turns = lines.map((text, turn): Turn => ({ role: turn % 2 === 0 ? "user" : "assistant", text }));
  return { turns, isHeldOut: at % 2 === 1 };
}

function textOf({ text, sessions, speakers }: PairFile, folder: string): string | null {
  if (text !== undefined) {
    try {
      return readFileSync(join(folder, text), "utf8");
    } catch {
      return null;
    }
  }
  const turns = (sessions ?? []).flatMap(({ at, turns: said }) =>
    said.map((turn) => ({ speaker: speakers?.[turn.slice(0, 1)] ?? "", text: turn.slice(3), at })),
  );
  return formatThread(turns);
}

const topicDistance = 7;

/** The single questions of a set, each behind another question of the set and what answers that: a change of topic. */
export function afterAnotherTopic({ questions, text }: Pick<PairSet, "questions" | "text">): Question[] {
  const single = questions.filter(({ turns }) => turns.length === 1);
  return single.map((question, at) => {
    const before = single[(at + topicDistance) % single.length];
    const [quote] = before?.evidence ?? [];
    const answer = text.slice(quote?.start, quote?.end);
    return { ...question, turns: [...(before?.turns ?? []), { role: "assistant", text: answer }, ...question.turns] };
  });
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

/** Whether what was found covers at least half of a quote. */
export function isCovered(found: readonly Place[], quote: Place): boolean {
  const shared = found.reduce(
    (sum, place) => sum + Math.max(0, Math.min(place.end, quote.end) - Math.max(place.start, quote.start)),
    0,
  );
  return shared >= 0.5 * (quote.end - quote.start);
}
