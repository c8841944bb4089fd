import { once } from "node:events";
import type { ServerResponse } from "node:http";

/**
 * Sends the body of an answer whose head was written, as fast as the client reads it.
 *
 * What is there at once goes out together with the head in one packet; the head does not wait for a body that begins
 * later. When the client's connection closes, the body is cancelled.
 *
 * @param isHead the client wants no body
 * @throws what the body throws
 */
export async function sendBody(response: Response, outgoing: ServerResponse, isHead: boolean): Promise<void> {
  const { body, status } = response;
  if (body === null || isHead || status === 204 || status === 304) {
    outgoing.end();
    return body?.cancel();
  }
  const reader = body.getReader();
  const cancel = () => void reader.cancel().catch(() => undefined);
  outgoing.once("close", cancel);
  const waiting = setImmediate(() => outgoing.flushHeaders());
  for (;;) {
    const { done, value } = await reader.read();
    clearImmediate(waiting);
    if (done) break;
    if (!outgoing.write(value)) await drained(outgoing);
    if (outgoing.destroyed) return;
  }
  outgoing.removeListener("close", cancel);
  outgoing.end();
}

/** Resolves when the client has read what was sent, or has gone. */
async function drained(outgoing: ServerResponse): Promise<void> {
  if (outgoing.destroyed) return;
  const done = new AbortController();
  const { signal } = done;
  await Promise.race([once(outgoing, "drain", { signal }), once(outgoing, "close", { signal })]).finally(() =>
    done.abort(),
  );
}
