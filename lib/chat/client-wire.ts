import { z } from "zod";
import { parseJson } from "@/lib/json";
import type { ServedModel } from "@/lib/models/catalogue";
import type { Wire } from "@/lib/models/hosted-models";
import type { Engine, Piece, PlainAnswer } from "./engine";
import type { PreparedChat } from "./prepare-chat";
import type { ChatRequest } from "./schemas";
import { eventsIn, toSse } from "./sse-events";

/** What is known of a streamed answer before its first piece. */
export type StreamHead = {
  /** id of the model that answers, as clients write it */
  model: string;
  /** id of the answer, `chatcmpl-…` */
  answerId: string;
  /** tokens of the whole input, estimated: the exact count comes with the usage of a piece */
  inputTokens: number;
};

/**
 * The shape in which a client wants its answer. Engines speak chat completions; a wire retells what they say.
 *
 * `text`, `usage` and `isEnd` of the pieces that come out mean what they meant in those that went in: the meter reads
 * them. A wire whose answers depend on the request is made for each request.
 */
export type ClientWire = {
  /** Told who answers, and from what, before anybody is asked. */
  begin?(prepared: PreparedChat): void;
  /** The request as one model takes it, where that is not the same for all. @throws {InvalidInputError} it cannot */
  adapt?(request: ChatRequest, model: ServedModel): ChatRequest;
  /** A whole chat.completion as the client's body. @throws {AppError} `upstream_failed` it cannot be retold */
  plain(answer: PlainAnswer): PlainAnswer | Promise<PlainAnswer>;
  /** The pieces of a chat stream as pieces in the client's shape; bytes of theirs are whole events. */
  stream(pieces: AsyncIterable<Piece>, head: StreamHead): AsyncIterable<Piece>;
  /** The end of a stream that failed. @param error what `ChatParts.toErrorBody` makes of the failure */
  errorEvent(error: unknown): Uint8Array;
};

/** OpenAI's chat completions: what engines speak already. */
export const chatWire: ClientWire = {
  plain: (answer) => answer,
  stream: (pieces) => pieces,
  errorEvent: (error) => toSse(error),
};

/** A client's own request for models of its own wire: it is sent as it is, and the answer passes as it comes. */
export type NativeRequest = {
  wire: Wire;
  /** the request as it came, by which its price is estimated */
  body: unknown;
  /** sends it; its answers are in the client's shape already */
  engine: Engine;
};

/** A text, or its parts as some servers send them; what is neither does not spoil the rest. */
const Text = z
  .union([
    z.string(),
    z
      .array(z.looseObject({ text: z.string().nullish() }))
      .transform((parts) => parts.map(({ text }) => text ?? "").join("")),
  ])
  .nullish()
  .catch(null);

/** A call's arguments: JSON as a text, or as itself from servers that were not told so. */
const Arguments = z.union([z.string(), z.looseObject({}).transform((value) => JSON.stringify(value))]);

const ToolCall = z.looseObject({
  index: z.int().min(0).nullish(),
  id: z.string().nullish(),
  function: z.looseObject({ name: z.string().nullish(), arguments: Arguments.nullish() }).nullish(),
});
export type ToolCall = z.infer<typeof ToolCall>;

const Said = z.looseObject({
  content: Text,
  refusal: Text,
  // two names that servers of open models give to the same thing
  reasoning_content: Text,
  reasoning: Text,
  tool_calls: z.array(ToolCall).nullish(),
});
export type Said = z.infer<typeof Said>;

const Answer = z.looseObject({ id: z.string().nullish(), model: z.string().nullish() });

/** A whole answer of an engine. */
export const ChatCompletion = Answer.extend({
  choices: z.array(z.looseObject({ message: Said, finish_reason: z.string().nullish() })),
});
export type ChatCompletion = z.infer<typeof ChatCompletion>;

/** One chunk of a streamed answer. */
export const ChatChunk = Answer.extend({
  choices: z.array(z.looseObject({ delta: Said.nullish(), finish_reason: z.string().nullish() })),
});
export type ChatChunk = z.infer<typeof ChatChunk>;

/** The chunks in the bytes of a piece; comments, the end mark and what is no chunk are passed over. */
export function readChunks(bytes: Uint8Array | null): ChatChunk[] {
  if (bytes === null) return [];
  return eventsIn(bytes).flatMap(({ data }) => {
    const chunk = data === null ? null : ChatChunk.safeParse(parseJson(data));
    return chunk?.success ? [chunk.data] : [];
  });
}

/** The completion in the body of a whole answer; null when it is none. */
export function readCompletion(bytes: Uint8Array): ChatCompletion | null {
  return ChatCompletion.safeParse(parseJson(new TextDecoder().decode(bytes))).data ?? null;
}

/** A piece with other bytes that means the same; its text is still read only when it is wanted. */
export function withBytes(piece: Piece, bytes: Uint8Array | null): Piece {
  const { usage, isEnd } = piece;
  return {
    bytes,
    get text() {
      return piece.text;
    },
    ...(usage === undefined ? {} : { usage }),
    ...(isEnd === undefined ? {} : { isEnd }),
  };
}

/** What was thought before an answer, under either of its names. */
export function reasoningText({ reasoning_content, reasoning }: Said): string {
  return reasoning_content ?? reasoning ?? "";
}
