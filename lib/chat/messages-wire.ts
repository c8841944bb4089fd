import { AppError, type InvalidInputError } from "@/lib/errors";
import { type ClientWire, readCompletion } from "./client-wire";
import { estimateTokens } from "./estimate-tokens";
import { type AskedOfMessages, toMessage } from "./messages-answer";
import { forModel } from "./messages-request";
import type { MessagesRequest } from "./messages-schemas";
import { messagesPieces } from "./messages-stream";
import { toSse } from "./sse-events";

/**
 * Anthropic's Messages as a client's wire.
 *
 * @param refusal what in the request only Anthropic's models take, told when another is to answer
 */
export function messagesWire(body: MessagesRequest, refusal: InvalidInputError | null): ClientWire {
  const asked: AskedOfMessages = {
    asksForThinking: body.thinking !== undefined && body.thinking !== null && body.thinking.type !== "disabled",
    stopSequences: body.stop_sequences ?? [],
  };
  return {
    adapt(request, model) {
      if (refusal !== null) throw refusal;
      return forModel(request, model, body);
    },
    plain(answer) {
      const completion = readCompletion(answer.body);
      if (completion === null) throw new AppError("upstream_failed", "The model sent no chat completion.");
      const usage = answer.usage ?? { input: estimateTokens(body.messages), output: estimateTokens(answer.text) };
      return { ...answer, body: new TextEncoder().encode(JSON.stringify(toMessage(completion, usage, asked))) };
    },
    stream: (pieces, head) => messagesPieces(pieces, head, asked),
    errorEvent: (error) => toSse(error, "error"),
  };
}
