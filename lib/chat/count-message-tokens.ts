import { z } from "zod";
import type { Ctx } from "@/lib/auth/context";
import { runTask } from "@/lib/compute/pool";
import { AppError } from "@/lib/errors";
import { parseJson } from "@/lib/json";
import type { Endpoint } from "@/lib/models/catalogue";
import type { retrieve } from "@/lib/retrieve/retrieve";
import { expansions, nativeHeaders, toNativeBody } from "./messages-native";
import { countedText, toChatRequest } from "./messages-request";
import type { CountTokensRequest } from "./messages-schemas";
import { prepareChat } from "./prepare-chat";
import { askUpstream, readUpstream } from "./upstream";
import { openCall } from "./upstream-call";

const Counted = z.looseObject({ input_tokens: z.int().min(0) });

/**
 * How many tokens a request's input has, the face's part included; nothing is charged.
 *
 * Anthropic counts for its own models. For others it is our count, which knows their tokenizer only roughly.
 *
 * @throws what `prepareChat` throws; `upstream_failed`
 */
export async function countMessageTokens(
  ctx: Ctx,
  body: CountTokensRequest,
  find: typeof retrieve,
  headers: Headers,
): Promise<{ input_tokens: number }> {
  const { request } = toChatRequest(body);
  const prepared = await prepareChat(ctx, request, find);
  const { endpoint } = prepared.model;
  if (endpoint.wire !== "anthropic") {
    const [tokens = 0] = await runTask(
      "countTokens",
      { texts: [countedText(prepared.request)] },
      { signal: ctx.signal },
    );
    return { input_tokens: tokens };
  }
  const sent = JSON.stringify(toNativeBody(body, prepared, expansions(request.messages, prepared.said)));
  const counted = Counted.safeParse(parseJson(await asked(ctx, endpoint, sent, headers)));
  if (!counted.success) throw new AppError("upstream_failed", `${endpoint.label} sent no count of tokens.`);
  return { input_tokens: counted.data.input_tokens };
}

async function asked(ctx: Ctx, endpoint: Endpoint, body: string, headers: Headers): Promise<string> {
  const call = openCall(ctx.signal);
  try {
    const response = await askUpstream(endpoint, "/messages/count_tokens", body, call.signal, nativeHeaders(headers));
    return new TextDecoder().decode(await readUpstream(endpoint, response, call.signal));
  } finally {
    call.close();
  }
}
