import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** Longer than the keep-alive of the usual proxies in front of us, so that they never reuse a closed connection. */
const keepAliveMs = 75_000;
/** All headers of a request, in bytes: cookies and long addresses fit, a flood does not. */
const maxHeaderBytes = 32 * 1024;

const reasons: Record<string, { status: string; detail: string }> = {
  HPE_HEADER_OVERFLOW: {
    status: "431 Request Header Fields Too Large",
    detail: `The headers are larger than ${maxHeaderBytes / 1024} KB.`,
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: "408 Request Timeout", detail: "The request did not arrive in time." },
};
const malformed = { status: "400 Bad Request", detail: "This is not a valid HTTP request." };

/** An HTTP server with this product's limits, which answers what is not HTTP instead of breaking off. */
export function createHttpServer(listener: (incoming: IncomingMessage, outgoing: ServerResponse) => void): Server {
  const server = createServer(
    {
      keepAliveTimeout: keepAliveMs,
      maxHeaderSize: maxHeaderBytes,
      // headers must be there within a minute; a body, which may be a large upload, takes as long as it takes
      headersTimeout: 60_000,
      requestTimeout: 0,
      noDelay: true,
    },
    listener,
  );
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
    const { status, detail } = reasons[error.code ?? ""] ?? malformed;
    const body = JSON.stringify({
      detail,
      error: { message: detail, type: "invalid_request_error", code: "bad_request", param: null },
    });
    socket.end(
      `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
      () => socket.destroy(),
    );
  });
  return server;
}
