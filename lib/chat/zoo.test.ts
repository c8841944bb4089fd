import { afterAll, describe, expect, it, vi } from "vitest";
import { costMicroUsd } from "@/lib/billing/prices";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { resolveModel } from "@/lib/models/catalogue";
import { countTokens } from "@/lib/models/count-tokens";
import { inputText } from "./estimate-tokens";
import { proxyRequest } from "./proxy";
import { books, chat, serveFrom, userWithFace } from "./testing";
import { animals, type Told, type ZooCase } from "./zoo-animals";
import { startZoo } from "./zoo-upstream";

const upstream = await startZoo();
serveFrom(upstream.url);
// a busy machine is not a silent provider
vi.stubEnv("UPSTREAM_TIMEOUT_SECONDS", "300");
const { db } = await testDatabase();
const model = resolveModel("gpt-4o-mini");
const question = "When do you fire the kiln?";

afterAll(async () => {
  await upstream.stop();
  await closePool();
});

type Seen = { status: number; text: string; body: string; ends: "done" | "whole" | "error"; headers: Headers };

/** What a client makes of an answer: the text of its chunks or of its message, and how it ended. */
async function read(response: Response): Promise<Seen> {
  const body = await response.text();
  const { status, headers } = response;
  let text = "";
  let ends: Seen["ends"] = "whole";
  const events = /(?:^|[\r\n])data: ?(.*)/g;
  const datas = body.includes("data:") ? [...body.matchAll(events)].map(([, data = ""]) => data) : [body];
  for (const data of datas) {
    if (data === "[DONE]") ends = "done";
    const json = parse(data) as Chunk | null;
    if (json?.error !== undefined) ends = "error";
    for (const { delta, message } of json?.choices ?? []) {
      const content = (delta ?? message)?.content;
      text += typeof content === "string" ? content : "";
    }
  }
  return { status, text, body, ends, headers };
}

type Said = { content?: unknown } | undefined;
type Chunk = { error?: unknown; choices?: { delta?: Said; message?: Said }[] };

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The account was charged once for exactly this, holds nothing, and the provider's connection is closed. */
async function expectSettled(
  ctx: Awaited<ReturnType<typeof userWithFace>>,
  told: Told,
  input: string,
  generated: string,
): Promise<void> {
  await upstream.closed();
  const { records, cost, reserved, isExact } = await books(ctx);
  expect({ records, reserved, isExact }).toEqual({ records: told === null ? 0 : 1, reserved: 0n, isExact: true });
  if (told === null) return;
  const usage =
    typeof told === "object"
      ? told
      : { input: told === "counted" ? countTokens(input) : 7, output: countTokens(generated) };
  const record = await db.usageRecord.findFirstOrThrow({ where: { accountId: ctx.actor.accountId } });
  expect({ input: record.inputTokens, output: record.outputTokens }).toEqual(usage);
  expect(cost).toBe(costMicroUsd(model.price, usage));
  expect(upstream.requests).toHaveLength(1);
}

function request(zooCase: ZooCase) {
  return { model: "gpt-4o-mini", messages: [{ role: "user", content: question }], ...zooCase.request };
}

describe("behind a chat", () => {
  it.each(animals)("$name", async (animal) => {
    const ctx = await userWithFace(db);
    upstream.let(animal.animal);
    if (animal.chat instanceof RegExp) {
      await expect(chat(ctx, request(animal))).rejects.toThrow(animal.chat);
    } else {
      const seen = await read(await chat(ctx, request(animal)));
      expect({ text: seen.text, ends: seen.ends }).toEqual({ text: animal.text, ends: animal.chat });
    }
    await expectSettled(ctx, animal.told, question, animal.generated);
  });
});

describe("behind the transparent proxy", () => {
  it.each(animals)("$name", async (animal) => {
    const ctx = await userWithFace(db);
    upstream.let(animal.animal);
    const body = request(animal);
    const bytes = new TextEncoder().encode(JSON.stringify(body));
    const answering = proxyRequest(ctx, "openai", {
      request: body,
      bytes,
      headers: new Headers(),
      search: "",
      toErrorBody: (error) => ({ error: { message: (error as Error).message } }),
    });
    if (animal.proxy instanceof RegExp) {
      await expect(answering).rejects.toThrow(animal.proxy);
    } else {
      const seen = await read(await answering);
      expect(seen.status).toBe(animal.proxy.status ?? 200);
      expect(seen.body).toContain(animal.proxy.includes);
      if (seen.status >= 400 && seen.headers.get("content-type") === "application/json") {
        expect(seen.headers.get("retry-after")).toBe("7");
        expect(seen.headers.get("x-ratelimit-remaining-requests")).toBe("0");
      }
    }
    await expectSettled(ctx, animal.proxyTold, inputText(body), animal.generated);
  });
});
