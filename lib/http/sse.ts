import { toAppError, toErrorBody } from "./error-response";

/** One server-sent event: a name and what is sent as JSON. */
export type ServerEvent = { event: string; data: unknown };

const keepAliveMs = 15_000;

/**
 * Streams events until the generator ends. An error becomes a last event named `error`.
 *
 * A comment every 15 s keeps proxies from closing a quiet stream.
 */
export function sseResponse(requestId: string, events: AsyncGenerator<ServerEvent>): Response {
  const encoder = new TextEncoder();
  let keepAlive: NodeJS.Timeout | undefined;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      keepAlive = setInterval(() => controller.enqueue(encoder.encode(": still here\n\n")), keepAliveMs);
    },
    async pull(controller) {
      try {
        const next = await events.next();
        if (!next.done) return controller.enqueue(encoder.encode(frame(next.value)));
      } catch (error) {
        const { body } = toErrorBody(toAppError(error, requestId), requestId);
        controller.enqueue(encoder.encode(frame({ event: "error", data: body })));
      }
      clearInterval(keepAlive);
      controller.close();
    },
    async cancel() {
      clearInterval(keepAlive);
      await events.return(undefined);
    },
  });
  return new Response(stream, {
    headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache, no-transform" },
  });
}

function frame({ event, data }: ServerEvent): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
