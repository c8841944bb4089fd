import { z } from "zod";

/**
 * The closed grammar of a face: `component.predicate [not] object [when …] [because …]`.
 * Nothing a compiler finds is stored under any other kind.
 */
export const kinds = [
  { component: "alpha", predicate: "is", meaning: "nature, temperament, group, age, health" },
  { component: "alpha", predicate: "comes_from", meaning: "birth, family, schooling, upbringing" },
  { component: "alpha", predicate: "works_as", meaning: "job, office or role, past or present" },
  { component: "alpha", predicate: "relates_to", meaning: "a defining bond with someone, or its absence" },
  { component: "alpha", predicate: "can", meaning: "skill, weakness, knowledge" },
  { component: "alpha", predicate: "shaped_by", meaning: "what formed them" },
  { component: "beta", predicate: "values", meaning: "what matters to them, their own norm or duty" },
  { component: "beta", predicate: "likes", meaning: "taste or interest; with not, dislike" },
  { component: "beta", predicate: "believes", meaning: "a general claim or stance about people or the world" },
  { component: "beta", predicate: "wants", meaning: "a lasting goal" },
  { component: "beta", predicate: "fears", meaning: "fear, dread, worry" },
  {
    component: "beta",
    predicate: "esteems",
    meaning: "lasting regard for a person, a thing or an own deed; with not, contempt or regret",
  },
  { component: "delta", predicate: "reasons", meaning: "how they think or argue" },
  { component: "delta", predicate: "decides", meaning: "how they choose" },
  { component: "delta", predicate: "learns", meaning: "how they learn, study or take notes" },
  { component: "delta", predicate: "doubts", meaning: "doubt, self-checking, scepticism" },
  { component: "delta", predicate: "interprets", meaning: "how they read events and people" },
  { component: "delta", predicate: "attends", meaning: "attention, memory, imagination" },
  { component: "epsilon", predicate: "does", meaning: "habit or lasting abstention" },
  { component: "epsilon", predicate: "reacts", meaning: "when something happens, what they do" },
  { component: "epsilon", predicate: "feels", meaning: "a recurrent emotion" },
  { component: "epsilon", predicate: "speaks", meaning: "manner of speaking or writing" },
  { component: "epsilon", predicate: "treats", meaning: "ways of relating to others" },
  { component: "epsilon", predicate: "works", meaning: "work style, effort, order" },
] as const;

export const components = ["alpha", "beta", "delta", "epsilon"] as const;
export const strengths = ["never", "rarely", "sometimes", "often", "always"] as const;

export type Component = (typeof components)[number];
export type Predicate = (typeof kinds)[number]["predicate"];
/** `neg` = the predicate is denied, or its object is disliked, despised or lacking. */
export type Polarity = "pos" | "neg";
export type Strength = (typeof strengths)[number];
/** One of the 24 pairs; predicate names are unique, so the component follows from the predicate. */
export type Kind = { component: Component; predicate: Predicate };

const predicateNames = kinds.map((kind) => kind.predicate);
const componentByPredicate = new Map<Predicate, Component>(kinds.map((kind) => [kind.predicate, kind.component]));

/** Longest rendered statement, in words. */
export const maxStatementWords = 24;

const Confidence = z.number().min(0).max(1);

/** One statement found in a text. Offsets are UTF-16 indices into the whole document: `text.slice(start, end) === quote`, always. */
export const Statement = z
  .object({
    component: z.enum(components),
    predicate: z.enum(predicateNames),
    polarity: z.enum(["pos", "neg"]),
    /** Rendered in the first person, at most 24 words. */
    statement: z.string().min(1),
    object: z.string(),
    condition: z.string().nullable(),
    reason: z.string().nullable(),
    strength: z.enum(strengths).nullable(),
    /** Calibrated probability that this is a lasting statement about the face. */
    confidence: Confidence,
    /** The three likeliest kinds, best first; the first is the statement's own. */
    alternatives: z.array(
      z.object({ component: z.enum(components), predicate: z.enum(predicateNames), p: Confidence }),
    ),
    start: z.int().min(0),
    end: z.int().min(1),
    quote: z.string().min(1),
  })
  .refine((value) => componentOf(value.predicate) === value.component, {
    message: "this predicate belongs to another component",
    path: ["component"],
  })
  .refine((value) => value.end - value.start === value.quote.length, {
    message: "the quote does not fit its offsets",
    path: ["quote"],
  });
export type Statement = z.infer<typeof Statement>;

/** 516 bytes made by `packVector`. */
export type Int8Vector = Uint8Array;

/** A piece of source that chat can quote: one turn of a thread, or one to three sentences of a document. */
export type Span = {
  start: number;
  end: number;
  text: string;
  speaker: string | null;
  isFace: boolean;
  sentenceVectors: Int8Vector[];
  /** The preceding span and this one, embedded together. */
  contextVector: Int8Vector;
};

/** A chunk never grows beyond this many tokens. */
export const maxChunkTokens = 800;

/** A part of a document, compiled in one go. Chunks partition the text exactly. */
export type Chunk = { index: number; start: number; end: number; tokens: number };

export type SourceInfo = {
  type: "document" | "thread";
  perspective: "first-person" | "third-person";
  faceSpeaker: string | null;
  face: { username: string; name: string | null; aliases: string[]; pronouns: string | null };
};

/** The component a predicate belongs to. */
export function componentOf(predicate: Predicate): Component {
  const component = componentByPredicate.get(predicate);
  if (!component) throw new RangeError(`unknown predicate ${predicate}`);
  return component;
}

/** The statement in the grammar's own notation, such as `beta.likes not crowds when tired`. */
export function canonicalForm(
  statement: Pick<Statement, "component" | "predicate" | "polarity" | "object" | "condition" | "reason">,
): string {
  const parts = [`${statement.component}.${statement.predicate}`];
  if (statement.polarity === "neg") parts.push("not");
  parts.push(statement.object);
  if (statement.condition)
    parts.push(
      /^(?:if|when|whenever|under|before|after|while|unless|until)\b/iu.test(statement.condition)
        ? statement.condition
        : `when ${statement.condition}`,
    );
  if (statement.reason)
    parts.push(
      /^(?:because|since|owing to|so that|for)\b/iu.test(statement.reason)
        ? statement.reason
        : `because ${statement.reason}`,
    );
  return parts.join(" ");
}
