import { z } from "zod";

const Rate = z.object({
  value: z.number(),
  count: z.number(),
  n: z.number(),
  others: z.number().nullable(),
  z: z.number().nullable(),
});
export type Rate = z.infer<typeof Rate>;

const Spread = z.object({ median: z.number(), p90: z.number(), n: z.number(), others: z.number().nullable() });
export type Spread = z.infer<typeof Spread>;

const Level = z.object({ value: z.number(), n: z.number(), others: z.number().nullable() });

const Listed = z.array(z.object({ text: z.string(), count: z.number(), z: z.number() }));
export type Listed = z.infer<typeof Listed>;

/** `GET …/voice`: how a face speaks, beside the others in its conversations. */
export const VoiceView = z.object({
  turns: z.number(),
  words: z.number(),
  threads: z.number(),
  other_turns: z.number(),
  turn_words: Spread,
  sentence_words: Spread,
  shares: z.record(z.string(), Rate),
  punctuation_per_1000: z.record(z.string(), Rate),
  hedges_per_1000: z.object({ rate: Rate, list: Listed }),
  intensifiers_per_1000: z.object({ rate: Rate, list: Listed }),
  contractions: Rate,
  formality: Level.nullable(),
  variety: Level.nullable(),
  emoji: z.array(z.object({ text: z.string(), count: z.number() })),
  openers: Listed,
  closers: Listed,
  phrases: Listed,
  favourite_words: Listed,
  exemplars: z.array(
    z.object({
      situation: z.string(),
      text: z.string(),
      document_id: z.string(),
      version: z.number(),
      start: z.number(),
      end: z.number(),
    }),
  ),
});
export type VoiceView = z.infer<typeof VoiceView>;
