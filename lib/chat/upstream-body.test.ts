import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent } from "undici";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { dispatch } from "./upstream-body";

let answer: (response: ServerResponse, request: IncomingMessage) => void = () => undefined;
const server = createServer((request, response) => {
  request.resume();
  answer(response, request);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const agent = new Agent();
const options = {
  origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  path: "/",
  method: "POST" as const,
  body: "{}",
};

afterEach(() => {
  answer = () => undefined;
});
afterAll(async () => {
  await agent.destroy();
  server.closeAllConnections();
  server.close();
});

const still = new AbortController().signal;
const megabyte = Buffer.alloc(1024 * 1024, "x");

describe("a body from a provider", () => {
  it("makes the provider wait for a slow reader, and loses nothing", async () => {
    let sent = 0;
    let isBlocked = false;
    answer = (response) => {
      void (async () => {
        for (; sent < 64; sent++) {
          isBlocked = !response.write(megabyte);
          if (isBlocked) await once(response, "drain");
        }
        response.end();
      })();
    };
    const { body } = await dispatch(agent, options, still);
    const reading = body[Symbol.asyncIterator]();
    let got = (await reading.next()).value?.byteLength ?? 0;
    // until the buffers of both sides are full
    let before = -1;
    await vi.waitFor(
      () => {
        const isStill = isBlocked && sent === before;
        before = sent;
        expect(isStill).toBe(true);
      },
      { interval: 50, timeout: 10_000 },
    );
    expect(sent).toBeLessThan(40);
    for (let read = await reading.next(); !read.done; read = await reading.next()) got += read.value.byteLength;
    expect(got).toBe(64 * 1024 * 1024);
  });

  it("keeps the connection when little was left, and closes it when much comes still", async () => {
    const own = new Agent();
    const ports: (number | undefined)[] = [];
    answer = (response, { socket }) => {
      ports.push(socket.remotePort);
      response.write("first");
      setImmediate(() => response.end("the rest"));
    };
    for (let call = 0; call < 2; call++) {
      const { body } = await dispatch(own, options, still);
      for await (const _ of body) break;
      await vi.waitFor(() => expect(own.stats[options.origin]).toMatchObject({ connected: 1, free: 1 }));
    }
    expect(new Set(ports).size).toBe(1);

    const closed = new Promise((resolve) => {
      answer = (response) => {
        const timer = setInterval(() => response.write(megabyte), 1);
        response.once("close", () => {
          clearInterval(timer);
          resolve("closed");
        });
      };
    });
    const { body } = await dispatch(own, options, still);
    for await (const _ of body) break;
    expect(await closed).toBe("closed");
    await own.destroy();
  });

  it("ends with the reason of whoever aborts, before the head and in the middle", async () => {
    for (const isBegun of [false, true]) {
      const leave = new AbortController();
      const closed = new Promise((resolve) => {
        answer = (response) => {
          response.once("close", () => resolve("closed"));
          if (isBegun) response.write("first");
          else leave.abort(new Error("gone"));
        };
      });
      const reading = (async () => {
        const { body } = await dispatch(agent, options, leave.signal);
        for await (const _ of body) leave.abort(new Error("gone"));
      })();
      await expect(reading).rejects.toThrow("gone");
      expect(await closed).toBe("closed");
    }
    await expect(dispatch(agent, options, AbortSignal.abort(new Error("never")))).rejects.toThrow("never");
  });

  it("passes over what only announces an answer", async () => {
    answer = (response) => {
      response.writeEarlyHints({ link: "</x>; rel=preload" });
      response.end("the answer");
    };
    const { statusCode, body } = await dispatch(agent, options, still);
    let text = "";
    for await (const bytes of body) text += Buffer.from(bytes).toString();
    expect({ statusCode, text }).toEqual({ statusCode: 200, text: "the answer" });
  });
});
