import type { IncomingMessage } from "node:http";
import { NodeHeaders } from "./node-headers";

/**
 * The request of a route handler, made of a request of `node:http`.
 *
 * It is what handlers read of a `Request`, taken from where Node has it; everything else is asked of a real `Request`
 * that is made when somebody needs it. Making one costs more than the whole rest of a small request.
 *
 * @param signal becomes `request.signal`
 */
export function nodeRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  return new NodeRequest(incoming, signal) as unknown as Request;
}

/** The request of `node:http` behind a request whose body nobody has touched yet; null for any other. */
export function untouchedIncoming(request: Request): IncomingMessage | null {
  const ours: unknown = request;
  return ours instanceof NodeRequest ? ours.takeIncoming() : null;
}

class NodeRequest {
  readonly method: string;
  readonly #incoming: IncomingMessage;
  readonly #signal: AbortSignal;
  #url: string | null = null;
  #headers: Headers | null = null;
  #whole: Request | null = null;

  constructor(incoming: IncomingMessage, signal: AbortSignal) {
    this.method = incoming.method ?? "GET";
    this.#incoming = incoming;
    this.#signal = signal;
  }

  get url(): string {
    return (this.#url ??= urlOf(this.#incoming));
  }

  get headers(): Headers {
    return (this.#headers ??= new NodeHeaders(this.#incoming.headers) as unknown as Headers);
  }

  get signal(): AbortSignal {
    return this.#signal;
  }

  get [Symbol.toStringTag](): string {
    return "Request";
  }

  takeIncoming(): IncomingMessage | null {
    return this.#whole === null ? this.#incoming : null;
  }

  /** A real request with the same body. */
  whole(): Request {
    this.#whole ??= this.#make();
    return this.#whole;
  }

  #make(): Request {
    const { method } = this;
    const init: RequestInit & { duplex?: "half" } = { method, headers: [...this.headers], signal: this.#signal };
    if (method !== "GET" && method !== "HEAD") Object.assign(init, { body: bodyOf(this.#incoming), duplex: "half" });
    return new Request(this.url, init);
  }
}

const getters = ["body", "bodyUsed", "cache", "credentials", "destination", "duplex", "integrity", "keepalive"];
const otherGetters = ["mode", "redirect", "referrer", "referrerPolicy"];
for (const name of [...getters, ...otherGetters]) {
  Object.defineProperty(NodeRequest.prototype, name, {
    get(this: NodeRequest): unknown {
      return Reflect.get(this.whole(), name);
    },
  });
}
for (const name of ["arrayBuffer", "blob", "bytes", "clone", "formData", "json", "text"] as const) {
  Object.defineProperty(NodeRequest.prototype, name, {
    value(this: NodeRequest): unknown {
      return this.whole()[name]();
    },
  });
}
Object.setPrototypeOf(NodeRequest.prototype, Request.prototype);

/** A body whose reader may stop in the middle and still answer: destroying the request would close the connection. */
function bodyOf(incoming: IncomingMessage): AsyncIterable<Uint8Array> {
  return incoming.iterator({ destroyOnReturn: false });
}

/** The whole address; a Host header that cannot be one is left out of it. */
function urlOf({ url = "/", headers: { host = "localhost" } }: IncomingMessage): string {
  // absolute-form, as proxies send it (RFC 9112 §3.2.2)
  const path = url.startsWith("/") ? url : pathOf(url);
  const address = `http://${host}${path}`;
  return URL.canParse(address) ? address : `http://localhost${path}`;
}

function pathOf(url: string): string {
  if (!URL.canParse(url)) return "/";
  const { pathname, search } = new URL(url);
  return pathname.startsWith("/") ? pathname + search : "/";
}
