import { once } from "node:events";
import { Agent, request, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { RouteHandler } from "./node-adapter";
import { maxJsonBytes, readBytes } from "./read-body";
import { serveForTest, type TestServer } from "./testing";

let server: TestServer | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});

async function serve(routes: Record<string, RouteHandler>): Promise<string> {
  server = await serveForTest(routes);
  return server.url;
}

/** What comes back for bytes as they are. */
async function raw(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.end(bytes);
  let text = "";
  for await (const part of socket) text += String(part);
  return text;
}

const encoder = new TextEncoder();

describe("a request", () => {
  const echo: RouteHandler = async (request, { params }) =>
    Response.json({
      method: request.method,
      url: request.url,
      headers: Object.fromEntries(request.headers),
      params: await params,
      body: await request.text(),
    });

  test("arrives with its address, its variables, all its headers and its body", async () => {
    const url = await serve({ "POST /v1/faces/{face}/search": echo });
    const response = await fetch(`${url}/v1/faces/al%20ice/search?q=1&q=2`, {
      method: "POST",
      headers: { "x-one": "1", cookie: "a=b; c=d", authorization: "Bearer x" },
      body: "ä".repeat(100_000),
    });
    const got = (await response.json()) as Record<string, unknown>;
    expect(got["url"]).toBe(`${url}/v1/faces/al%20ice/search?q=1&q=2`);
    expect(got["params"]).toEqual({ face: "al ice" });
    expect(got["headers"]).toMatchObject({ "x-one": "1", cookie: "a=b; c=d", authorization: "Bearer x" });
    expect(got["body"]).toBe("ä".repeat(100_000));
  });

  test("may have any header name, also twice, and a Host or a target that is none", async () => {
    const url = await serve({ "GET /x": echo });
    const text = await raw(url, "GET /x HTTP/1.1\r\nHost: [[[\r\nX-A: 1\r\nX-A: 2\r\nConnection: close\r\n\r\n");
    expect(text).toContain('"x-a":"1, 2"');
    expect(text).toContain('"url":"http://localhost/x"');
    expect(await raw(url, "GET http:// HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1\.1 404 /);
  });

  test("is refused with a reason when it is no HTTP, or has too many headers", async () => {
    const url = await serve({ "GET /x": echo });
    const bad = await raw(url, "this is not http\r\n\r\n");
    expect(bad).toMatch(/^HTTP\/1\.1 400 [\s\S]*"detail":"This is not a valid HTTP request\."/);
    const long = await raw(url, `GET /x HTTP/1.1\r\nHost: a\r\nX: ${"y".repeat(40_000)}\r\n\r\n`);
    expect(long).toMatch(/^HTTP\/1\.1 431 [\s\S]*"detail":"The headers are larger than 32 KB\."/);
  });

  test("is continued when its sender waits for that", async () => {
    const url = await serve({ "POST /x": echo });
    const sent = request(`${url}/x`, { method: "POST", headers: { expect: "100-continue", "content-length": "2" } });
    sent.flushHeaders();
    await once(sent, "continue");
    sent.end("ok");
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    expect(response.statusCode).toBe(200);
    response.resume();
  });

  test("gets 413 when its body is too large, announced or not, and the next one is answered", async () => {
    const length: RouteHandler = async (request) => Response.json((await readBytes(request, maxJsonBytes)).length);
    const url = await serve({ "POST /x": length });
    const post = (body: BodyInit) => fetch(`${url}/x`, { method: "POST", body, duplex: "half" } as RequestInit);
    const chunked = (size: number) => post(new Blob([new Uint8Array(size)]).stream());
    expect((await post(new Uint8Array(maxJsonBytes + 1))).status).toBe(413);
    expect((await chunked(maxJsonBytes * 3)).status).toBe(413);
    expect(await (await post(new Uint8Array(maxJsonBytes))).json()).toBe(maxJsonBytes);
    expect(await (await chunked(maxJsonBytes)).json()).toBe(maxJsonBytes);
  });

  test("is all that a Request is", async () => {
    const url = await serve({
      "POST /x": async (request) => {
        const copy = request.clone();
        const form = await request.formData();
        const whole = { isRequest: request instanceof Request, bytes: (await copy.arrayBuffer()).byteLength };
        const headers = new Headers(request.headers);
        return Response.json({ ...whole, a: form.get("a"), agent: headers.get("X-One"), used: request.bodyUsed });
      },
    });
    const response = await fetch(`${url}/x`, {
      method: "POST",
      headers: { "x-one": "1" },
      body: new URLSearchParams({ a: "b" }),
    });
    expect(await response.json()).toEqual({ isRequest: true, bytes: 3, a: "b", agent: "1", used: true });
  });
});

describe("an answer", () => {
  test("keeps its status and all its headers, each cookie on its own", async () => {
    const url = await serve({
      "GET /x": () => {
        const headers = new Headers({ "x-one": "1", "content-type": "text/plain" });
        headers.append("set-cookie", "a=1; Path=/");
        headers.append("set-cookie", "b=2, c");
        return Promise.resolve(new Response("hello", { status: 418, headers }));
      },
    });
    const response = await fetch(`${url}/x`);
    expect([response.status, await response.text()]).toEqual([418, "hello"]);
    expect(response.headers.get("x-one")).toBe("1");
    expect(response.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2, c"]);
  });

  test("to HEAD has no body, to OPTIONS names the methods, to others is 405 or 404", async () => {
    const url = await serve({
      "GET /x": () => Promise.resolve(Response.json({ a: 1 })),
      "POST /x": () => Promise.resolve(new Response()),
    });
    const head = await fetch(`${url}/x`, { method: "HEAD" });
    expect([head.status, head.headers.get("content-type"), await head.text()]).toEqual([200, "application/json", ""]);
    const options = await fetch(`${url}/x`, { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, POST"]);
    expect((await fetch(`${url}/x`, { method: "DELETE" })).status).toBe(405);
    expect((await fetch(`${url}/y`)).status).toBe(404);
    expect((await fetch(`${url}/x/%ff`)).status).toBe(404);
  });

  test("of one connection follow each other, whatever they are", async () => {
    const url = await serve({
      "GET /empty": () => Promise.resolve(new Response(null, { status: 204 })),
      "GET /broken": () => Promise.reject(new Error("the inside")),
      "GET /text": () => Promise.resolve(new Response("text")),
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<unknown>();
    for (const [path, status] of [
      ["/text", 200],
      ["/empty", 204],
      ["/broken", 503],
      ["/nothing", 404],
      ["/text", 200],
    ] as const) {
      const sent = request(url + path, { agent }).end();
      const [response] = (await once(sent, "response")) as [IncomingMessage];
      ports.add(sent.socket?.localPort);
      expect(response.statusCode).toBe(status);
      await response.resume().toArray();
    }
    expect(ports.size).toBe(1);
    agent.destroy();
  });

  test("that breaks off closes the connection instead of looking complete", async () => {
    const url = await serve({
      "GET /x": () => {
        let count = 0;
        const pull = (controller: ReadableStreamDefaultController) =>
          count++ === 0 ? controller.enqueue(encoder.encode("half")) : controller.error(new Error("upstream broke"));
        return Promise.resolve(new Response(new ReadableStream({ pull })));
      },
    });
    await expect(fetch(`${url}/x`).then((response) => response.text())).rejects.toThrow();
  });

  test("tells its head before its body begins", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const pull = (controller: ReadableStreamDefaultController) =>
      promise.then(() => {
        controller.enqueue(encoder.encode("body"));
        controller.close();
      });
    const url = await serve({ "GET /x": () => Promise.resolve(new Response(new ReadableStream({ pull }))) });
    const response = await fetch(`${url}/x`);
    resolve();
    expect(await response.text()).toBe("body");
  });
});

describe("a client who leaves", () => {
  test("before the first byte aborts the signal, every time", async () => {
    let arrived = (): void => undefined;
    let gone = (): void => undefined;
    const url = await serve({
      "POST /x": async (request) => {
        await request.text();
        const { promise, resolve } = Promise.withResolvers<void>();
        request.signal.addEventListener("abort", () => resolve());
        arrived();
        await promise;
        gone();
        return new Response("nobody reads this");
      },
    });
    for (let round = 0; round < 20; round++) {
      const here = new Promise<void>((done) => (arrived = done));
      const told = new Promise<void>((done) => (gone = done));
      const leave = new AbortController();
      const answer = fetch(`${url}/x`, { method: "POST", body: "{}", signal: leave.signal });
      await here;
      leave.abort();
      await expect(answer).rejects.toThrow();
      await told;
    }
  });

  test("in the middle of a stream cancels it, also when nothing is on its way", async () => {
    const cancelled = Promise.withResolvers<void>();
    const aborted = Promise.withResolvers<void>();
    const url = await serve({
      "GET /x": (request) => {
        request.signal.addEventListener("abort", () => aborted.resolve());
        const start = (controller: ReadableStreamDefaultController) => controller.enqueue(encoder.encode("first"));
        return Promise.resolve(new Response(new ReadableStream({ start, cancel: () => cancelled.resolve() })));
      },
    });
    const leave = new AbortController();
    const response = await fetch(`${url}/x`, { signal: leave.signal });
    await response.body?.getReader().read();
    leave.abort();
    await Promise.all([cancelled.promise, aborted.promise]);
  });

  test("who has read everything has not left", async () => {
    const signals: AbortSignal[] = [];
    const url = await serve({
      "GET /x": (request) => {
        signals.push(request.signal);
        return Promise.resolve(new Response("all"));
      },
    });
    for (let round = 0; round < 5; round++) await (await fetch(`${url}/x`)).text();
    await server?.close();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false, false, false, false]);
  });

  test("who reads slowly slows the stream, and leaving ends it", async () => {
    const cancelled = Promise.withResolvers<void>();
    let pulled = 0;
    const pull = (controller: ReadableStreamDefaultController): void => {
      pulled++;
      controller.enqueue(new Uint8Array(64 * 1024));
    };
    const url = await serve({
      "GET /x": () =>
        Promise.resolve(
          new Response(new ReadableStream({ pull, cancel: () => cancelled.resolve() }, { highWaterMark: 0 })),
        ),
    });
    const sent = request(`${url}/x`).end();
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    // until the buffers on the way are full
    for (let quiet = 0, before = -1; quiet < 500; quiet = pulled === before ? quiet + 1 : 0) {
      before = pulled;
      await new Promise((done) => setImmediate(done));
    }
    expect(pulled).toBeLessThan(1000);
    response.destroy();
    await cancelled.promise;
  });
});
