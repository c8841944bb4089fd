import { createServer, type RequestListener, type Server } from "node:http";
import net, { type AddressInfo } from "node:net";
import tls from "node:tls";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { AppError } from "@/lib/errors";
import { guardedFetch, internet, type Network } from "./guarded-fetch";
import { isPublicAddress } from "./public-address";
import { hostileUrls } from "./testing";

let privateServer: Server;
let privateConnections = 0;
let publicServer: Server;
let answer: RequestListener;
const sent: { url: string; headers: Record<string, unknown> }[] = [];

beforeAll(async () => {
  privateServer = await listen(createServer((_request, response) => response.end("secret")));
  privateServer.on("connection", () => (privateConnections += 1));
  publicServer = await listen(
    createServer((request, response) => {
      sent.push({ url: request.url ?? "", headers: request.headers });
      answer(request, response);
    }),
  );
});

afterAll(() => {
  privateServer.close();
  publicServer.close();
});

afterEach(() => vi.restoreAllMocks());

function listen(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** The names of the tests: `near` ones lead to this machine, and one name's addresses are public and private. */
const near: Record<string, string[]> = {
  "a.near.faces-check.org": ["127.0.0.1"],
  "b.near.faces-check.org": ["::1"],
  "mixed.near.faces-check.org": ["93.184.215.14", "127.0.0.1"],
  "mapped.near.faces-check.org": ["::ffff:127.0.0.1"],
  "none.near.faces-check.org": [],
};

async function resolveName(host: string) {
  const found = near[host] ?? ["127.0.0.1"];
  return found.map((address) => ({ address, family: net.isIP(address) }));
}

/** The real guard over the tests' names. */
const guarded: Network = { ...internet, lookup: resolveName };

/** The same, and one port of this machine counts as public. */
const withPublicServer: Network = {
  lookup: resolveName,
  isAllowed: (address, port) => isPublicAddress(address) || (address === "127.0.0.1" && port === portOf(publicServer)),
};

const request = { signal: new AbortController().signal, maxBytes: 10_000, types: /^text\// };
const publicUrl = (path = "/") => `http://public.faces-check.org:${portOf(publicServer)}${path}`;

/** Every connection that is tried, to anywhere. */
function watchConnections(): () => number {
  const connects = [vi.spyOn(net, "connect"), vi.spyOn(tls, "connect"), vi.spyOn(net, "createConnection")];
  return () => connects.reduce((sum, { mock }) => sum + mock.calls.length, 0);
}

describe("addresses that are not public", () => {
  test("none of more than 150 hostile addresses is connected to, and each is refused in a sentence", async () => {
    const urls = hostileUrls(portOf(privateServer));
    expect(new Set(urls).size).toBeGreaterThanOrEqual(150);
    const connections = watchConnections();
    for (const url of urls) {
      const error = await guardedFetch(url, request, guarded).catch((reason: unknown) => reason);
      expect(error, url).toBeInstanceOf(AppError);
      expect((error as AppError).code, url).toBe("invalid_input");
    }
    expect(connections()).toBe(0);
    expect(privateConnections).toBe(0);
  });

  test("nor is one reached by a redirect from a public page", async () => {
    const locations = hostileUrls(portOf(privateServer)).map((url) => url.replace(/[^!-~]/gu, encodeURIComponent));
    // what stays on the page's own server is no redirect away from it
    const away = locations.filter((url) => URL.parse(url, publicUrl())?.host !== new URL(publicUrl()).host);
    expect(away.length).toBeGreaterThanOrEqual(150);
    for (const [index, location] of away.entries()) {
      const status = [301, 302, 303, 307, 308][index % 5] ?? 302;
      answer = (_request, response) => response.writeHead(status, { location }).end();
      await expect(guardedFetch(publicUrl(), request, withPublicServer), location).rejects.toBeInstanceOf(AppError);
    }
    expect(privateConnections).toBe(0);
  });

  test("a name is resolved once, and what it means later does not matter", async () => {
    let lookups = 0;
    const rebinding: Network = {
      ...withPublicServer,
      lookup: async () => [{ address: ++lookups === 1 ? "127.0.0.1" : "10.0.0.1", family: 4 }],
    };
    answer = (_request, response) => response.setHeader("content-type", "text/plain").end("the public page");
    const { bytes } = await guardedFetch(publicUrl(), request, rebinding);
    expect(bytes.toString()).toBe("the public page");
    expect(lookups).toBe(1);
    // a second fetch asks anew, and is refused
    await expect(guardedFetch(publicUrl(), request, rebinding)).rejects.toThrow(/not on the public internet/);
    expect(lookups).toBe(2);
  });

  test("a redirect to the same name is checked against what the name means then", async () => {
    let lookups = 0;
    const rebinding: Network = {
      ...withPublicServer,
      lookup: async () => [{ address: ++lookups === 1 ? "127.0.0.1" : "192.168.1.1", family: 4 }],
    };
    answer = (_request, response) => response.writeHead(302, { location: "/again" }).end();
    await expect(guardedFetch(publicUrl(), request, rebinding)).rejects.toThrow(/not on the public internet/);
  });
});

describe("a public page", () => {
  test("comes with where it lay in the end, and nothing of ours is told to it", async () => {
    answer = (incoming, response) =>
      incoming.url === "/old"
        ? response.writeHead(301, { location: "/new", "set-cookie": "a=b" }).end()
        : response.setHeader("content-type", "text/plain; charset=utf-8").end("hello");
    sent.length = 0;
    const { url, contentType, bytes } = await guardedFetch(publicUrl("/old"), request, withPublicServer);
    expect([url.pathname, contentType, bytes.toString()]).toEqual(["/new", "text/plain; charset=utf-8", "hello"]);
    for (const { headers } of sent) {
      expect(headers).not.toHaveProperty("cookie");
      expect(headers).not.toHaveProperty("authorization");
      expect(headers).not.toHaveProperty("referer");
    }
  });

  test("is refused when it redirects for ever", async () => {
    answer = (_request, response) => response.writeHead(302, { location: "/" }).end();
    sent.length = 0;
    await expect(guardedFetch(publicUrl(), request, withPublicServer)).rejects.toThrow(/redirects too often/);
    expect(sent).toHaveLength(6);
  });

  test("is cut where it is larger than it may be, also when it is small before unpacking", async () => {
    answer = (_request, response) => {
      response.writeHead(200, { "content-type": "text/plain", "content-encoding": "gzip" });
      response.end(gzipSync(Buffer.alloc(50_000_000)));
    };
    await expect(guardedFetch(publicUrl(), request, withPublicServer)).rejects.toMatchObject({ code: "too_large" });
  });

  test("of another kind than asked for is refused, and so is an error", async () => {
    answer = (_request, response) => response.setHeader("content-type", "image/png").end("x");
    await expect(guardedFetch(publicUrl(), request, withPublicServer)).rejects.toMatchObject({
      code: "unsupported_type",
    });
    answer = (_request, response) => response.writeHead(404, { "content-type": "text/plain" }).end("no");
    await expect(guardedFetch(publicUrl(), request, withPublicServer)).rejects.toThrow(/answered with status 404/);
    answer = (_request, response) => response.destroy();
    await expect(guardedFetch(publicUrl(), request, withPublicServer)).rejects.toMatchObject({ code: "unreadable" });
  });

  test("is let go when the caller goes", async () => {
    const caller = new AbortController();
    answer = () => caller.abort();
    await expect(guardedFetch(publicUrl(), { ...request, signal: caller.signal }, withPublicServer)).rejects.toThrow(
      /abort/i,
    );
  });
});
