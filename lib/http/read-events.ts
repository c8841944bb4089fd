import { createParser } from "eventsource-parser";

export type ServerEvent = { event: string; data: string };

/**
 * The events of a server-sent stream, as they come. Not `EventSource`: that cannot POST, cannot
 * tell the contract's `error` event from a lost connection, and hides the status of a refusal.
 *
 * Leaving the loop early cancels the request.
 */
export async function* readEvents(response: Response): AsyncGenerator<ServerEvent> {
  if (!response.body) return;
  const queue: ServerEvent[] = [];
  const parser = createParser({ onEvent: ({ event, data }) => queue.push({ event: event ?? "message", data }) });
  const reader = response.body.getReader();
  const decoder = new TextDecoder();

  try {
    for (;;) {
      const { done, value } = await reader.read();
      parser.feed(done ? "\n\n" : decoder.decode(value, { stream: true }));
      yield* queue.splice(0);
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
