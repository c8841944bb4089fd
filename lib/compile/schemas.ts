import { z } from "zod";
import { components, kinds } from "./grammar";

const Kind = z.object({ component: z.string(), predicate: z.string(), p: z.number() });

/** A primitive as routes and pages show it: every quote stands verbatim at its offsets in that version of the text. */
export const PrimitiveView = z.object({
  id: z.string(),
  component: z.enum(components),
  predicate: z.string(),
  polarity: z.enum(["pos", "neg"]),
  statement: z.string(),
  object: z.string(),
  condition: z.string().nullable(),
  reason: z.string().nullable(),
  strength: z.string().nullable(),
  confidence: z.number(),
  state: z.enum(["active", "draft", "disabled"]),
  pinned: z.boolean(),
  edited: z.boolean(),
  alternatives: z.array(Kind),
  provenance: z.array(
    z.object({
      document_id: z.string(),
      version: z.number(),
      start: z.number(),
      end: z.number(),
      quote: z.string(),
      engine: z.string(),
    }),
  ),
  tensions: z.array(z.object({ id: z.string(), statement: z.string(), component: z.string() })),
});
export type PrimitiveView = z.infer<typeof PrimitiveView>;

/** What two states of a face have not in common. */
export const PrimitiveDiff = z.object({
  added: z.array(PrimitiveView),
  removed: z.array(PrimitiveView),
  changed: z.array(z.object({ before: PrimitiveView, after: PrimitiveView })),
  counts: z
    .object({ added: z.number(), removed: z.number(), changed: z.number() })
    .describe("Of all, also of those past the limit of a list."),
  kinds: z
    .array(
      z.object({
        component: z.enum(components),
        predicate: z.string(),
        kept: z.number(),
        added: z.number(),
        removed: z.number(),
        confidence: z.number().describe("The mean of those that are there after."),
      }),
    )
    .describe("Both states by kind, for a fingerprint that shows what changed; what is disabled counts nowhere."),
});
export type PrimitiveDiff = z.infer<typeof PrimitiveDiff>;

/** `GET …/versions/{a}/diff/{b}`. */
export const VersionDiff = PrimitiveDiff.extend({ from: z.number(), to: z.number() });
export type VersionDiff = z.infer<typeof VersionDiff>;

const predicates = kinds.map(({ predicate }) => predicate);

/** `PATCH …/primitives/{id}`: what is left out stays, null takes a change back. */
export const UpdatePrimitiveInput = z.strictObject({
  statement: z.string().trim().min(1).max(500).nullish(),
  component: z.enum(components).nullish().describe("Without a predicate of its own, the likeliest of that component."),
  predicate: z.enum(predicates).nullish().describe("The component follows from it."),
  pinned: z.boolean().nullish(),
  disabled: z.boolean().nullish(),
  state: z.enum(["active", "draft", "disabled"]).nullish().describe("`active` accepts a draft, null takes that back."),
});
export type UpdatePrimitiveInput = z.infer<typeof UpdatePrimitiveInput>;

/** `PATCH …/primitives`: one word on several. */
export const UpdatePrimitivesInput = z.strictObject({
  ids: z.array(z.string().max(64)).min(1).max(500),
  ...UpdatePrimitiveInput.pick({ pinned: true, disabled: true, state: true }).shape,
});
export type UpdatePrimitivesInput = z.infer<typeof UpdatePrimitivesInput>;

const Count = z.number();

/** How many primitives fit, and how many each other choice of a kind of filter would leave. */
export const PrimitiveCounts = z.object({
  total: Count,
  components: z.record(z.enum(components), Count),
  states: z.record(z.enum(["active", "draft", "disabled"]), Count),
  pinned: Count,
  edited: Count,
  tension: Count,
  kinds: z.array(z.object({ component: z.enum(components), predicate: z.string(), count: Count })),
});
export type PrimitiveCounts = z.infer<typeof PrimitiveCounts>;

/** What a sync would take, at most. */
export const SyncQuote = z.object({
  documents: z.number(),
  tokens_estimated: z.number(),
  tokens_from_quota: z.number(),
  tokens_on_credit: z.number(),
  cost_usd_max: z.number(),
});
export type SyncQuote = z.infer<typeof SyncQuote>;

/** `POST …/sync` when it started one. */
export const SyncStarted = SyncQuote.extend({
  face_id: z.string(),
  sync_status: z.literal("syncing"),
  job_id: z.string(),
});
export type SyncStarted = z.infer<typeof SyncStarted>;

/** A figure of the face beside that of the others in its threads. */
export const Rate = z.object({
  value: z.number(),
  count: z.number().describe("What was counted, in how many (turns, words or occasions, by the figure)."),
  n: z.number(),
  others: z.number().nullable().describe("The same figure of the other speakers; null when they said nothing."),
  z: z.number().nullable().describe("How far the two differ, in standard errors; null without others."),
});
export type Rate = z.infer<typeof Rate>;

/** Something that the face says again and again. */
export const Listed = z.array(
  z.object({
    text: z.string(),
    count: z.number(),
    rate: z.number().describe("Per turn, or per thousand words, by the list."),
    others: z.number().nullable(),
    z: z
      .number()
      .describe("Signed root of the log-likelihood ratio against what was expected: above 2 it is the face's own."),
  }),
);
export type Listed = z.infer<typeof Listed>;

/** Lengths in words; `others` is the others' median. */
const Spread = z.object({ median: z.number(), p90: z.number(), n: z.number(), others: z.number().nullable() });
/** A figure that has no simple test: `others` is the same of the others. */
const Level = z.object({ value: z.number(), n: z.number(), others: z.number().nullable() });
const Used = z.object({ rate: Rate, list: Listed });

/** What a turn is for. */
export const situations = [
  "greeting",
  "agreeing",
  "disagreeing",
  "joking",
  "explaining",
  "asking",
  "refusing",
  "thanking",
  "apologising",
  "emotional",
] as const;
export type Situation = (typeof situations)[number];

/** A turn as it was said: `text` stands at these offsets of that version of the document. */
export const Exemplar = z.object({
  situation: z.enum(situations),
  text: z.string(),
  document_id: z.string(),
  version: z.number(),
  start: z.number(),
  end: z.number(),
});
export type Exemplar = z.infer<typeof Exemplar>;

/**
 * How a face speaks, measured over its own turns and beside the other speakers of the same threads. Shares are 0 to 1;
 * `per_1000` figures are per thousand words.
 */
export const Voice = z.object({
  turns: z.number(),
  words: z.number(),
  threads: z.number(),
  other_turns: z.number(),
  turn_words: Spread,
  sentence_words: Spread,
  /** shares of turns: that ask, exclaim, begin with a small letter, end without a mark, hold emoji, shout a word */
  shares: z.object({
    questions: Rate,
    exclamations: Rate,
    lower_case_starts: Rate,
    open_ends: Rate,
    emoji: Rate,
    capitals: Rate,
  }),
  punctuation_per_1000: z.object({
    comma: Rate,
    semicolon: Rate,
    colon: Rate,
    dash: Rate,
    exclamation: Rate,
    question: Rate,
    ellipsis: Rate,
    parenthesis: Rate,
    quotation: Rate,
  }),
  hedges_per_1000: Used,
  intensifiers_per_1000: Used,
  /** of the places where English can contract */
  contractions: Rate,
  formality: Level.nullable().describe("F-score of Heylighen and Dewaele: talk is about 40, a newspaper about 65."),
  variety: Level.nullable().describe("Different words among any 50 in a row; null below 50 words."),
  emoji: z.array(z.object({ text: z.string(), count: z.number() })),
  /** per turn */
  openers: Listed,
  closers: Listed,
  /** per thousand words */
  phrases: Listed,
  favourite_words: Listed,
  exemplars: z.array(Exemplar),
});
export type Voice = z.infer<typeof Voice>;

/** A voice as it is shown: `told` is what a language model that speaks as the face reads of it, line by line. */
export const SpokenVoice = Voice.extend({ told: z.array(z.string()) });
export type SpokenVoice = z.infer<typeof SpokenVoice>;

/**
 * A measured figure with its 95 % interval. `n` is how many things it was measured on; where all of them were
 * counted, the interval is the value itself. Too few to tell: no value, and why.
 */
export const Figure = z.union([
  z.object({ value: z.number(), n: z.number(), low: z.number(), high: z.number() }),
  z.object({ value: z.null(), reason: z.string() }),
]);
export type Figure = z.infer<typeof Figure>;

const Counted = z.object({ active: z.number(), draft: z.number() });

/** How good a compiled face is, measured on itself. */
export const Fidelity = z.object({
  /** texts in the graph */
  documents: Figure,
  /** their tokens, as compiling counts them */
  tokens: Figure,
  /** by component, as the owner has them; what is disabled counts nowhere */
  primitives: z.object(
    Object.fromEntries(components.map((each) => [each, Counted])) as Record<
      (typeof components)[number],
      typeof Counted
    >,
  ),
  /** share of the characters of the face's own text that stand in a quote of an active primitive; n: characters */
  coverage: Figure,
  /** tokens of all active primitives over tokens of the texts: smaller is terser; n: tokens of the texts */
  compression: Figure,
  /** of 100 active primitives, how many have a twin left: cosine ≥ .9, same polarity; n: primitives that were compared */
  duplicates: Figure,
  /** pairs of primitives that contradict each other and are both kept; n: primitives */
  tensions: Figure,
  /** how well a turn can be told from the others' by its manner alone: .5 is a guess, 1 is always; n: turns of the face */
  voice_distinctness: Figure,
  /**
   * Of sentences of the face, the share that find support in what the other sentences gave: an active primitive with
   * cosine ≥ .6 once all that came out of the sentence itself is taken away; n: sentences, drawn by their content
   */
  held_out_support: Figure,
});
export type Fidelity = z.infer<typeof Fidelity>;

/** One letter a primitive: in ring order. */
export const componentLetters = { alpha: "a", beta: "b", delta: "d", epsilon: "e" } as const;
/** One letter a primitive. */
export const stateLetters = { active: "a", draft: "d", disabled: "x" } as const;

/**
 * A whole face's graph as a drawing needs it, in columns: the nth of each list belongs to the nth primitive, pinned
 * ones and the surest first.
 */
export const GraphMap = z.object({
  total: z.number().describe("Primitives of the face; the lists stop at some thousands."),
  ids: z.array(z.string()),
  statements: z.array(z.string()),
  components: z.string().describe("A, b, d or e for each: its component's first letter."),
  states: z.string().describe("A (active), d (draft) or x (disabled) for each."),
  confidences: z.array(z.number()).describe("In hundredths."),
  sector_of: z.array(z.number()).describe("Places in `sectors`."),
  source_of: z.array(z.number()).describe("Places in `sources`; −1: no text holds it."),
  x: z
    .array(z.number())
    .describe("Places by meaning, −1000 to 1000: what is near in meaning is near here, as far as two dimensions can."),
  y: z.array(z.number()),
  edges: z
    .array(z.number())
    .describe(
      "Four numbers an edge: two places in `ids`, 1 for a tension and 0 for support, and the cosine in hundredths.",
    ),
  sectors: z
    .array(z.string().nullable())
    .describe("What the primitives gather around; null: around nothing that is named."),
  sources: z.array(z.object({ document_id: z.string(), label: z.string() })),
  kept_nearest: z
    .number()
    .nullable()
    .describe("Of the ten nearest in meaning, the share that is among the ten nearest in x and y; null for a handful."),
});
export type GraphMap = z.infer<typeof GraphMap>;
