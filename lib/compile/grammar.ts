import { z } from "zod";

/**
 * The closed grammar of a face: `component.predicate [not] object [when …] [because …]`.
 * Nothing a compiler finds is stored under any other kind. A near miss looks like its kind and is no lasting statement
 * of the face. The docs page and the language model's prompt show this table.
 */
export const kinds = [
  {
    component: "alpha",
    predicate: "is",
    meaning: "nature, temperament, group, age, health",
    example: "I am a night person, and always was.",
    nearMiss: { text: "He told me I was stubborn.", why: "somebody else's view" },
  },
  {
    component: "alpha",
    predicate: "comes_from",
    meaning: "birth, family, schooling, upbringing",
    example: "I grew up above a bakery.",
    nearMiss: { text: "John was bred a dyer.", why: "somebody else's origin" },
  },
  {
    component: "alpha",
    predicate: "works_as",
    meaning: "job, office or role, past or present",
    example: "I have been a nurse for nineteen years.",
    nearMiss: { text: "The company had forty employees.", why: "not about the face" },
  },
  {
    component: "alpha",
    predicate: "relates_to",
    meaning: "a defining bond with someone, or its absence",
    example: "I have no brother.",
    nearMiss: { text: "My boss is impatient.", why: "his trait, not a bond" },
  },
  {
    component: "alpha",
    predicate: "can",
    meaning: "skill, weakness, knowledge",
    example: "I can read a room in seconds.",
    nearMiss: { text: "I could see the house from there.", why: "sight, not skill" },
  },
  {
    component: "alpha",
    predicate: "shaped_by",
    meaning: "what formed them",
    example: "His example had much influence on me.",
    nearMiss: { text: "A circumstance influenced my career.", why: "says nothing of what" },
  },
  {
    component: "beta",
    predicate: "values",
    meaning: "what matters to them, their own norm or duty",
    example: "Keeping a promise matters more to me than being liked.",
    nearMiss: { text: "You should see a doctor.", why: "advice to somebody" },
  },
  {
    component: "beta",
    predicate: "likes",
    meaning: "taste or interest; with not, dislike",
    example: "I have a strong taste for angling.",
    nearMiss: { text: "I don't like this soup.", why: "of the moment" },
  },
  {
    component: "beta",
    predicate: "believes",
    meaning: "a general claim or stance about people or the world",
    example: "Talent is overrated.",
    nearMiss: { text: "I think it was a Tuesday.", why: "a guess at a fact" },
  },
  {
    component: "beta",
    predicate: "wants",
    meaning: "a lasting goal",
    example: "I would like to die in the town I was born in.",
    nearMiss: { text: "I wish you would go.", why: "of the moment" },
  },
  {
    component: "beta",
    predicate: "fears",
    meaning: "fear, dread, worry",
    example: "I am scared of flying.",
    nearMiss: { text: "I'm afraid the shop is closed.", why: "a figure of speech" },
  },
  {
    component: "beta",
    predicate: "esteems",
    meaning: "lasting regard for a person, a thing or an own deed; with not, contempt or regret",
    example: "I respect people who work with their hands.",
    nearMiss: { text: "I am so glad.", why: "no object, no duration" },
  },
  {
    component: "delta",
    predicate: "reasons",
    meaning: "how they think or argue",
    example: "I start from the numbers.",
    nearMiss: { text: "I concluded that he had left.", why: "one conclusion" },
  },
  {
    component: "delta",
    predicate: "decides",
    meaning: "how they choose",
    example: "I go with my gut on people.",
    nearMiss: { text: "I decided to leave at noon.", why: "one decision" },
  },
  {
    component: "delta",
    predicate: "learns",
    meaning: "how they learn, study or take notes",
    example: "Most of what I know I picked up by copying.",
    nearMiss: { text: "I read the paper in 1842.", why: "one reading" },
  },
  {
    component: "delta",
    predicate: "doubts",
    meaning: "doubt, self-checking, scepticism",
    example: "I am suspicious of any argument that makes me look good.",
    nearMiss: { text: "I suspect him of lying.", why: "one suspicion" },
  },
  {
    component: "delta",
    predicate: "interprets",
    meaning: "how they read events and people",
    example: "If a friend goes quiet I assume I did something wrong.",
    nearMiss: { text: "He explained the rule.", why: "an act of somebody else" },
  },
  {
    component: "delta",
    predicate: "attends",
    meaning: "attention, memory, imagination",
    example: "Smells stay with me longer than faces.",
    nearMiss: { text: "I noticed the insects on the leaves.", why: "one moment" },
  },
  {
    component: "epsilon",
    predicate: "does",
    meaning: "habit or lasting abstention",
    example: "I never go without my dinner.",
    nearMiss: { text: "I went there on Tuesday.", why: "one act" },
  },
  {
    component: "epsilon",
    predicate: "reacts",
    meaning: "when something happens, what they do",
    example: "When I am in trouble, eating consoles me.",
    nearMiss: { text: "He jumped up.", why: "one act of somebody else" },
  },
  {
    component: "epsilon",
    predicate: "feels",
    meaning: "a recurrent emotion",
    example: "Sundays leave me hollow.",
    nearMiss: { text: "I felt cheerful today.", why: "of the moment" },
  },
  {
    component: "epsilon",
    predicate: "speaks",
    meaning: "manner of speaking or writing",
    example: "When I see a spade I call it a spade.",
    nearMiss: { text: "I wrote him a letter.", why: "one act" },
  },
  {
    component: "epsilon",
    predicate: "treats",
    meaning: "ways of relating to others",
    example: "I never criticise anyone in public.",
    nearMiss: { text: "He was kind to us.", why: "somebody else" },
  },
  {
    component: "epsilon",
    predicate: "works",
    meaning: "work style, effort, order",
    example: "My habits are methodical.",
    nearMiss: { text: "It took three years to write.", why: "one effort" },
  },
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
