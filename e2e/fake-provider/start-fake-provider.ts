import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { errorReply } from "./error-reply";
import { type Fault, type FaultOptions, FaultQueue, findFault } from "./faults";
import { handleRequest, wireOf } from "./handle-request";
import { readBody } from "./read-body";
import type { RecordedRequest } from "./recorded-request";
import { ProviderError, type Reply, type Wire } from "./reply";
import { sendReply } from "./send-reply";
import { replacedReply } from "./spoil-reply";

export type FakeProvider = {
  /** Origin without a path, e.g. `http://127.0.0.1:41234`; OpenAI's base URL is `${url}/v1`. */
  url: string;
  /** Every request so far, in order of arrival; a request is listed once its body has been read. */
  requests: RecordedRequest[];
  /** Spoils the next request, or as the options say. An array spoils one request in several ways at once. */
  fault(faults: Fault | Fault[], options?: FaultOptions): void;
  /** Resolves with the first request, past or to come, that matches. */
  waitForRequest(matches?: (request: RecordedRequest) => boolean): Promise<RecordedRequest>;
  /** Forgets recorded requests and faults still waiting. */
  reset(): void;
  /** Drops every open connection, hanging ones too, and closes the server. */
  stop(): Promise<void>;
};

type FakeProviderOptions = { port?: number; host?: string; apiKey?: string };

/**
 * Starts a local server that speaks OpenAI's and Anthropic's wire and answers deterministically.
 *
 * @param options a free loopback port unless given; with `apiKey`, any other key is refused with 401
 */
export async function startFakeProvider(options: FakeProviderOptions = {}): Promise<FakeProvider> {
  const { port = 0, host = "127.0.0.1", apiKey = null } = options;
  const queue = new FaultQueue();
  const requests: RecordedRequest[] = [];
  let waiting: { matches: (request: RecordedRequest) => boolean; resolve: (request: RecordedRequest) => void }[] = [];
  let count = 0;

  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => {
      // Only the client's going away may end here; it must not take the test process with it.
      response.destroy(error instanceof Error ? error : undefined);
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    count += 1;
    const record = recordOf(request, response, `req_${count}`);
    record.faults = queue.take(record.path);
    record.rawBody = await readAll(request);
    const isReadable = await readBody(record.rawBody, request.headers["content-type"] ?? "").then(
      (body) => ((record.body = body), true),
      () => false,
    );

    requests.push(record);
    const told = waiting.filter((one) => one.matches(record));
    waiting = waiting.filter((one) => !told.includes(one));
    told.forEach((one) => one.resolve(record));

    const hang = findFault(record.faults, "hang");
    if (hang && hang.afterEvents === undefined) return;
    const wire = wireOf(record);
    await sendReply(response, replyTo(record, wire, isReadable, apiKey), record, wire);
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });

  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    requests,
    fault: (faults, faultOptions) => queue.add(faults, faultOptions),
    waitForRequest(matches = () => true) {
      const past = requests.find(matches);
      return past ? Promise.resolve(past) : new Promise((resolve) => waiting.push({ matches, resolve }));
    },
    reset() {
      requests.length = 0;
      queue.clear();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function replyTo(record: RecordedRequest, wire: Wire, isReadable: boolean, apiKey: string | null): Reply {
  const replaced = replacedReply(record.faults, wire, record.id);
  if (replaced) return replaced;
  try {
    if (!isReadable) throw new ProviderError(400, "We could not parse the JSON body of your request.");
    return handleRequest(record, findFault(record.faults, "usage")?.mode ?? "normal", apiKey);
  } catch (error) {
    return errorReply(wire, error instanceof ProviderError ? error : new ProviderError(500, String(error)), record.id);
  }
}

function recordOf(request: IncomingMessage, response: ServerResponse, id: string): RecordedRequest {
  const record: RecordedRequest = {
    id,
    method: request.method ?? "GET",
    path: (request.url ?? "/").replace(/\?.*$/, ""),
    headers: request.headers,
    body: null,
    rawBody: Buffer.alloc(0),
    faults: [],
    receivedAt: Date.now(),
    headersSentAt: null,
    status: null,
    piecesSent: 0,
    cutByServer: false,
    aborted: false,
    abortedAt: null,
    endedAt: null,
    done: Promise.resolve(),
  };

  record.done = new Promise((resolve) => {
    response.once("close", () => {
      record.endedAt = Date.now();
      record.aborted = !response.writableFinished && !record.cutByServer;
      record.abortedAt = record.aborted ? record.endedAt : null;
      resolve();
    });
  });
  return record;
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
