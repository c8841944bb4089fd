import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModel } from "ai";
import { type Env, env } from "@/lib/env";
import { defaultModel, resolveModel, type ServedModel } from "./catalogue";
import { ggufBaseUrl, ggufFetch } from "./gguf-fetch";

/** A served model as the AI SDK calls it, with what is needed to price it. */
export type CompileModel = { model: LanguageModel; id: string; served: ServedModel };

/**
 * The language model that compiles sources: COMPILE_MODEL, else the default model of chat, unless that is a model in
 * this process, which compiles only where COMPILE_MODEL names it: small as it mostly is, it would take hours for what
 * the built-in engine does better.
 *
 * @returns null when the built-in engine compiles
 * @throws {AppError} `model_not_found` COMPILE_MODEL or DEFAULT_MODEL names a model that is not served
 */
export function compileModel(settings: Env = env()): CompileModel | null {
  const { COMPILE_MODEL: name } = settings;
  const served = name === undefined ? defaultModel(settings) : resolveModel(name, settings);
  if (name === undefined && served.provider === "gguf") return null;
  const model = toLanguageModel(served);
  return model === null ? null : { model, id: served.id, served };
}

/** The AI SDK's model for a served one; null for the built-in engine, which is no language model. */
export function toLanguageModel(served: ServedModel): LanguageModel | null {
  const { baseUrl: baseURL, apiKey, label } = served.endpoint;
  switch (served.provider) {
    case "builtin":
      return null;
    case "gguf": {
      const settings = { name: label, baseURL: ggufBaseUrl, supportsStructuredOutputs: true };
      return createOpenAICompatible({ ...settings, fetch: ggufFetch(served) }).chatModel(served.upstreamId);
    }
    case "anthropic":
      return createAnthropic({ baseURL, apiKey: apiKey ?? "" })(served.upstreamId);
    case "openai":
      // chat completions rather than responses: that is the wire every compatible address speaks
      return createOpenAI({ baseURL, apiKey: apiKey ?? "" }).chat(served.upstreamId);
    case "fireworks":
    case "server": {
      const key = apiKey === null ? {} : { apiKey };
      const provider = createOpenAICompatible({ name: label, baseURL, supportsStructuredOutputs: true, ...key });
      return provider.chatModel(served.upstreamId);
    }
  }
}
