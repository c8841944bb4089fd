import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { Endpoint } from "@/lib/models/catalogue";

/** How providers tell errors: OpenAI's and Anthropic's `error.message`, others a string or a bare `message`. */
const Told = z.union([
  z.looseObject({ error: z.looseObject({ message: z.string(), param: z.string().nullish() }) }),
  z.looseObject({ error: z.string() }).transform(({ error }) => ({ error: { message: error, param: null } })),
  z.looseObject({ message: z.string() }).transform(({ message }) => ({ error: { message, param: null } })),
]);

const maxMessageLength = 600;
/** Of a page that is no JSON no more is looked at: its end tells nothing, and it may be megabytes. */
const maxPageLength = 10_000;

/** What a provider says is wrong with the request itself, rather than with its own state or our key. */
const requestStatuses = new Set([400, 413, 422]);

/**
 * A provider's error as ours, with its own words.
 *
 * A request that it refuses is the client's to mend (422); all else is a failure of the model (502), and a
 * `Retry-After` goes along.
 */
export function upstreamError(
  { label }: Endpoint,
  status: number,
  headers: Record<string, string | string[] | undefined>,
  body: string,
): AppError {
  const { message, param } = readError(body);
  const retryAfter = Number(headers["retry-after"]);
  const code = requestStatuses.has(status) ? "invalid_input" : "upstream_failed";
  return new AppError(code, `${label} answered ${status}: ${message}`, {
    ...(param === null || code !== "invalid_input" ? {} : { param }),
    ...(Number.isFinite(retryAfter) ? { retryAfterSeconds: retryAfter } : {}),
  });
}

/** An error that came with a status of success. */
export function saidError({ label }: Endpoint, data: string): AppError {
  return new AppError("upstream_failed", `${label} answered with an error: ${readError(data).message}`);
}

/** An error that came inside a stream which had begun well. */
export function streamedError({ label }: Endpoint, data: string): AppError {
  return new AppError("upstream_failed", `${label} failed in the middle of the answer: ${readError(data).message}`);
}

function readError(body: string): { message: string; param: string | null } {
  let json: unknown = null;
  try {
    json = JSON.parse(body);
  } catch {
    return { message: sentence(withoutMarkup(body.slice(0, maxPageLength))), param: null };
  }
  const told = Told.safeParse(Array.isArray(json) ? (json as unknown[])[0] : json);
  if (!told.success) return { message: sentence(body), param: null };
  return { message: sentence(told.data.error.message), param: told.data.error.param ?? null };
}

/** A gateway's error page as the words on it. */
function withoutMarkup(text: string): string {
  return text.replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/gi, " ");
}

function sentence(text: string): string {
  const line = text.replace(/\s+/g, " ").trim().slice(0, maxMessageLength);
  return line === "" ? "nothing more." : line;
}
