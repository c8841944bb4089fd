import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { env } from "@/lib/env";
import { InvalidInputError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { type FindFramers, setAnswerHeaders } from "./answer-headers";
import { clientAddress } from "./client-address";
import { errorResponse } from "./error-response";
import { answerNode, type RouteHandler } from "./node-adapter";
import { createHttpServer } from "./node-server";
import { routeTable } from "./route-table";
import { apiHeaders } from "./security-headers";

export type FrontServer = {
  server: Server;
  /**
   * Takes no new connection, waits for the requests under way, and ends those that take longer.
   *
   * @param timeoutMs after it the connections are cut, and what they belong to may still settle for a moment
   */
  stop(timeoutMs: number): Promise<void>;
};

/** Long enough to write down what an answer that was cut off has cost. */
const settleMs = 1_000;
const sweepMs = 50;

/**
 * One server for everything: `routes` are answered here, whatever else there is by `rest`.
 *
 * @param routes `"POST /v1/chat/completions"` → its handler
 * @param findFramers who may show which page in a frame
 */
export function frontServer(
  routes: Record<string, RouteHandler>,
  rest: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
  findFramers: FindFramers = () => null,
): FrontServer {
  const table = routeTable(routes);
  const underWay = new Set<Promise<void>>();
  const server = createHttpServer((incoming, outgoing) => {
    noteAddress(incoming);
    const { method = "GET", url = "/" } = incoming;
    const end = url.indexOf("?");
    const path = end === -1 ? url : url.slice(0, end);
    // Next would answer with a fault
    const found = isDecodable(path) ? table.find(method, path) : { value: refuseAddress, params: {} };
    if (found === null) {
      void setAnswerHeaders(incoming, outgoing, path, findFramers).then(() => rest(incoming, outgoing));
      return;
    }
    const answer = answerNode(found.value, incoming, outgoing, { params: found.params, headers: apiHeaders() });
    underWay.add(answer);
    void answer.then(() => underWay.delete(answer));
  });
  return { server, stop: (timeoutMs) => stopServer(server, underWay, timeoutMs) };
}

function isDecodable(path: string): boolean {
  if (!path.includes("%")) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

const refuseAddress: RouteHandler = () => {
  const message = "The address is not written as it must be: a % stands before two hexadecimal digits of UTF-8.";
  return Promise.resolve(errorResponse(new InvalidInputError(message), newId("request")));
};

/** From here on the header holds where the request comes from, and nothing that its sender wrote there. */
function noteAddress({ headers, socket }: IncomingMessage): void {
  const forwarded = headers["x-forwarded-for"];
  const all = typeof forwarded === "string" ? forwarded : forwarded?.join(",");
  headers["x-forwarded-for"] = clientAddress(socket.remoteAddress, all, env().TRUST_PROXY);
}

async function stopServer(server: Server, underWay: ReadonlySet<Promise<void>>, timeoutMs: number): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  // a connection that was busy at the close is kept alive after its answer
  const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
  await Promise.race([closed, pause(timeoutMs)]);
  clearInterval(sweep);
  server.closeAllConnections();
  await Promise.race([Promise.all([closed, ...underWay]), pause(settleMs)]);
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms).unref());
}
