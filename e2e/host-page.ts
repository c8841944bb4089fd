import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Somebody else's site, which shows a page of ours in a frame. */
export type HostPage = { origin: string; url: string; close(): Promise<void> };

/**
 * Serves a page with a frame under another host than the installation's: to a browser `localhost` and `127.0.0.1` are
 * two sites.
 *
 * @param installation where Faces answers
 */
export async function startHostPage(installation: string, frame: string): Promise<HostPage> {
  const html = `<!doctype html><html lang="en"><title>A site</title><h1>A site of somebody else</h1>
<iframe id="frame" title="Talk" src="${frame}" width="100%" height="560" style="border:0" referrerpolicy="strict-origin"></iframe>
<script>
  window.heard = [];
  addEventListener("message", (event) => window.heard.push({ origin: event.origin, data: event.data }));
</script></html>`;
  const server = createServer((_incoming, outgoing) => {
    outgoing.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const host = new URL(installation).hostname === "localhost" ? "127.0.0.1" : "localhost";
  const origin = `http://${host}:${port}`;
  return {
    origin,
    url: `${origin}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
