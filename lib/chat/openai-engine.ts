import { AppError } from "@/lib/errors";
import { isJsonObject, parseJson } from "@/lib/json";
import type { Endpoint } from "@/lib/models/catalogue";
import type { Engine, EngineCall, Piece } from "./engine";
import { readOpenAiUsage, toOpenAiBody } from "./openai";
import { generatedText } from "./openai-generated";
import { tapOpenAi } from "./openai-tap";
import { askUpstream, readUpstream, streamUpstream, type UpstreamResponse } from "./upstream";
import { saidError, streamedError } from "./upstream-error";

const path = "/chat/completions";

/** Models that speak OpenAI's wire: what they send goes to the client byte by byte. */
export const openAiEngine: Engine = {
  async plain(call) {
    const { endpoint } = call.model;
    const body = await readUpstream(endpoint, await ask(call), call.signal);
    const answer = parseJson(new TextDecoder().decode(body));
    if (isJsonObject(answer) && Boolean(answer["error"])) throw saidError(endpoint, JSON.stringify(answer));
    if (!isJsonObject(answer) || !Array.isArray(answer["choices"])) throw notAnAnswer(endpoint);
    return { body, text: generatedText(answer), usage: readOpenAiUsage(answer["usage"]) };
  },

  async stream(call) {
    const { endpoint } = call.model;
    const response = await ask(call);
    requireEventStream(endpoint, response);
    const asksForUsage = call.request.stream_options?.include_usage === true;
    return openAiPieces(endpoint, streamUpstream(endpoint, response, call.signal), asksForUsage);
  },
};

function ask({ model, request, signal }: EngineCall): Promise<UpstreamResponse> {
  return askUpstream(model.endpoint, path, JSON.stringify(toOpenAiBody(request, model)), signal);
}

/**
 * A stream of chunks as it comes, with what is read along the way.
 *
 * @throws {AppError} `upstream_failed` an error event, or an end before the answer was finished
 */
export function openAiPieces(
  endpoint: Endpoint,
  source: AsyncIterable<Uint8Array>,
  asksForUsage: boolean,
): AsyncGenerator<Piece> {
  return tapOpenAi(source, {
    asksForUsage,
    check({ event, data }, json) {
      if (json === undefined)
        throw new AppError("upstream_failed", `${endpoint.label} sent an event that is not JSON.`);
      if (event === "error" || (isJsonObject(json) && Boolean(json["error"])))
        throw streamedError(endpoint, data ?? "");
    },
    unmarkedEnd(isFinished) {
      if (isFinished) return;
      throw new AppError("upstream_failed", `${endpoint.label} ended the stream in the middle of the answer.`);
    },
  });
}

/** @throws {AppError} `upstream_failed` a page or a plain answer came where a stream was asked for */
export function requireEventStream(endpoint: Endpoint, { headers, body }: UpstreamResponse): void {
  const type = String(headers["content-type"] ?? "");
  if (type === "" || type.includes("text/event-stream")) return;
  body.close();
  throw new AppError("upstream_failed", `${endpoint.label} did not stream: it sent ${type}.`);
}

function notAnAnswer({ label }: Endpoint): AppError {
  return new AppError("upstream_failed", `${label} sent something that is not a chat completion.`);
}
