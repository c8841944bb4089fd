import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test, vi } from "vitest";
import { POST as chat } from "@/app/v1/chat/completions/route";
import { rememberRows } from "@/lib/auth/memory";
import { closePool } from "@/lib/compute/pool";
import type { Db } from "@/lib/db/client";
import { testDatabase, testUser } from "@/lib/db/testing";
import { testCaller } from "@/lib/http/testing";
import { newId } from "@/lib/ids";

const chunk = 'data: {"choices":[{"index":0,"delta":{"content":"yes"},"finish_reason":null}]}\n\n';
const arrived: ServerResponse[] = [];
const upstream = createServer((incoming, outgoing) => {
  incoming.resume().once("end", () => {
    outgoing.writeHead(200, { "content-type": "text/event-stream" }).write(chunk);
    arrived.push(outgoing);
  });
}).listen(0, "127.0.0.1");
await once(upstream, "listening");
const base_url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`;
vi.stubEnv("MODEL_SERVERS", JSON.stringify([{ name: "own", base_url, models: ["free"] }]));

const { db, url } = await testDatabase();
let asked: string[] = [];
const counting = db.$extends({
  query: {
    $allOperations({ operation, model, args, query }) {
      asked.push(`${model ?? ""}.${operation}`);
      return query(args);
    },
  },
}) as unknown as Db;
const stop = rememberRows({ url, db });
const ctx = await testUser(db);
const { key } = await testCaller(ctx);
const { accountId } = ctx.actor;
await db.face.create({ data: { id: newId("face"), accountId, username: "alice", basicFacts: "Alice is a potter." } });
Object.assign(globalThis, { facesDb: counting });

afterAll(async () => {
  await stop();
  upstream.closeAllConnections();
  upstream.close();
  await closePool();
});

/** A streamed answer; what was asked of the database before its first byte, and in all. */
async function answer(model: string): Promise<{ before: string[]; inAll: string[] }> {
  asked = [];
  const body = JSON.stringify({ model, stream: true, messages: [{ role: "user", content: "What do you make?" }] });
  const headers = { authorization: `Bearer ${key}` };
  const response = await chat(new Request("http://faces.test/v1/chat/completions", { method: "POST", headers, body }), {
    params: Promise.resolve({}),
  });
  const reader = response.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(chunk);
  const before = [...asked];
  arrived.pop()?.end("data: [DONE]\n\n");
  while (!(await reader?.read())?.done);
  return { before, inAll: asked };
}

test.each(["alice@free", "free"])(
  "a warm request for %s asks the database nothing before its first byte",
  async (model) => {
    // once it hears of changes, and the thread holds the face
    await vi.waitFor(async () => expect((await answer(model)).before).toEqual([]), { timeout: 30_000 });
    const { before, inAll } = await answer(model);
    expect(before).toEqual([]);
    // usage and trace, written in one statement
    expect(inAll).toEqual([".$executeRaw"]);
  },
);
