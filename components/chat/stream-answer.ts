import { chatText } from "@/components/strings/chat";
import { ApiError, request } from "@/lib/http/fetch-json";
import { readEvents } from "@/lib/http/read-events";
import { parseJson } from "@/lib/json";
import { ChatChunk } from "./wire";

export type AnswerPart =
  { type: "start"; model: string | null; traceId: string | null } | { type: "text"; text: string };

export type StreamInput = { model: string; messages: { role: string; content: string }[]; signal: AbortSignal };

/**
 * One answer of a face, as it is written, over the same route that any OpenAI client uses.
 *
 * @throws {ApiError} it was refused, or broke off: then with the reason the stream gave
 */
export async function* streamAnswer({ model, messages, signal }: StreamInput): AsyncGenerator<AnswerPart> {
  const response = await request("/v1/chat/completions", {
    method: "POST",
    body: { model, messages, stream: true },
    signal,
    headers: { accept: "text/event-stream" },
  });
  const requestId = response.headers.get("x-request-id");
  yield {
    type: "start",
    model: decode(response.headers.get("x-faces-model")),
    traceId: response.headers.get("x-faces-trace-id"),
  };

  for await (const { data } of readEvents(response)) {
    if (data === "[DONE]") return;
    const chunk = ChatChunk.safeParse(parseJson(data));
    if (!chunk.success) continue;
    const reason = chunk.data.error?.message ?? chunk.data.detail;
    if (reason) throw new ApiError(reason, { status: 502, code: "upstream_failed", requestId, param: null });
    const text = chunk.data.choices?.[0]?.delta?.content;
    if (text) yield { type: "text", text };
  }
  throw new ApiError(chatText.brokeOff, { status: 0, code: "no_answer", requestId, param: null });
}

/** Model ids may hold letters that a header may not; the server escapes them. */
function decode(header: string | null): string | null {
  try {
    return header === null ? null : decodeURI(header);
  } catch {
    return header;
  }
}
