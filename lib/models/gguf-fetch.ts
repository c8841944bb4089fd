import { AppError } from "@/lib/errors";
import type { ServedModel } from "./collect-models";
import { generate } from "./gguf-generate";
import { type GgufRuntime, openGguf } from "./gguf-runtime";

/** No address: what is fetched from it never leaves the process. */
export const ggufBaseUrl = "http://gguf.invalid/v1";

/**
 * A `fetch` that has a model in this process answer OpenAI's chat completions, whole ones only: what the AI SDK asks of
 * a model that compiles.
 *
 * @param load the runtime; tests bring their own
 */
export function ggufFetch(model: ServedModel, load?: () => Promise<GgufRuntime>): typeof fetch {
  return async (_url, init) => {
    const body = JSON.parse(String(init?.body)) as unknown;
    const signal = init?.signal ?? new AbortController().signal;
    try {
      const opened = await openGguf(model.endpoint.baseUrl, model.contextTokens, load);
      return Response.json(await completionOf(model, generate(opened, body, signal)));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // the SDK tries again after what may pass, as a queue does
      const status = error.code === "rate_limited" ? 429 : error.code === "invalid_input" ? 422 : 500;
      return Response.json({ error: { message: error.message } }, { status });
    }
  };
}

async function completionOf({ id }: ServedModel, events: ReturnType<typeof generate>): Promise<unknown> {
  let content = "";
  for await (const event of events) {
    if (event.kind === "text") content += event.text;
    if (event.kind !== "end") continue;
    const { input, output } = event.usage;
    return {
      id: `gguf-${id}`,
      object: "chat.completion",
      created: Math.floor(Date.now() / 1000),
      model: id,
      choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: event.finishReason }],
      usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
    };
  }
  throw new Error("an answer of a local model had no end");
}
