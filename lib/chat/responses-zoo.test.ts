import OpenAI from "openai";
import { afterAll, describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { completeChat } from "./complete-chat";
import { toChatRequest } from "./responses-request";
import { ResponsesRequest } from "./responses-schemas";
import { responsesWire } from "./responses-wire";
import { books, parts, serveFrom, userWithFace } from "./testing";
import { animals, type ZooCase } from "./zoo-animals";
import { startZoo } from "./zoo-upstream";

const upstream = await startZoo();
serveFrom(upstream.url);
const { db } = await testDatabase();

afterAll(async () => {
  await upstream.stop();
  await closePool();
});

/** One request as the route makes it. */
function respond(ctx: Ctx, { request }: ZooCase): Promise<Response> {
  const body = ResponsesRequest.parse({
    model: "gpt-4o-mini",
    input: "When do you fire the kiln?",
    stream: request["stream"],
  });
  return completeChat(ctx, toChatRequest(body), parts, responsesWire(body));
}

/** What the official SDK, which refuses what does not fit together, makes of an answer. */
async function readBySdk(response: Response, { request }: ZooCase): Promise<{ text: string; ends: "whole" | "error" }> {
  const openai = new OpenAI({ apiKey: "k", maxRetries: 0, fetch: () => Promise.resolve(response) });
  const asked = { model: "gpt-4o-mini", input: "Hello" };
  if (!request["stream"]) return { text: (await openai.responses.create(asked)).output_text, ends: "whole" };
  const stream = openai.responses.stream(asked);
  let text = "";
  stream.on("response.output_text.delta", ({ delta }) => void (text += delta));
  try {
    const final = await stream.finalResponse();
    expect(final.output_text).toBe(text);
    expect(final.status).toBe("completed");
    return { text, ends: "whole" };
  } catch (error) {
    if (!(error instanceof OpenAI.APIError)) throw error;
    return { text, ends: "error" };
  }
}

/** Some servers send a text in parts, which a chat passes on as they are; a response puts them together. */
const joined = new Set(["content in parts"]);
/** A response repeats its text at the end, so that a count of far less cannot be true and is made anew. */
const recounted = new Set(["an event of a megabyte"]);

// a response has one answer, so requests for several cannot be made
const cases = animals.filter(({ request }) => request["n"] === undefined);

describe("behind a response", () => {
  it.each(cases)("$name", async (animal) => {
    const ctx = await userWithFace(db);
    upstream.let(animal.animal);
    const refusal = animal.chat;
    if (refusal instanceof RegExp) {
      await expect(respond(ctx, animal)).rejects.toThrow(refusal);
    } else {
      const seen = await readBySdk(await respond(ctx, animal), animal);
      const text = joined.has(animal.name) ? animal.generated : animal.text;
      if (refusal !== "error") expect(seen).toEqual({ text, ends: "whole" });
      // how much of what came before a cut is read depends on who is faster
      else expect([seen.ends, text.startsWith(seen.text)]).toEqual(["error", true]);
    }
    await upstream.closed();
    const { told } = animal;
    const record = await db.usageRecord.findFirst({ where: { accountId: ctx.actor.accountId } });
    if (typeof told === "object" && told !== null && !recounted.has(animal.name))
      expect({ input: record?.inputTokens, output: record?.outputTokens }).toEqual(told);
    const records = told === null ? 0 : 1;
    expect(await books(ctx)).toMatchObject({ records, reserved: 0n, isExact: true });
  });
});
