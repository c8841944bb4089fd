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
  let isOpen = true;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      keepAlive = setInterval(() => controller.enqueue(encoder.encode(": still here\n\n")), keepAliveMs);
    },
    async pull(controller) {
      const last = await nextFrame(events, requestId);
      // whoever reads may have left while the next event was awaited
      if (!isOpen) return;
      if (last.text !== "") controller.enqueue(encoder.encode(last.text));
      if (!last.isEnd) return;
      isOpen = false;
      clearInterval(keepAlive);
      controller.close();
    },
    async cancel() {
      isOpen = false;
      clearInterval(keepAlive);
      await events.return(undefined);
    },
  });
  return new Response(stream, {
    headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache, no-transform" },
  });
}

async function nextFrame(
  events: AsyncGenerator<ServerEvent>,
  requestId: string,
): Promise<{ text: string; isEnd: boolean }> {
  try {
    const next = await events.next();
    return next.done ? { text: "", isEnd: true } : { text: frame(next.value), isEnd: false };
  } catch (error) {
    const { body } = toErrorBody(toAppError(error, requestId), requestId);
    return { text: frame({ event: "error", data: body }), isEnd: true };
  }
}

function frame({ event, data }: ServerEvent): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
