import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { frontServer } from "./front-server";
import type { RouteHandler } from "./node-adapter";
import { apiHeaders, type Framers } from "./security-headers";

async function serve(handler: RouteHandler, framers: Framers | null = null) {
  const front = frontServer(
    { "POST /hot": handler },
    ({ headers }, outgoing) =>
      void outgoing.end(headers["content-security-policy"] ? `rest ${headers["x-nonce"]}` : "rest"),
    (path) => (path.startsWith("/embed/") ? Promise.resolve(framers ?? []) : null),
  );
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
    for (const [name, value] of Object.entries(apiHeaders())) expect(response.headers.get(name)).toBe(value);
    for (const path of ["/hot", "/hot/", "/", "/hot/more"])
      expect(await (await fetch(url + path)).text()).toMatch(/^rest/);
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
    for (const path of ["/%C3%A4", "/a?b=%ZZ", "/%2F"]) expect(await (await fetch(url + path)).text()).toMatch(/^rest/);
    await stop(1000);
  });

  test("gives every page a nonce of its own, and tells Next the same one, whatever the request says", async () => {
    const { url, stop } = await serve(() => Promise.resolve(new Response("hot")));
    const headers = { "x-nonce": "mine", "content-security-policy": "script-src 'nonce-mine'" };
    const answers = await Promise.all([1, 2].map(() => fetch(`${url}/faces`, { headers })));
    const nonces = await Promise.all(
      answers.map(async (answer) => {
        const policy = answer.headers.get("content-security-policy") ?? "";
        const nonce = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/u.exec(policy)?.[1];
        expect(await answer.text()).toBe(`rest ${nonce}`);
        expect(policy).not.toMatch(/script-src[^;]*unsafe/u);
        expect(policy).toContain("frame-ancestors 'none'");
        expect(answer.headers.get("x-frame-options")).toBe("DENY");
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(2);
    expect(nonces).not.toContain("mine");
    await stop(1000);
  });

  test("lets pages for visitors be framed by those who may, and by nobody else", async () => {
    const page = await serve(() => Promise.resolve(new Response("hot")), ["https://a.example", "https://*.b.example"]);
    const answer = await fetch(`${page.url}/embed/token`);
    expect(answer.headers.get("content-security-policy")).toMatch(
      /frame-ancestors 'self' https:\/\/a\.example https:\/\/\*\.b\.example$/u,
    );
    expect(answer.headers.get("x-frame-options")).toBeNull();
    await page.stop(1000);
  });

  test("lets nothing of an answer to a program run, and gives it no nonce", async () => {
    const { url, stop } = await serve(() => Promise.resolve(new Response("hot")));
    const headers = { "x-nonce": "mine", "content-security-policy": "script-src 'nonce-mine'" };
    for (const path of ["/v1/faces", "/v1", "/auth/nonce/1", "/api/health", "/_next/static/a.js", "/theme.js"]) {
      const answer = await fetch(url + path, { headers });
      expect(await answer.text()).toBe("rest");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      if (/^\/(v1|auth|api)/u.test(path)) {
        expect(answer.headers.get("content-security-policy")).toBe(apiHeaders()["content-security-policy"]);
      }
    }
    await stop(1000);
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
