import OpenAI from "openai";
import { Api } from "./api";
import { expect, test } from "./fixtures";

const diary = `I was born in a lighthouse keeper's house. I believe that every tool should be repairable.
I never sign a contract on a Friday. I am afraid of deep water, and I keep a boat anyway. Berlin is too loud for me.`;

test.describe("the official openai package, without any provider", () => {
  test("lists models, completes and streams, and the built-in engine never poses as a model", async ({
    keyless,
    wallet,
  }) => {
    const { api, key } = await Api.withNewKey(keyless.url, wallet);
    await api.makeFace("keeper", diary);
    const openai = new OpenAI({ apiKey: key, baseURL: `${keyless.url}/v1` });

    const models = await openai.models.list();
    expect(models.data.map(({ id }) => id)).toEqual(["builtin"]);

    const question = { role: "user" as const, content: "Are you afraid of deep water?" };
    const plain = await openai.chat.completions.create({ model: "keeper", messages: [question] });
    expect(plain.model).toContain("builtin");
    expect(plain.choices[0]?.message.content).toContain("deep water");

    const stream = await openai.chat.completions.create({
      model: "keeper@builtin",
      messages: [question],
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = "";
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? "";
      usage = chunk.usage ?? usage;
    }
    expect(text).toBe(plain.choices[0]?.message.content);
    expect(usage?.completion_tokens).toBe(plain.usage?.completion_tokens);
  });

  test("throws the error class of each mistake", async ({ keyless, wallet }) => {
    const { key } = await Api.withNewKey(keyless.url, wallet);
    const options = { baseURL: `${keyless.url}/v1`, maxRetries: 0 };
    const openai = new OpenAI({ apiKey: key, ...options });
    const ask = (model: string, client = openai) =>
      client.chat.completions.create({ model, messages: [{ role: "user", content: "Hello" }] });
    await expect(ask("mara", new OpenAI({ apiKey: "sk-faces-wrong", ...options }))).rejects.toBeInstanceOf(
      OpenAI.AuthenticationError,
    );
    await expect(ask("nobody-of-mine")).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(ask("mara@gpt-none")).rejects.toThrow(/builtin/);
    const empty = openai.chat.completions.create({ model: "mara", messages: [] });
    await expect(empty).rejects.toBeInstanceOf(OpenAI.UnprocessableEntityError);
  });

  test("talks to the sample face before anything is uploaded", async ({ keyless, wallet }) => {
    const { key } = await Api.withNewKey(keyless.url, wallet);
    const openai = new OpenAI({ apiKey: key, baseURL: `${keyless.url}/v1` });
    const answer = await openai.chat.completions.create({
      model: "mara",
      messages: [{ role: "user", content: "What matters most to you in your work?" }],
    });
    expect(answer.choices[0]?.message.content).toContain("nobody feels stupid");
  });
});

test.describe("with a provider", () => {
  test("a model without credit is refused with 402, and answers once credit is granted", async ({
    connected,
    wallet,
  }) => {
    const { installation, provider, admin } = connected;
    const { api, key } = await Api.withNewKey(installation.url, wallet);
    await api.makeFace("keeper", diary);
    provider.reset();
    const openai = new OpenAI({ apiKey: key, baseURL: `${installation.url}/v1`, maxRetries: 0 });
    const ask = () =>
      openai.chat.completions.create({
        model: "keeper@gpt-4o-mini",
        messages: [
          { role: "system", content: "Answer in one line." },
          { role: "user", content: "Are you afraid of deep water?" },
        ],
      });
    await expect(ask()).rejects.toMatchObject({ status: 402 });
    expect(provider.requests).toHaveLength(0);

    await admin.grantCredit(api, 1);
    const answer = await ask();
    expect(answer.choices[0]?.message.content).toContain("Are you afraid of deep water?");
    const sent = provider.requests[0]?.body as { model: string; messages: { role: string; content: string }[] };
    expect(sent.model).toBe("gpt-4o-mini");
    expect(sent.messages[0]).toMatchObject({ role: "system" });
    expect(JSON.stringify(sent.messages)).toContain("deep water");
    expect(JSON.stringify(sent.messages)).toContain("Answer in one line.");
    const balance = await api.get<{ balance_usd: number; reserved_usd: number }>("/v1/billing/balance");
    expect(balance.balance_usd).toBeLessThan(1);
    expect(balance.reserved_usd).toBe(0);
  });

  test("a failing provider is a 502 with its message", async ({ connected, wallet }) => {
    const { installation, provider, admin } = connected;
    const { api, key } = await Api.withNewKey(installation.url, wallet);
    await admin.grantCredit(api, 1);
    provider.reset();
    provider.fault({ kind: "status", status: 500, message: "the model fell over" }, { times: 5 });
    const openai = new OpenAI({ apiKey: key, baseURL: `${installation.url}/v1`, maxRetries: 0 });
    const failed = openai.chat.completions.create({
      model: "gpt-4o-mini",
      messages: [{ role: "user", content: "Hi" }],
    });
    await expect(failed).rejects.toMatchObject({
      status: 502,
      message: expect.stringContaining("the model fell over"),
    });
    provider.reset();
  });
});
