import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import config from "@/next.config";
import { frontServer } from "./front-server";
import type { RouteHandler } from "./node-adapter";
import { securityHeaders } from "./security-headers";

async function serve(handler: RouteHandler) {
  const front = frontServer({ "POST /hot": handler }, (_incoming, outgoing) => void outgoing.end("rest"));
  front.server.listen(0, "127.0.0.1");
  await once(front.server, "listening");
  return { ...front, url: `http://127.0.0.1:${(front.server.address() as AddressInfo).port}` };
}

const post = (url: string, signal?: AbortSignal) => fetch(`${url}/hot?a=1`, { method: "POST", signal: signal ?? null });

describe("frontServer", () => {
  test("answers its routes, and leaves every other path and method to the rest", async () => {
    const { url, stop } = await serve(() => Promise.resolve(Response.json({ hot: true })));
    const response = await post(url);
    expect(await response.json()).toEqual({ hot: true });
    for (const [name, value] of Object.entries(securityHeaders)) expect(response.headers.get(name)).toBe(value);
    for (const path of ["/hot", "/hot/", "/", "/hot/more"]) expect(await (await fetch(url + path)).text()).toBe("rest");
    await stop(1000);
  });

  test("tells its handlers where a request comes from, whatever the request says of itself", async () => {
    const { url, stop } = await serve((request) =>
      Promise.resolve(Response.json(request.headers.get("x-forwarded-for"))),
    );
    const headers = { "x-forwarded-for": "198.51.100.1, 198.51.100.2" };
    expect(await (await fetch(`${url}/hot`, { method: "POST", headers })).json()).toBe("127.0.0.1");
    expect(await (await post(url)).json()).toBe("127.0.0.1");
    await stop(1000);
  });

  test("refuses a path that cannot be decoded, and no other that holds a percent sign", async () => {
    const { url, stop } = await serve(() => Promise.resolve(new Response("hot")));
    for (const path of ["/%E0%A4%A", "/v1/faces/%ZZ", "/%", "/a/%ff?b=1"]) {
      const response = await fetch(url + path);
      expect([path, response.status]).toEqual([path, 422]);
      expect(await response.json()).toMatchObject({ request_id: response.headers.get("x-request-id") });
    }
    for (const path of ["/%C3%A4", "/a?b=%ZZ", "/%2F"]) expect(await (await fetch(url + path)).text()).toBe("rest");
    await stop(1000);
  });

  test("sends the headers that Next sends", async () => {
    const [all] = (await config.headers?.()) ?? [];
    expect(all?.source).toBe("/:path*");
    expect(Object.fromEntries(all?.headers.map(({ key, value }) => [key, value]) ?? [])).toEqual(securityHeaders);
  });

  test("lets a request under way end when it stops, and takes no other", async () => {
    const arrived = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<Response>();
    const { url, stop } = await serve(() => {
      arrived.resolve();
      return answer.promise;
    });
    const response = post(url);
    await arrived.promise;
    const stopped = stop(60_000);
    await expect(post(url)).rejects.toThrow();
    answer.resolve(new Response("late"));
    expect(await (await response).text()).toBe("late");
    await stopped;
  });

  test("cuts what takes too long, and tells its handler", async () => {
    const arrived = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    const { url, stop } = await serve((request) => {
      request.signal.addEventListener("abort", () => gone.resolve());
      arrived.resolve();
      return new Promise(() => undefined);
    });
    const response = post(url);
    await arrived.promise;
    const stopped = stop(0);
    await expect(response).rejects.toThrow();
    await Promise.all([stopped, gone.promise]);
  });
});
