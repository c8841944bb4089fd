import { afterAll, describe, expect, it, vi } from "vitest";
import { costMicroUsd } from "@/lib/billing/prices";
import { closePool } from "@/lib/compute/pool";
import { testDatabase } from "@/lib/db/testing";
import { resolveModel } from "@/lib/models/catalogue";
import { countTokens } from "@/lib/models/count-tokens";
import { createMessage } from "./create-message";
import { MessagesRequest } from "./messages-schemas";
import { books, parts, serveFrom, userWithFace } from "./testing";
import { animals } from "./zoo-animals";
import { startZoo } from "./zoo-upstream";
import { told } from "./zoo-wire";

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

// what Anthropic's shape has no place for: several answers to one question
const fitting = animals.filter(({ name }) => name !== "two choices by turns");

describe("an upstream that misbehaves, behind Anthropic's Messages", () => {
  it.each(fitting)("$name", async (animal) => {
    const ctx = await userWithFace(db);
    upstream.let(animal.animal);
    const { stream } = animal.request as { stream: boolean };
    const request = { model: model.id, max_tokens: 4_000, messages: [{ role: "user", content: question }], stream };
    const answering = createMessage(ctx, MessagesRequest.parse(request), parts, new Headers());
    if (animal.chat instanceof RegExp) await expect(answering).rejects.toThrow(animal.chat);
    else {
      const text = await (await answering).text();
      if (animal.chat === "error") expect(text).toContain("event: error");
      else expect(text).toContain(stream ? "event: message_stop" : '"type":"message"');
    }
    await upstream.closed();
    const usage =
      animal.told === null || typeof animal.told === "object"
        ? animal.told
        : {
            input: animal.told === "counted" ? countTokens(question) : told.input,
            output: countTokens(animal.generated),
          };
    expect(await books(ctx)).toEqual({
      records: usage === null ? 0 : 1,
      cost: usage === null ? 0n : costMicroUsd(model.price, usage),
      reserved: 0n,
      isExact: true,
    });
  });
});
