import { visitorText } from "@/components/strings/embed";
import type { VisitorEvent } from "@/lib/embed/schemas";
import { readEvents } from "@/lib/http/read-events";
import { parseJson } from "@/lib/json";

/** What a visitor is told when there is no answer; `code` as the API names it. */
export class VisitorProblem extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "VisitorProblem";
  }
}

export type Said = { role: "user" | "assistant"; content: string };

type Ask = { token: string; visitor: string; messages: readonly Said[]; signal: AbortSignal };

/**
 * One answer as it is written. Without the schemas of the dashboard: this page is loaded by other people's visitors.
 *
 * @throws {VisitorProblem}
 */
export async function* visitorAnswer({ token, visitor, messages, signal }: Ask): AsyncGenerator<string> {
  const response = await post(token, { visitor, messages }, signal);
  if (!response.ok) throw await problemOf(response);
  for await (const { data } of readEvents(response)) {
    const event = parseJson(data) as VisitorEvent | undefined;
    if (event === undefined) continue;
    if ("end" in event) return;
    if ("error" in event) throw new VisitorProblem(event.error.code, event.error.message);
    if (typeof event.text === "string") yield event.text;
  }
  throw new VisitorProblem("broke_off", visitorText.brokeOff);
}

async function post(token: string, body: object, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(`/v1/embeds/${encodeURIComponent(token)}/chat`, {
      method: "POST",
      credentials: "omit",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new VisitorProblem("no_answer", visitorText.noAnswer);
  }
}

async function problemOf(response: Response): Promise<VisitorProblem> {
  const body = parseJson(await response.text().catch(() => "")) as
    { detail?: unknown; error?: { code?: unknown } } | undefined;
  const message = typeof body?.detail === "string" ? body.detail : visitorText.noAnswer;
  return new VisitorProblem(String(body?.error?.code ?? "unknown"), message);
}
