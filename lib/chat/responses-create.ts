import type { Ctx } from "@/lib/auth/context";
import { type ChatParts, completeChat } from "./complete-chat";
import { keeperOf } from "./responses-keeper";
import { readKept } from "./responses-kept";
import { toChatRequest } from "./responses-request";
import type { ResponsesRequest } from "./responses-schemas";
import { responsesWire } from "./responses-wire";

/**
 * Answers a request for a response, by a face or a bare model of any provider, and keeps the answer unless `store` is
 * false.
 *
 * @throws what `readKept`, `toChatRequest` and `completeChat` throw
 */
export async function createResponse(ctx: Ctx, body: ResponsesRequest, parts: ChatParts): Promise<Response> {
  const kept = await readKept(ctx, body);
  return completeChat(ctx, toChatRequest(body, kept), parts, responsesWire(body, keeperOf(ctx, body, kept.sources)));
}
