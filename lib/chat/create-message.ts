import type { Ctx } from "@/lib/auth/context";
import { type ChatParts, completeChat } from "./complete-chat";
import { nativeMessages } from "./messages-native";
import { toChatRequest } from "./messages-request";
import type { MessagesRequest } from "./messages-schemas";
import { messagesWire } from "./messages-wire";

/**
 * Answers a request in Anthropic's shape, by a face or a bare model of any provider.
 *
 * Anthropic's own models get it as it came but for `model` and `system`; for all others it is translated.
 *
 * @throws what `completeChat` throws; `invalid_input` also for what only Anthropic's models take
 */
export function createMessage(ctx: Ctx, body: MessagesRequest, parts: ChatParts, headers: Headers): Promise<Response> {
  const { request, refusal } = toChatRequest(body);
  return completeChat(
    ctx,
    request,
    parts,
    messagesWire(body, refusal),
    nativeMessages(body, headers, request.messages),
  );
}
