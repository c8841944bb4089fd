import { z } from "zod";
import { parseOrigin, writeOrigin } from "./origin";

const maxBudgetUsd = 1_000_000;
/** What a page is given until its owner says otherwise: a bounded cost is the safe way to be public. */
export const embedDefaults = { visitor_messages_per_day: 20, budget_usd: 5, theme: "system" } as const;

export const EmbedTheme = z.enum(["system", "light", "dark"]);
export type EmbedTheme = z.infer<typeof EmbedTheme>;

/** A site as browsers are told of it; what is typed becomes that, or says what is wrong. */
export const SiteOrigin = z
  .string()
  .max(300)
  .transform((text, context) => {
    const origin = parseOrigin(text);
    if ("hostname" in origin) return writeOrigin(origin);
    context.addIssue({ code: "custom", message: origin.problem });
    return z.NEVER;
  });

const Suggestion = z.string().trim().min(1, "must not be empty").max(120);

/** `PUT /v1/faces/{face}/embed`: makes the page, or changes of it what is given. */
export const SaveEmbedInput = z.strictObject({
  is_enabled: z.boolean().optional(),
  is_public: z.boolean().optional().describe("The page may be opened by itself, not only in frames."),
  origins: z
    .array(SiteOrigin)
    .max(50)
    .optional()
    .describe("Sites that may frame it, as `https://example.com` or `https://*.example.com`."),
  theme: EmbedTheme.optional(),
  greeting: z.string().trim().max(500).optional(),
  disclosure: z.string().trim().max(300).optional(),
  suggestions: z.array(Suggestion).max(4).optional(),
  visitor_messages_per_day: z.int().min(1).max(1000).optional(),
  budget_usd: z
    .number()
    .min(0)
    .max(maxBudgetUsd)
    .optional()
    .describe("All that its visitors may cost, until it is counted from zero again."),
  reset_spent: z.boolean().default(false),
});
export type SaveEmbedInput = z.infer<typeof SaveEmbedInput>;

/** A face's page for visitors, as its owner sees it. */
export const EmbedView = z.object({
  id: z.string(),
  face_id: z.string(),
  is_enabled: z.boolean(),
  is_public: z.boolean(),
  public_url: z.string().describe("The page by itself."),
  embed_url: z.string().describe("The page for frames."),
  origins: z.array(z.string()),
  theme: EmbedTheme,
  greeting: z.string(),
  disclosure: z.string(),
  suggestions: z.array(z.string()),
  visitor_messages_per_day: z.number(),
  budget_usd: z.number(),
  spent_usd: z.number(),
  answers: z.number().describe("Answers that visitors got since it was made."),
  api_key_id: z.string().describe("The key under which its chats are in usage; it has no secret."),
  created_at: z.string(),
  updated_at: z.string(),
});
export type EmbedView = z.infer<typeof EmbedView>;

const Cluster = z.object({ n: z.number(), confidence: z.number() });

/** `GET /v1/embeds/{token}`: what a visitor is shown. Nothing of the account is in it. */
export const VisitorPage = z.object({
  name: z.string(),
  state: z.enum(["open", "resting"]).describe("Resting: its budget or its owner's account answers nobody for now."),
  theme: EmbedTheme,
  greeting: z.string(),
  suggestions: z.array(z.string()),
  disclosure: z.string().describe("The owner's words on who speaks."),
  model: z
    .string()
    .nullable()
    .describe("What writes the answers; null: the built-in engine, which is no language model."),
  fingerprint: z.object({
    alpha: z.array(Cluster),
    beta: z.array(Cluster),
    delta: z.array(Cluster),
    epsilon: z.array(Cluster),
  }),
  picture_url: z
    .string()
    .nullable()
    .describe("The portrait it is shown by: signed, relative to this host, good for a day. Null: its fingerprint."),
});
export type VisitorPage = z.infer<typeof VisitorPage>;

/** What of a conversation a visitor may send at once. */
export const visitorLimits = {
  messages: 40,
  questionCharacters: 2_000,
  answerCharacters: 16_000,
  allCharacters: 48_000,
};

const Question = z.strictObject({
  role: z.literal("user"),
  content: z.string().trim().min(1, "must not be empty").max(visitorLimits.questionCharacters),
});
const Answer = z.strictObject({
  role: z.literal("assistant"),
  content: z.string().max(visitorLimits.answerCharacters),
});

/** `POST /v1/embeds/{token}/chat`: a visitor says something. There are no other roles, no models and no settings. */
export const VisitorChatInput = z.strictObject({
  visitor: z.string().max(500).describe("Who asks, as the page was told."),
  messages: z
    .array(z.discriminatedUnion("role", [Question, Answer]))
    .min(1, "must hold a message")
    .max(visitorLimits.messages)
    .refine((all) => all.at(-1)?.role === "user", "must end with a message of the visitor")
    .refine(
      (all) => all.reduce((sum, { content }) => sum + content.length, 0) <= visitorLimits.allCharacters,
      "have become too long together: start again",
    ),
});
export type VisitorChatInput = z.infer<typeof VisitorChatInput>;

/** One event of a visitor's stream. */
export const VisitorEvent = z.union([
  z.object({ text: z.string() }),
  z.object({ end: z.literal(true) }),
  z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
]);
export type VisitorEvent = z.infer<typeof VisitorEvent>;
