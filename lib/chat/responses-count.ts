import type { Ctx } from "@/lib/auth/context";
import { runTask } from "@/lib/compute/pool";
import type { retrieve } from "@/lib/retrieve/retrieve";
import { countedText } from "./messages-request";
import { prepareChat } from "./prepare-chat";
import { readKept } from "./responses-kept";
import { toChatRequest } from "./responses-request";
import type { ResponsesRequest } from "./responses-schemas";

/**
 * How many tokens the input of a request has, the face's part included; nothing is charged. It is our own count, which
 * knows the tokenizer of most models only roughly.
 *
 * @throws what `readKept`, `toChatRequest` and `prepareChat` throw
 */
export async function countResponseTokens(
  ctx: Ctx,
  body: ResponsesRequest,
  find: typeof retrieve,
): Promise<{ object: "response.input_tokens"; input_tokens: number }> {
  const { request } = await prepareChat(ctx, toChatRequest(body, await readKept(ctx, body)), find);
  const [tokens = 0] = await runTask("countTokens", { texts: [countedText(request)] }, { signal: ctx.signal });
  return { object: "response.input_tokens", input_tokens: tokens };
}
