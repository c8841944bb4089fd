import type { IncomingMessage, ServerResponse } from "node:http";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { errorResponse } from "./error-response";
import { nodeRequest } from "./node-request";
import { sendAnswer } from "./send-answer";

/** How long the rest of a refused body is read. */
const discardMs = 10_000;

/** A route module's handler, as Next calls it. */
export type RouteHandler = (
  request: Request,
  next: { params: Promise<Record<string, string | string[]>> },
) => Promise<Response>;

export type AnswerOptions = {
  /** the values of the path's variables, decoded */
  params?: Record<string, string>;
  /** set on every answer that does not set them itself; names in lower case */
  headers?: Record<string, string>;
};

/**
 * Answers a request of `node:http` by a route module's handler.
 *
 * The handler's `request.signal` is aborted as soon as the client's connection closes before all was sent, also before
 * the first byte; the body of the answer is cancelled then too. A client who reads slowly slows the body down.
 *
 * Never rejects: whatever goes wrong is answered, or logged when it is too late to answer.
 */
export async function answerNode(
  handler: RouteHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { params = {}, headers = {} }: AnswerOptions = {},
): Promise<void> {
  const leaving = new AbortController();
  // the connection itself, not the request: that one is over as soon as its body was read
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) leaving.abort();
  });
  try {
    const response = await respond(handler, nodeRequest(incoming, leaving.signal), params);
    if (leaving.signal.aborted) return await response.body?.cancel();
    discardRest(incoming, outgoing);
    await sendAnswer(response, headersOf(response, headers), outgoing, incoming.method === "HEAD");
  } catch (error) {
    if (leaving.signal.aborted) return;
    log.error("an answer broke off", { method: incoming.method, url: incoming.url, error });
    outgoing.destroy();
  }
}

async function respond(handler: RouteHandler, request: Request, params: Record<string, string>): Promise<Response> {
  try {
    return await handler(request, { params: Promise.resolve(params) });
  } catch (error) {
    // route() answers every error itself: this is one of a handler without it
    return errorResponse(error, newId("request"));
  }
}

/** All headers as names and values in turn, the form that Node writes without looking at them again. */
function headersOf(response: Response, added: Record<string, string>): string[] {
  const flat: string[] = [];
  // set-cookie comes once for each of its values
  for (const [name, value] of response.headers) flat.push(name, value);
  for (const name in added) {
    const value = added[name];
    if (value !== undefined && !response.headers.has(name)) flat.push(name, value);
  }
  return flat;
}

/**
 * A body that was refused in its middle still comes. Closing at once would reset the connection before the answer is
 * read, so Node reads it to its end and drops it; but not for ever.
 */
function discardRest(incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (incoming.complete) return;
  const timer = setTimeout(() => incoming.destroy(), discardMs).unref();
  incoming.once("close", () => clearTimeout(timer));
  outgoing.once("finish", () => incoming.resume());
}
