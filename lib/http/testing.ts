import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Ctx } from "@/lib/auth/context";
import { createKey } from "@/lib/keys/create-key";
import { CreateKeyInput } from "@/lib/keys/schemas";
import { answerNode, type RouteHandler as Handler } from "./node-adapter";
import { createHttpServer } from "./node-server";
import { replyFault } from "./reply-testing";
import { routeTable } from "./route-table";

type Call = {
  method?: string;
  params?: Record<string, string>;
  query?: string;
  json?: unknown;
  body?: BodyInit;
  headers?: HeadersInit;
};

/**
 * Makes a caller with a new API key of the account: calls route handlers as HTTP would, without a server. An answer that
 * is not as its route describes it fails the test.
 */
export async function testCaller(ctx: Ctx, limits: Partial<CreateKeyInput> = {}) {
  const { key } = await createKey(ctx, CreateKeyInput.parse({ name: "test", ...limits }));
  return {
    key,
    async call(handler: Handler, { method = "GET", params = {}, query = "", json, body, headers }: Call = {}) {
      const all = new Headers(headers);
      all.set("authorization", `Bearer ${key}`);
      if (json !== undefined) all.set("content-type", "application/json");
      const init = {
        method,
        headers: all,
        body: json === undefined ? (body ?? null) : JSON.stringify(json),
        duplex: "half",
      };
      const response = await handler(new Request(`http://faces.test/v1/x${query}`, init), {
        params: Promise.resolve(params),
      });
      const fault = await replyFault(handler, response);
      if (fault !== null) throw new Error(`${method} answers other than the document says: ${fault}`);
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === "" ? null : (JSON.parse(text) as unknown),
      };
    },
  };
}

/** Route handlers behind real HTTP. */
export type TestServer = {
  /** where it listens, without a slash at the end */
  url: string;
  /** Ends it with all its connections. */
  close(): Promise<void>;
};

/**
 * Serves route handlers over real HTTP on a free port, for clients that need it: SDKs, aborts, slow readers.
 *
 * @param routes `"POST /v1/chat/completions"` or `"POST /v1/faces/{face}/search"` → handler
 */
export async function serveForTest(routes: Record<string, Handler>): Promise<TestServer> {
  const table = routeTable(routes);
  const server = createHttpServer((incoming, outgoing) => {
    const [path = "/"] = (incoming.url ?? "/").split("?");
    const { method = "GET" } = incoming;
    const found = table.find(method, path) ?? (method === "HEAD" ? table.find("GET", path) : null);
    if (found !== null) return void answerNode(found.value, incoming, outgoing, { params: found.params });
    const allowed = table.methods(path).join(", ");
    outgoing.writeHead(
      allowed === "" ? 404 : method === "OPTIONS" ? 204 : 405,
      allowed === "" ? {} : { allow: allowed },
    );
    outgoing.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
