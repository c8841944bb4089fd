import { type AddressInfo, createServer, type Socket } from "node:net";

/** What the fake upstream saw of one request. */
type ZooRequest = { path: string; headers: Record<string, string>; body: string };

/** One connection, on which an animal behaves as it likes. */
export type Cage = {
  request: ZooRequest;
  /** Sends bytes as they are, and lets them go out before it returns. */
  send(bytes: string | Uint8Array): Promise<void>;
  /** Ends the connection as a polite server does. */
  end(): void;
  /** Breaks the connection off with a RST. */
  reset(): void;
};

export type Animal = (cage: Cage) => Promise<void> | void;

/**
 * A server that takes requests over a raw socket, so that its answers can be wrong in any way.
 *
 * A connection serves one request after the other. `closed` says whether the other side, or the animal, has closed them all.
 */
export async function startZoo() {
  let animal: Animal = () => undefined;
  const requests: ZooRequest[] = [];
  const sockets = new Set<Socket>();
  let waiting: (() => void)[] = [];

  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    let received = Buffer.alloc(0);
    socket.on("error", () => undefined);
    socket.on("close", () => {
      sockets.delete(socket);
      if (sockets.size > 0) return;
      waiting.forEach((tell) => tell());
      waiting = [];
    });
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      const request = readRequest(received);
      if (request === null) return;
      received = Buffer.alloc(0);
      requests.push(request);
      void Promise.resolve(animal(cageOf(socket, request))).catch(() => socket.destroy());
    });
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    /** Who answers from now on. */
    let(next: Animal) {
      animal = next;
      requests.length = 0;
    },
    /** Resolves when no connection is open any more. */
    closed: () => (sockets.size === 0 ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve))),
    /** How many connections are open. */
    connections: () => sockets.size,
    async stop() {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function cageOf(socket: Socket, request: ZooRequest): Cage {
  return {
    request,
    send: (bytes) => new Promise((resolve) => socket.write(bytes, () => setImmediate(resolve))),
    end: () => socket.end(),
    reset: () => socket.resetAndDestroy(),
  };
}

/** Null while it is not all there. */
function readRequest(received: Buffer): ZooRequest | null {
  const headEnd = received.indexOf("\r\n\r\n");
  if (headEnd === -1) return null;
  const [first = "", ...lines] = received.subarray(0, headEnd).toString().split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const body = received.subarray(headEnd + 4);
  if (body.byteLength < Number(headers["content-length"] ?? 0)) return null;
  return { path: first.split(" ")[1] ?? "", headers, body: body.toString() };
}
