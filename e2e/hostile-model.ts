import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server of models that answers everything with the same text, in pieces that cut tags, links and entities. */
export type HostileModel = { url: string; close(): Promise<void> };

const pieceLength = 5;

export async function startHostileModel(text: string): Promise<HostileModel> {
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    incoming.on("end", () => {
      outgoing.writeHead(200, { "content-type": "text/event-stream" });
      const head = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "hostile" };
      for (const piece of text.match(new RegExp(`[^]{1,${pieceLength}}`, "gu")) ?? []) {
        const choices = [{ index: 0, delta: { role: "assistant", content: piece }, finish_reason: null }];
        outgoing.write(`data: ${JSON.stringify({ ...head, choices })}\n\n`);
      }
      const usage = { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 };
      const choices = [{ index: 0, delta: {}, finish_reason: "stop" }];
      outgoing.write(`data: ${JSON.stringify({ ...head, choices })}\n\n`);
      outgoing.write(`data: ${JSON.stringify({ ...head, choices: [], usage })}\n\n`);
      outgoing.end("data: [DONE]\n\n");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
