import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { GET as getModel } from "@/app/v1/models/[...model]/route";
import { GET as getModels } from "@/app/v1/models/route";
import type { Ctx } from "@/lib/auth/context";
import { testDatabase } from "@/lib/db/testing";
import { createKey } from "@/lib/keys/create-key";
import { CreateKeyInput } from "@/lib/keys/schemas";
import { findTarget } from "./find-target";
import { userWithFace } from "./testing";

/** A server whose models change while it runs, as Ollama's do. */
let pulled = ["llama3.2:latest"];
const server = createServer((_request, response) =>
  response.setHeader("content-type", "application/json").end(JSON.stringify({ data: pulled.map((id) => ({ id })) })),
);
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const base_url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;

vi.stubEnv("OPENAI_API_KEY", "k");
vi.stubEnv("FIREWORKS_API_KEY", "k");
vi.stubEnv("MARKUP_PERCENT", "100");
vi.stubEnv("MODEL_SERVERS", JSON.stringify([{ name: "ollama", base_url }]));
const { db, url } = await testDatabase();
vi.stubEnv("DATABASE_URL", url);

let ctx: Ctx;
beforeEach(async () => {
  ctx = await userWithFace(db);
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await (await import("@/lib/db/client")).db().$disconnect();
});

/** The two routes as a client of the network would reach them. */
async function call(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const [, , , ...parts] = new URL(request.url).pathname.split("/");
  if (parts.length === 0) return getModels(request, { params: Promise.resolve({}) });
  return getModel(request, { params: Promise.resolve({ model: parts }) });
}

async function clients(limits: Partial<CreateKeyInput> = {}) {
  const { key: apiKey } = await createKey(ctx, CreateKeyInput.parse({ name: "test", ...limits }));
  const shared = { apiKey, fetch: call, maxRetries: 0 };
  return {
    openai: new OpenAI({ ...shared, baseURL: "http://faces.test/v1" }),
    // as the README has it for Anthropic's SDK: the key goes as a bearer token
    anthropic: new Anthropic({ ...shared, authToken: apiKey, apiKey: null, baseURL: "http://faces.test" }),
  };
}

describe("GET /v1/models", () => {
  it("lists what can be written behind @, with prices and limits, to OpenAI's SDK", async () => {
    const { openai } = await clients();
    const models = await Array.fromAsync(await openai.models.list());
    const luna = models.find(({ id }) => id === "gpt-6-luna");
    expect(luna).toMatchObject({
      object: "model",
      owned_by: "openai",
      context_length: 1_050_000,
      max_output_tokens: 128_000,
      pricing: {
        input_usd_per_million: 0.2,
        cached_input_usd_per_million: 0.02,
        output_usd_per_million: 1,
        as_of: "2026-11-05",
        long_prompt: { above_tokens: 272_000, input_usd_per_million: 0.4, output_usd_per_million: 1.5 },
      },
      capabilities: { tools: true, images: true, structured_outputs: true, reasoning: true },
      is_language_model: true,
    });
    expect(models.find(({ id }) => id === "llama3.2:latest")).toMatchObject({
      owned_by: "ollama",
      pricing: { input_usd_per_million: 0, as_of: null },
      capabilities: null,
    });
    expect(models.at(-1)).toMatchObject({ id: "builtin", owned_by: "faces", is_language_model: false });
    expect(models.filter((model) => (model as unknown as { is_default: boolean }).is_default)).toHaveLength(1);
  });

  it("is a list to Anthropic's SDK too", async () => {
    const { anthropic } = await clients();
    const models = await Array.fromAsync(await anthropic.models.list());
    expect(models.map(({ id }) => id)).toContain("gpt-4o");
    expect(models[0]).toMatchObject({ type: "model", display_name: expect.any(String) });
  });

  it("tells how the servers stand that are asked for their models", async () => {
    const { openai } = await clients();
    const page = (await openai.models.list()) as unknown as { body: { servers: unknown[] } };
    expect(page.body.servers).toMatchObject([{ name: "ollama", status: "ok", error: null, models: 1 }]);
  });

  it("shows a key only what it may use", async () => {
    const { openai } = await clients({ allowed_models: ["gpt-4o", "ollama/llama3.2"] });
    const models = await Array.fromAsync(await openai.models.list());
    expect(models.map(({ id }) => id)).toEqual(["gpt-4o", "llama3.2:latest"]);
  });
});

describe("GET /v1/models/{id}", () => {
  it("takes slashes as they are and escaped, snapshots, and a server's model by all its names", async () => {
    const { openai } = await clients();
    const id = "accounts/fireworks/models/llama-v3p1-8b-instruct";
    // OpenAI's SDK escapes
    expect(await openai.models.retrieve(id)).toMatchObject({ id, owned_by: "fireworks" });
    expect(await openai.get(`/models/${id}`)).toMatchObject({ id });
    expect(await openai.models.retrieve("gpt-4o-2024-11-20")).toMatchObject({ id: "gpt-4o-2024-11-20" });
    expect(await openai.models.retrieve("ollama/llama3.2")).toMatchObject({ id: "llama3.2:latest" });
  });

  it("answers 404 with what is most like it, and 403 with what the key may use", async () => {
    const { openai } = await clients({ allowed_models: ["gpt-4o"] });
    await expect(openai.models.retrieve("gpt-4o-maxi")).rejects.toMatchObject({
      status: 404,
      code: "model_not_found",
      message: expect.stringMatching(/gpt-4o-maxi is not served here.*gpt-4o.*and \d+ more/),
    });
    await expect(openai.models.retrieve("gpt-4.1")).rejects.toMatchObject({
      status: 403,
      message: expect.stringMatching(/may not use gpt-4\.1\. It may use: gpt-4o\./),
    });
  });
});

describe("what a model's name means", () => {
  const named = async (name: string) => {
    const { face, model } = await findTarget(ctx, name);
    return [face?.username ?? null, face?.pinnedVersion ?? null, model.id];
  };
  const setDefault = (defaultModel: string | null) =>
    ctx.db.face.updateMany({ where: { accountId: ctx.actor.accountId }, data: { defaultModel } });

  it("is the face with the installation's model, or with her own", async () => {
    expect(await named("alice")).toEqual(["alice", null, "gpt-4o-mini"]);
  });

  it("is the face with her own default model, unless the request names another", async () => {
    await setDefault("gpt-4.1");
    expect(await named("alice")).toEqual(["alice", null, "gpt-4.1"]);
    expect(await named("alice@gpt-4o")).toEqual(["alice", null, "gpt-4o"]);
    expect(await named("alice@accounts/fireworks/models/llama-v3p1-8b-instruct")).toEqual([
      "alice",
      null,
      "accounts/fireworks/models/llama-v3p1-8b-instruct",
    ]);
  });

  it("splits at the first @, so that models may hold one themselves", async () => {
    pulled = ["llama3.2:latest", "org/model@v2"];
    await vi.waitFor(
      async () => expect(await named("alice@org/model@v2")).toEqual(["alice", null, "org/model@v2"]),
      5_000,
    );
    expect(await named("org/model@v2")).toEqual([null, null, "org/model@v2"]);
  });

  it("is a bare model where no face is called so", async () => {
    expect(await named("gpt-4o")).toEqual([null, null, "gpt-4o"]);
    expect(await named("ollama/llama3.2")).toEqual([null, null, "llama3.2:latest"]);
  });

  it("is never another model than the face's own, once that is gone", async () => {
    await setDefault("claude-opus-5");
    await expect(findTarget(ctx, "alice")).rejects.toMatchObject({
      code: "model_not_found",
      param: "model",
      message: expect.stringMatching(
        /^alice's default model, claude-opus-5, is not served here: this installation has no key for Anthropic\./,
      ),
    });
    expect(await named("alice@gpt-4o")).toEqual(["alice", null, "gpt-4o"]);
  });
});
