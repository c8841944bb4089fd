import { z } from "zod";
import { Name } from "./title";

/** The most that is kept: beyond it nobody reads, and a page could not show it. */
export const mostConversations = 10_000;
export const mostMessages = 4_000;
export const mostMessagesAtOnce = 200;
export const mostCharacters = 400_000;
/** Of all its branches together: a page, an export and a search read them at once. */
export const mostBytesOfAll = 20_000_000;

const idOf = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9a-z]{26}$`), `is no id like ${prefix}_…`);

/** PostgreSQL holds neither NUL nor half a surrogate pair, and models say both: they become U+FFFD. */
const StorableText = z.string().transform((text) => text.toWellFormed().replaceAll("\0", "\uFFFD"));

export const ConversationId = idOf("cnv");
export const MessageId = idOf("msg");
const ModelId = z.string().max(200);
const Title = StorableText.pipe(Name);

export const MessageError = z.object({
  message: StorableText.pipe(z.string().max(2_000)),
  code: z.string().max(64).nullish(),
  request_id: z.string().max(64).nullish(),
});

/** `removed` is the server's to say: an answer that may quote a text that was deleted. */
export const WrittenStatus = z.enum(["done", "stopped", "failed"]);

/** A message as its writer sends it. Its id is the writer's, so that sending it twice is sending it once. */
export const MessageInput = z.object({
  id: MessageId,
  parent_id: MessageId.nullable().default(null),
  role: z.enum(["user", "assistant"]),
  content: StorableText.pipe(
    z.string().max(mostCharacters, `must be at most ${mostCharacters.toLocaleString("en-US")} characters`),
  ),
  status: WrittenStatus.default("done"),
  model: ModelId.nullish(),
  trace_id: idOf("trc").nullish(),
  error: MessageError.nullish(),
});
export type MessageInput = z.infer<typeof MessageInput>;

/** `POST /v1/conversations`. */
export const CreateConversationInput = z.object({
  id: ConversationId.optional(),
  face: z.string().max(64).describe("Id or username."),
  title: Title.optional(),
  model: ModelId.nullish().describe("Asked for beside the face's default."),
  messages: z.array(MessageInput).max(mostMessagesAtOnce).default([]),
  leaf_id: MessageId.nullish(),
});
export type CreateConversationInput = z.infer<typeof CreateConversationInput>;

/** `POST /v1/conversations/{id}/messages`: each after the one that it follows. */
export const AppendMessagesInput = z.object({
  messages: z.array(MessageInput).min(1).max(mostMessagesAtOnce),
  leaf_id: MessageId.nullish().describe(
    "The branch that is shown from now on; left out, the last of these messages ends it.",
  ),
});
export type AppendMessagesInput = z.infer<typeof AppendMessagesInput>;

/** `PATCH /v1/conversations/{id}`: what is left out stays. */
export const UpdateConversationInput = z.object({
  title: Title.optional(),
  model: ModelId.nullish(),
  leaf_id: MessageId.optional(),
});
export type UpdateConversationInput = z.infer<typeof UpdateConversationInput>;

/** `GET /v1/conversations`. */
export const ConversationsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,15}_cnv_[0-9a-z]{26}$/, "is no cursor of this list: send next_cursor as it came")
    .optional(),
  face: z.string().max(64).optional().describe("Id or username."),
  q: z.string().trim().max(200).optional().describe("Words of a title or a message."),
});
export type ConversationsQuery = z.infer<typeof ConversationsQuery>;

export const ExportQuery = z.object({ format: z.enum(["json", "markdown"]).default("json") });

const FaceOfConversation = z.object({ id: z.string(), username: z.string(), name: z.string().nullable() });

/** A conversation in a list. */
export const ConversationView = z.object({
  id: z.string(),
  face: FaceOfConversation,
  title: z.string(),
  is_named: z.boolean().describe("Its owner gave the title."),
  model: z.string().nullable(),
  leaf_id: z.string().nullable(),
  message_count: z.number(),
  snippet: z.string().nullable().describe("Of a search: where the words stand."),
  created_at: z.string(),
  updated_at: z.string(),
});
export type ConversationView = z.infer<typeof ConversationView>;

export const MessageView = z.object({
  id: z.string(),
  parent_id: z.string().nullable(),
  role: z.enum(["user", "assistant"]),
  content: z.string(),
  status: z.enum(["done", "stopped", "failed", "removed"]),
  model: z.string().nullable(),
  trace_id: z.string().nullable(),
  error: z.object({ message: z.string(), code: z.string().nullish(), request_id: z.string().nullish() }).nullable(),
  cost_usd: z.number().nullable().describe("What it cost; null while that is not known, or never was."),
  created_at: z.string(),
});
export type MessageView = z.infer<typeof MessageView>;

/** A conversation with all its branches: a message follows its parent. */
export const ConversationDetail = ConversationView.extend({ messages: z.array(MessageView) });
export type ConversationDetail = z.infer<typeof ConversationDetail>;

/** A page reads the tree of a conversation as the export does. */
export { branchOf, leafUnder, siblingsOf } from "./branch";
