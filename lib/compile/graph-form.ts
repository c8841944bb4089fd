import { createHash } from "node:crypto";
import { stem } from "@/lib/retrieve/stem";
import { contentStems } from "./content-stems";
import type { Polarity, Predicate, Statement } from "./grammar";

/** What a statement says, apart from how it is put. Statements of one canonical form are one primitive. */
export type GraphForm = {
  /** names the form: the same for the same content, whatever else is in the graph */
  key: string;
  /** of the folded form: "I distrust crowds" denies trust */
  polarity: Polarity;
  /** content words of the object, sorted */
  stems: string[];
  /** content words of the condition, sorted */
  condition: string[];
};

/** What the form is made of. */
type Stated = Partial<Statement> &
  Pick<Statement, "component" | "predicate" | "polarity" | "statement" | "object" | "condition">;

/** Words that say no more than their predicate does: whether liked or disliked is told by the polarity. */
const saidByPredicate: Partial<Record<Predicate, Set<string>>> = {
  likes: stems("like love enjoy adore fond keen dislike hate detest loathe abhor bear stand prefer taste interest"),
  wants: stems("want wish hope ambition dream goal aim like love"),
  fears: stems("fear afraid scared dread terrified frightened worried terrify scare frighten worry"),
  esteems: stems("admire esteem respect despise scorn regard contempt loathe hate"),
  believes: stems("believe think hold reckon suppose disbelieve"),
  can: stems("able capable unable incapable"),
  speaks: stems("speak talk write"),
};

/** One member of each pair stands for both, with the polarity turned. By hand: cosines cannot tell opposites. */
const antonyms = new Map(
  (
    "distrust:trust mistrust:trust hate:love detest:love loathe:love dislike:like despise:respect scorn:respect " +
    "disbelieve:believe disagree:agree disapprove:approve disobey:obey impatient:patient dishonest:honest untidy:tidy " +
    "unkind:kind disloyal:loyal disorganised:organised disorganized:organized unhappy:happy insecure:secure " +
    "unable:able incapable:capable intolerant:tolerant ungrateful:grateful unsociable:sociable " +
    "irresponsible:responsible indecisive:decisive unreliable:reliable unafraid:afraid pessimist:optimist " +
    "pessimistic:optimistic introvert:extrovert introverted:extroverted forget:remember immodest:modest " +
    "unfair:fair unsure:sure uncertain:certain unforgiving:forgiving inflexible:flexible unselfish:selfish " +
    "avoid:seek reject:accept ignore:notice"
  )
    .split(" ")
    .map((pair) => pair.split(":").map(stem) as [string, string]),
);

/**
 * The canonical form of a statement: component, predicate, and the content words of object and condition as stems,
 * without words of frequency and without what the predicate says already; antonyms folded to one member with the
 * polarity turned.
 *
 * It looks at the one statement alone, so "says the same" is an equivalence and a deletion is exact.
 */
export function graphForm(statement: Stated): GraphForm {
  const folded = compared(statement) ?? fold(objectStems(statement, statement.object || statement.statement));
  const polarity = folded.isTurned ? opposite(statement.polarity) : statement.polarity;
  const condition = contentStems(statement.condition ?? "");
  const parts = [statement.component, statement.predicate, polarity, folded.stems.join(" "), condition.join(" ")];
  const key = createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32);
  return { key, polarity, stems: folded.stems, condition };
}

/**
 * "I prefer tea to coffee", "honest over clever": which side is preferred is the point. The sides stand in the order of
 * their words, and the polarity is turned where that is not the speaker's.
 */
function compared(statement: Stated): { stems: string[]; isTurned: boolean } | null {
  const text = statement.object || statement.statement;
  const border = choice.test(statement.statement) ? choiceBorder : comparisonBorder;
  const [left, right, ...more] = text.split(border);
  if (left === undefined || right === undefined || more.length > 0) return null;
  const sides = [objectStems(statement, left).join(" "), objectStems(statement, right).join(" ")];
  if (sides.includes("") || sides[0] === sides[1]) return null;
  const ordered = [...sides].sort();
  return { stems: ordered.join(" > ").split(" "), isTurned: ordered[0] !== sides[0] };
}

const choice = /\b(?:prefer|choos|chose|pick|favou?r|valu|rank|put|plac)/iu;
const choiceBorder = /\s(?:to|over|rather than|above|before)\s/iu;
const comparisonBorder = /\s(?:rather than|(?<=\b(?:more|better|rather|sooner|less|worse)\b.*\s)than)\s/iu;

function objectStems({ predicate }: Stated, text: string): string[] {
  return withoutPredicate(contentStems(text), predicate);
}

/** What is said by the predicate alone ("I hope") keeps its words: something must be left. */
function withoutPredicate(object: string[], predicate: Predicate): string[] {
  const said = saidByPredicate[predicate];
  const rest = said === undefined ? object : object.filter((word) => !said.has(word));
  return rest.length === 0 ? object : rest;
}

/** "I remember faces and forget names" names both members of a pair: there is nothing to fold. */
function fold(words: string[]): { stems: string[]; isTurned: boolean } {
  const negatives = words.filter((word) => antonyms.has(word));
  const [negative, ...others] = negatives;
  const positive = negative === undefined ? undefined : antonyms.get(negative);
  if (negative === undefined || positive === undefined || others.length > 0 || words.includes(positive)) {
    return { stems: words, isTurned: false };
  }
  return { stems: words.map((word) => (word === negative ? positive : word)).sort(), isTurned: true };
}

function opposite(polarity: Polarity): Polarity {
  return polarity === "pos" ? "neg" : "pos";
}

function stems(words: string): Set<string> {
  return new Set(words.split(" ").map(stem));
}
