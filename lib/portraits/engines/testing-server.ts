import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isJsonObject, type JsonObject, parseJson } from "@/lib/json";
import type { Network } from "@/lib/net/guarded-fetch";

/** A request that a fake got. */
export type Asked = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** of a JSON body; empty for any other */
  json: JsonObject;
  /** of a form; null for any other body */
  form: FormData | null;
  /** by `performance.now()`, when the client went away before it had its answer */
  abortedAtMs: number | null;
  /** once the answer is through, or the client away */
  done: Promise<void>;
};

/** `hang` never answers, `break` cuts the connection; `endless` bytes never end. */
export type Reply =
  | "hang"
  | "break"
  | "endless"
  | {
      status?: number;
      json?: unknown;
      text?: string;
      bytes?: Uint8Array;
      type?: string;
      headers?: Record<string, string>;
    };

export type FakeServer = {
  url: string;
  requests: Asked[];
  /** of these requests, by method and path */
  asked(method: string, path: RegExp): Asked[];
  /** Answers the next such requests so; `after` lets the fake do its work first. */
  fault(method: string, path: RegExp, reply: Reply, options?: { times?: number; after?: boolean }): void;
  /** The first request of that kind, past or to come. */
  waitFor(method: string, path: RegExp): Promise<Asked>;
  stop(): Promise<void>;
};

type Fault = { method: string; path: RegExp; reply: Reply; left: number; after: boolean };

/** A local HTTP server for one wire. @param answer what it does when nothing is broken */
export async function startServer(answer: (asked: Asked) => Reply | Promise<Reply>): Promise<FakeServer> {
  const requests: Asked[] = [];
  const faults: Fault[] = [];
  let waiting: { matches: (asked: Asked) => boolean; resolve: (asked: Asked) => void }[] = [];
  const isOf = (method: string, path: RegExp) => (asked: Asked) => asked.method === method && path.test(asked.path);

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.writeHead(500, { "content-type": "text/plain" }).end(`The fake broke: ${String(error)}`);
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await read(request, response);
    requests.push(asked);
    for (const one of waiting.filter(({ matches }) => matches(asked))) one.resolve(asked);
    waiting = waiting.filter(({ matches }) => !matches(asked));
    const fault = faults.find(({ left, method, path }) => left > 0 && isOf(method, path)(asked));
    if (fault !== undefined) fault.left--;
    const usual = fault === undefined || fault.after ? await answer(asked) : "hang";
    send(response, fault?.reply ?? usual);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    asked: (method, path) => requests.filter(isOf(method, path)),
    fault: (method, path, reply, { times = 1, after = false } = {}) =>
      void faults.push({ method, path, reply, left: times, after }),
    waitFor(method, path) {
      const matches = isOf(method, path);
      const past = requests.find(matches);
      return past === undefined ? new Promise((resolve) => waiting.push({ matches, resolve })) : Promise.resolve(past);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage, response: ServerResponse): Promise<Asked> {
  const url = new URL(request.url ?? "/", "http://fake");
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const type = request.headers["content-type"] ?? "";
  const body = Buffer.concat(parts);
  const json = type.includes("json") ? parseJson(body.toString("utf8")) : null;
  const asked: Asked = {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    json: isJsonObject(json) ? json : {},
    form: type.includes("form") ? await new Response(body, { headers: { "content-type": type } }).formData() : null,
    abortedAtMs: null,
    done: Promise.resolve(),
  };
  asked.done = new Promise((resolve) => {
    response.once("close", () => {
      if (!response.writableFinished) asked.abortedAtMs = performance.now();
      resolve();
    });
  });
  return asked;
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply === "hang") return;
  if (reply === "break") return void response.destroy();
  if (reply === "endless") {
    response.writeHead(200, { "content-type": "image/png" });
    const piece = Buffer.alloc(1024 * 1024, 1);
    const more = () => {
      while (!response.destroyed && response.write(piece));
      response.once("drain", more);
    };
    return more();
  }
  const { status = 200, json, text, bytes, type, headers } = reply;
  const body = bytes ?? (json === undefined ? (text ?? "") : JSON.stringify(json));
  response.writeHead(status, {
    "content-type": type ?? (json === undefined ? "text/html" : "application/json"),
    ...headers,
  });
  response.end(body);
}

/** A net in which `http://<name>.faces-check.org:PORT` is this machine, and nothing else is reachable. */
export function networkOf(...servers: FakeServer[]): Network {
  const ports = servers.map(({ url }) => Number(new URL(url).port));
  return {
    lookup: async () => [{ address: "127.0.0.1", family: 4 }],
    isAllowed: (address, port) => address === "127.0.0.1" && ports.includes(port),
  };
}

/** The address of a fake as if it stood on the public internet. */
export function publicUrlOf(server: FakeServer, path: string): string {
  return `http://cdn.faces-check.org:${new URL(server.url).port}${path}`;
}
