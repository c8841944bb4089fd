import { createOpenAI } from "@ai-sdk/openai";
import { generateText, isStepCount, type ModelMessage, streamText, tool } from "ai";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { POST } from "@/app/v1/responses/route";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { serveForTest } from "@/lib/http/testing";
import { keyOf } from "./client-testing";
import type { ChatMessage } from "./schemas";
import { books, serveFrom, userWithFace } from "./testing";
import { startZoo } from "./zoo-upstream";
import { chunk, completion, done, event, streaming, stop, usage, usageChunk, whole } from "./zoo-wire";

const upstream = await startZoo();
serveFrom(upstream.url);
const { db } = await testDatabase();
const server = await serveForTest({ "POST /v1/responses": POST });

afterAll(async () => {
  await server.close();
  await upstream.stop();
  await closePool();
});

type Sent = { stream?: boolean; messages: ChatMessage[] };

const calls = [{ index: 0, id: "call_1", type: "function", function: { name: "fire", arguments: '{"celsius":1200}' } }];

/** A model that thinks and says something before it calls a tool, and echoes the rest. */
function answerTo({ stream, messages }: Sent) {
  const last = messages.at(-1);
  const isCall = last?.role === "user" && String(last.content).includes("Fire");
  const said = isCall
    ? { reasoning_content: "It is cold.", content: "I fire it.", tool_calls: calls }
    : { content: `Answer ${messages.length}.` };
  if (!stream) return whole(200, completion({ role: "assistant", ...said }, { usage: usage(7, 5) }));
  return streaming(
    ...Object.entries(said).map(([key, value]) => chunk({ [key]: value })),
    stop,
    usageChunk(7, 5),
    done,
  );
}

/** What the model was sent last, without the face's part. */
const conversation = () => {
  const { messages } = JSON.parse(upstream.requests.at(-1)?.body ?? "{}") as Sent;
  return messages.filter(({ role }) => role !== "system" && role !== "developer");
};

describe("the AI SDK as it comes, which names what was answered before", () => {
  it.each([false, true])(
    "keeps up a conversation over three turns with text before a call (streamed: %s)",
    async (isStreamed) => {
      const ctx = await userWithFace(db);
      const openai = createOpenAI({ apiKey: await keyOf(ctx), baseURL: `${server.url}/v1` });
      upstream.let((cage) => answerTo(JSON.parse(cage.request.body) as Sent)(cage));
      const fire = tool({
        inputSchema: z.object({ celsius: z.number() }),
        execute: ({ celsius }) => `It is ${celsius}.`,
      });
      const ask = { model: openai("alice@gpt-4o-mini"), maxRetries: 0, tools: { fire }, stopWhen: isStepCount(3) };
      const messages: ModelMessage[] = [];
      for (const content of ["My name is Rui.", "Fire it.", "Who am I?"]) {
        messages.push({ role: "user", content });
        if (isStreamed) messages.push(...(await streamText({ ...ask, messages }).responseMessages));
        else messages.push(...(await generateText({ ...ask, messages })).responseMessages);
      }
      expect(conversation()).toMatchObject([
        { role: "user", content: "My name is Rui." },
        { role: "assistant", content: expect.stringMatching(/^Answer \d\.$/) as string },
        { role: "user", content: "Fire it." },
        { role: "assistant", content: "I fire it.", tool_calls: [{ id: "call_1", function: { name: "fire" } }] },
        { role: "tool", tool_call_id: "call_1", content: "It is 1200." },
        { role: "assistant", content: expect.stringMatching(/^Answer \d\.$/) as string },
        { role: "user", content: "Who am I?" },
      ]);
      expect(messages.at(-1)).toMatchObject({ role: "assistant", content: [{ text: "Answer 8." }] });
      expect(await books(ctx)).toMatchObject({ records: 4, reserved: 0n, isExact: true });
      expect(await db.storedResponse.count({ where: { accountId: ctx.actor.accountId } })).toBe(4);
    },
  );

  it.each([false, true])("continues by the id of a response, as by itself (streamed: %s)", async (isStreamed) => {
    const ctx = await userWithFace(db);
    const openai = createOpenAI({ apiKey: await keyOf(ctx), baseURL: `${server.url}/v1` });
    upstream.let((cage) => answerTo(JSON.parse(cage.request.body) as Sent)(cage));
    let previousResponseId: string | undefined;
    for (const prompt of ["My name is Rui.", "I fire pots.", "Who am I?"]) {
      const providerOptions = { openai: previousResponseId === undefined ? {} : { previousResponseId } };
      const ask = { model: openai("alice@gpt-4o-mini"), maxRetries: 0, prompt, providerOptions };
      const metadata = isStreamed
        ? (await streamText(ask).finalStep).providerMetadata
        : (await generateText(ask)).finalStep.providerMetadata;
      previousResponseId = String(metadata?.["openai"]?.["responseId"]);
    }
    expect(conversation().map(({ role, content }) => (role === "user" ? content : role))).toEqual([
      "My name is Rui.",
      "assistant",
      "I fire pots.",
      "assistant",
      "Who am I?",
    ]);
  });

  it("is answered with no words where the model has none, streamed or not, and that is charged", async () => {
    const ctx = await userWithFace(db);
    const openai = createOpenAI({ apiKey: await keyOf(ctx), baseURL: `${server.url}/v1` });
    const ask = { model: openai("alice@gpt-4o-mini"), maxRetries: 0, prompt: "Hello" };
    upstream.let(whole(200, JSON.stringify({ choices: [], usage: usage(7, 0) })));
    const { text, usage: counted } = await generateText(ask);
    expect([text, counted.inputTokens]).toEqual(["", 7]);
    upstream.let(streaming(event({ choices: [] }), usageChunk(7, 0), done));
    expect(await streamText(ask).text).toBe("");
    expect(await books(ctx)).toMatchObject({ records: 2, reserved: 0n, isExact: true });
  });
});
