import { createHash } from "node:crypto";

import { anthropicCountTokens, anthropicMessages } from "./anthropic-messages";
import { asRecord, asString, type JsonRecord } from "./json-value";
import { listModels } from "./list-models";
import { openaiChat } from "./openai-chat";
import { openaiEmbeddings } from "./openai-embeddings";
import { openaiImageEdit } from "./openai-images";
import { openaiResponses } from "./openai-responses";
import { openaiTranscription } from "./openai-transcriptions";
import type { RecordedRequest } from "./recorded-request";
import { ProviderError, type Reply, type UsageMode, type Wire } from "./reply";

type Handler = (body: JsonRecord, fingerprint: string, usage: UsageMode) => Reply;

/** Routes by the end of the path, so that any prefix (`/inference/v1`, `/anthropic/v1`) works as a base URL. */
const POST_HANDLERS: Record<string, Handler> = {
  "/v1/chat/completions": openaiChat,
  "/v1/responses": openaiResponses,
  "/v1/embeddings": openaiEmbeddings,
  "/v1/audio/transcriptions": openaiTranscription,
  "/v1/images/edits": openaiImageEdit,
  "/v1/messages": anthropicMessages,
  "/v1/messages/count_tokens": anthropicCountTokens,
};

export function wireOf({ path, headers }: Pick<RecordedRequest, "path" | "headers">): Wire {
  return /\/messages(\/|$)/.test(path) || "anthropic-version" in headers ? "anthropic" : "openai";
}

/**
 * The faultless reply to a request.
 *
 * @param apiKey the only key accepted; `null` takes any
 * @throws {ProviderError} the request is refused
 */
export function handleRequest(record: RecordedRequest, usage: UsageMode, apiKey: string | null): Reply {
  const wire = wireOf(record);
  checkCredential(record, wire, apiKey);
  if (record.method === "GET" && record.path.endsWith("/v1/models")) return listModels(wire);

  const [, handler] = Object.entries(POST_HANDLERS).find(([path]) => record.path.endsWith(path)) ?? [];
  if (!handler || record.method !== "POST")
    throw new ProviderError(404, wire === "openai" ? `Invalid URL (${record.method} ${record.path})` : "Not Found");

  const body = asRecord(record.body);
  const model = asString(body["model"]);
  if (model?.startsWith("missing")) throw missingModel(wire, model);
  return handler(body, createHash("sha256").update(record.rawBody).digest("hex"), usage);
}

function checkCredential({ headers }: RecordedRequest, wire: Wire, apiKey: string | null): void {
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
  if (wire === "anthropic") {
    // The header is the documented way; Anthropic's own SDK (seen in 1.12.0) sends its API key as a bearer token.
    const key = headers["x-api-key"] ?? bearer;
    if (key === undefined || key === "") throw new ProviderError(401, "x-api-key header is required");
    if (apiKey !== null && key !== apiKey) throw new ProviderError(401, "invalid x-api-key");
    if (headers["anthropic-version"] === undefined)
      throw new ProviderError(401, "anthropic-version: header is required");
    return;
  }

  if (bearer === undefined) {
    throw new ProviderError(
      401,
      "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth.",
    );
  }
  if (apiKey !== null && bearer !== apiKey)
    throw new ProviderError(401, `Incorrect API key provided: ${bearer}.`, { code: "invalid_api_key" });
}

function missingModel(wire: Wire, model: string): ProviderError {
  if (wire === "anthropic") return new ProviderError(404, `model: ${model}`);
  return new ProviderError(404, `The model \`${model}\` does not exist or you do not have access to it.`, {
    code: "model_not_found",
    param: "model",
  });
}
