import { once } from "node:events";
import { Agent, createServer, request, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { rememberRows } from "@/lib/auth/memory";
import { frontServer } from "@/lib/http/front-server";
import { hotRoutes } from "@/lib/launch/web-routes";

/*
 * One server of `npm run bench:chat` in a process of its own: `upstream`, `bare`, `faces` or `next`. It tells its port,
 * and on request the CPU time that its process has taken, threads included, in microseconds.
 */

/** Chunks of one streamed answer. */
const chunks = 50;

/** An event as OpenAI sends it, 50 of them an answer, each written on its own. */
function upstream(): Server {
  const base = { id: "chatcmpl-bench", object: "chat.completion.chunk", created: 1_760_000_000, model: "gpt-4o-mini" };
  const event = (fields: object) =>
    `data: ${JSON.stringify({ ...base, system_fingerprint: "fp_bench", ...fields })}\n\n`;
  const chunk = event({
    choices: [{ index: 0, delta: { content: " patience" }, logprobs: null, finish_reason: null }],
  });
  const last = event({ choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: "stop" }] });
  const usage = event({ choices: [], usage: { prompt_tokens: 100, completion_tokens: chunks, total_tokens: 150 } });
  return createServer((incoming, outgoing) => {
    incoming.resume().once("end", () => {
      outgoing.writeHead(200, { "content-type": "text/event-stream" });
      let sent = 0;
      const next = (): void => {
        if (outgoing.destroyed) return;
        if (sent++ === chunks) return void outgoing.end(`${last}${usage}data: [DONE]\n\n`);
        outgoing.write(chunk);
        setImmediate(next);
      };
      next();
    });
  });
}

/** The least that a proxy of `node:http` can be: no key, no look at the body, nothing counted. */
function bare(target: string): Server {
  const agent = new Agent({ keepAlive: true });
  return createServer((incoming, outgoing) => {
    const { method = "GET", headers } = incoming;
    const sent = request(new URL(incoming.url ?? "/", target), { method, headers, agent }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    outgoing.once("close", () => sent.destroy());
    incoming.pipe(sent);
  });
}

async function faces(): Promise<Server> {
  rememberRows();
  return frontServer(hotRoutes, (_incoming, outgoing) => void outgoing.writeHead(404).end()).server;
}

async function emptyNextRoute(dir: string): Promise<Server> {
  const { default: next } = await import("next");
  const app = next({ dev: false, dir });
  await app.prepare();
  return createServer(app.getRequestHandler() as RequestListener);
}

async function main([kind = "", argument = ""]: string[]): Promise<void> {
  const make = { upstream, bare: () => bare(argument), faces, next: () => emptyNextRoute(argument) }[kind];
  if (make === undefined) throw new Error(`There is no server called ${kind}.`);
  const server = await make();
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: user + system });
  });
  process.on("disconnect", () => process.exit(0));
  process.send?.({ port: (server.address() as AddressInfo).port });
}

void main(process.argv.slice(2));
