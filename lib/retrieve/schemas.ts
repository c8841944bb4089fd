import { z } from "zod";

const ContentPart = z.looseObject({ type: z.string(), text: z.string().optional() });

/** A chat message as OpenAI's and Anthropic's clients send it; only its text is searched with. */
export const SearchMessage = z.looseObject({
  role: z.string(),
  content: z.union([z.string(), z.array(ContentPart)]).nullish(),
});

/** `POST /v1/faces/{face}/search`. */
export const SearchInput = z
  .object({
    query: z.string().trim().min(1, "must not be empty").max(20_000, "must be at most 20,000 characters").optional(),
    messages: z.array(SearchMessage).min(1, "must not be empty").max(1000).optional(),
    k: z.int().min(1).max(50).default(10),
    token_budget: z.int().min(1).max(20_000).default(1500),
  })
  .refine((input) => (input.query === undefined) !== (input.messages === undefined), {
    message: "give either query or messages",
    path: ["query"],
  });
export type SearchInput = z.infer<typeof SearchInput>;

export const RetrievedProvenance = z.object({
  document_id: z.string(),
  version: z.number(),
  start: z.number(),
  end: z.number(),
  quote: z.string(),
});

/** The other side: a statement that pulls against one of an item's, and what it rests on. */
export const RetrievedTension = z.object({ id: z.string(), text: z.string(), quote: z.string().optional() });
export type RetrievedTension = z.infer<typeof RetrievedTension>;

/** Evidence for an answer: something the face said (span), or a statement compiled from what it said (primitive). */
export const RetrievedItem = z.object({
  kind: z.enum(["primitive", "span"]),
  id: z.string(),
  text: z.string(),
  score: z.number(),
  tokens: z
    .number()
    .describe(
      "What it takes in a prompt: its text, with the turn before it or its first quote, and the other side of a tension.",
    ),
  provenance: z.array(RetrievedProvenance),
  component: z.string().optional(),
  predicate: z.string().optional(),
  statement: z.string().optional(),
  confidence: z.number().optional(),
  isPinned: z.boolean().optional(),
  speaker: z.string().optional(),
  previousText: z.string().optional(),
  tensions: z.array(RetrievedTension).optional(),
});
export type RetrievedItem = z.infer<typeof RetrievedItem>;
