import { errorBody, errorReply } from "./error-reply";
import { type Fault, findFault } from "./faults";
import { ProviderError, type Reply, textReply, type Wire } from "./reply";

const HTML_PAGE =
  "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>\r\n";

/** Faults that replace the whole reply: the handler is not even asked. */
export function replacedReply(faults: Fault[], wire: Wire, requestId: string): Reply | null {
  const html = findFault(faults, "html");
  if (html) return textReply(HTML_PAGE, "text/html", html.status ?? 502);

  const failed = findFault(faults, "status");
  if (!failed) return null;
  const seconds = failed.retryAfterSeconds ?? (failed.status === 429 ? 1 : null);
  const code =
    failed.code ?? (failed.status === 401 ? "invalid_api_key" : failed.status === 429 ? "rate_limit_exceeded" : null);
  const error = new ProviderError(failed.status, failed.message ?? `Fake provider: status ${failed.status} on demand`, {
    code,
  });
  return errorReply(wire, error, requestId, seconds === null ? {} : { "retry-after": String(seconds) });
}

/** A reply as bytes: one piece per stream event, a single piece otherwise. Faults of wording and framing are in it. */
export function toPieces(reply: Reply, faults: Fault[], wire: Wire, requestId: string): Buffer[] {
  if (reply.kind === "stream") return streamPieces(reply.events, faults, wire, requestId);
  if (reply.kind === "text") return [Buffer.from(reply.body)];

  const text = JSON.stringify(reply.body);
  const body = Buffer.from(findFault(faults, "invalid-json") ? text.slice(0, Math.floor(text.length / 2)) : text);
  return findFault(faults, "slow") ? inFour(body) : [body];
}

function streamPieces(
  events: Extract<Reply, { kind: "stream" }>["events"],
  faults: Fault[],
  wire: Wire,
  requestId: string,
): Buffer[] {
  const lines = events.map(({ event, data }) => {
    const text = typeof data === "string" ? data : JSON.stringify(data);
    return { head: event === undefined ? "" : `event: ${event}\n`, text };
  });

  const failure = findFault(faults, "error-event");
  if (failure) {
    const body = errorBody(
      wire,
      new ProviderError(wire === "anthropic" ? 529 : 500, failure.message ?? "Overloaded"),
      requestId,
    );
    lines.splice(failure.afterEvents, Infinity, {
      head: wire === "anthropic" ? "event: error\n" : "",
      text: JSON.stringify(body),
    });
  }

  const broken = findFault(faults, "invalid-json") ? Math.floor(lines.length / 2) : -1;
  const comment = findFault(faults, "comments") ? ": keep-alive\n\n: PROCESSING\n" : "";
  const isCrlf = findFault(faults, "crlf") !== undefined;
  return lines.map(({ head, text }, index) => {
    const data = index === broken ? text.slice(0, Math.floor(text.length / 2)) : text;
    const frame = `${comment}${head}data: ${data}\n\n`;
    return Buffer.from(isCrlf ? frame.replaceAll("\n", "\r\n") : frame);
  });
}

function inFour(body: Buffer): Buffer[] {
  const size = Math.max(1, Math.ceil(body.length / 4));
  return Array.from({ length: Math.ceil(body.length / size) }, (_, index) =>
    body.subarray(index * size, (index + 1) * size),
  );
}
