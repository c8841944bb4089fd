import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Env, parseEnv } from "@/lib/env";
import {
  defaultModel,
  findModel,
  lookForNewModels,
  modelServerStates,
  modelsKnown,
  resolveModel,
  servedModels,
} from "./catalogue";

/** What each server sends for `GET /v1/models`, recorded from its documentation and source. */
const answers = {
  ollama: {
    object: "list",
    data: [
      { id: "llama3.2:latest", object: "model", created: 1727205077, owned_by: "library" },
      { id: "nomic-embed-text:latest", object: "model", created: 1727205000, owned_by: "library" },
    ],
  },
  "ollama-empty": { object: "list", data: null },
  "llama-server": {
    models: [{ name: "/models/qwen.gguf", model: "/models/qwen.gguf", type: "model", capabilities: ["completion"] }],
    object: "list",
    data: [
      {
        id: "/models/qwen.gguf",
        object: "model",
        created: 1735142223,
        owned_by: "llamacpp",
        meta: {
          vocab_type: 2,
          n_vocab: 128256,
          n_ctx_train: 131072,
          n_embd: 4096,
          n_params: 8030261312,
          size: 4912898304,
        },
      },
    ],
  },
  vllm: {
    object: "list",
    data: [
      {
        id: "NousResearch/Meta-Llama-3-8B-Instruct",
        object: "model",
        created: 1715644056,
        owned_by: "vllm",
        root: "NousResearch/Meta-Llama-3-8B-Instruct",
        parent: null,
        max_model_len: 8192,
        permission: [{ id: "modelperm-1", object: "model_permission", allow_sampling: true }],
      },
      {
        id: "sql-lora",
        object: "model",
        created: 1715644056,
        owned_by: "vllm",
        root: "/lora",
        parent: "base",
        max_model_len: null,
      },
    ],
  },
  "lm-studio": {
    data: [
      { id: "qwen2.5-7b-instruct", object: "model", owned_by: "organization_owner" },
      { id: "text-embedding-nomic-embed-text-v1.5", object: "model", owned_by: "organization_owner" },
    ],
    object: "list",
  },
  together: [{ id: "meta/llama", object: "model", context_length: 4096 }],
};

type Fake = { url: string; asked: { url: string; key: string | undefined }[]; answer: unknown; status: number };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) await close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function fakeServer(answer: unknown): Promise<Fake> {
  const fake: Fake = { url: "", asked: [], answer, status: 200 };
  fake.url = await serve((request, response) => {
    fake.asked.push({ url: request.url ?? "", key: request.headers.authorization });
    response.writeHead(fake.status, { "content-type": "application/json" }).end(JSON.stringify(fake.answer));
  });
  return fake;
}

function settingsFor(servers: Record<string, unknown>[], more: Record<string, string> = {}): Env {
  return parseEnv({ MODEL_SERVERS: JSON.stringify(servers), ...more });
}

const ids = (settings: Env) => servedModels(settings).map(({ id }) => id);

let now: number;
/** Only `Date` stands still: sockets and their timers go on. */
beforeEach(() => {
  now = Date.parse("2026-11-21T12:00:00Z");
  vi.useFakeTimers({ now, toFake: ["Date"] });
});
function later(seconds: number): void {
  now += seconds * 1000;
  vi.setSystemTime(now);
}

describe("a server without a list of models", () => {
  it.each([
    ["ollama", ["llama3.2:latest"], [131_072]],
    ["ollama-empty", [], []],
    ["llama-server", ["/models/qwen.gguf"], [131_072]],
    ["vllm", ["NousResearch/Meta-Llama-3-8B-Instruct", "sql-lora"], [8192, 131_072]],
    ["lm-studio", ["qwen2.5-7b-instruct"], [131_072]],
    ["together", ["meta/llama"], [4096]],
  ] as const)("is asked for its models: %s", async (name, models, contexts) => {
    const fake = await fakeServer(answers[name]);
    const settings = settingsFor([{ name, base_url: `${fake.url}/v1/`, api_key: "secret" }]);
    expect(ids(settings)).toEqual(["builtin"]);
    await modelsKnown(settings);
    expect(ids(settings)).toEqual([...models, "builtin"]);
    expect(
      servedModels(settings)
        .slice(0, -1)
        .map(({ contextTokens }) => contextTokens),
    ).toEqual(contexts);
    expect(fake.asked).toEqual([{ url: "/v1/models", key: "Bearer secret" }]);
    expect(modelServerStates(settings)).toMatchObject([{ name, status: "ok", error: null, models: models.length }]);
  });

  it("has models that cost nothing, unless the operator says otherwise", async () => {
    const fake = await fakeServer(answers.ollama);
    const base = { name: "ollama", base_url: `${fake.url}/v1` };
    const free = settingsFor([base]);
    const dear = settingsFor([{ ...base, output_usd_per_million: 2, context_tokens: 4096 }]);
    await modelsKnown(free);
    expect(resolveModel("llama3.2", free).price).toEqual({ input: 0, output: 0 });
    expect(resolveModel("llama3.2", dear)).toMatchObject({ price: { input: 0, output: 2 }, contextTokens: 4096 });
  });

  it("is the default when nothing else is there, once it has answered", async () => {
    const fake = await fakeServer(answers.ollama);
    const settings = settingsFor([{ name: "ollama", base_url: `${fake.url}/v1` }]);
    expect(defaultModel(settings).id).toBe("builtin");
    await modelsKnown(settings);
    expect(defaultModel(settings).id).toBe("llama3.2:latest");
    // nothing is left to wait for: requests go on without a pause
    expect(modelsKnown(settings)).toBeNull();
  });
});

describe("the list of a server", () => {
  it("is used as it is while it is asked again in the background, once", async () => {
    const fake = await fakeServer(answers.ollama);
    const settings = settingsFor([{ name: "ollama", base_url: `${fake.url}/v1` }]);
    await modelsKnown(settings);
    fake.answer = { data: [{ id: "qwen3" }] };
    for (let call = 0; call < 50; call++) expect(ids(settings)).toContain("llama3.2:latest");
    expect(fake.asked).toHaveLength(1);

    later(61);
    for (let call = 0; call < 50; call++) expect(ids(settings)).toContain("llama3.2:latest");
    await vi.waitFor(() => expect(ids(settings)).toEqual(["qwen3", "builtin"]));
    expect(fake.asked).toHaveLength(2);
  });

  it("stays when the server goes down, and the trouble is told without its address", async () => {
    const fake = await fakeServer(answers.ollama);
    const settings = settingsFor([{ name: "ollama", base_url: `${fake.url}/v1` }]);
    await modelsKnown(settings);
    fake.status = 500;
    later(61);
    servedModels(settings);
    await vi.waitFor(() => expect(modelServerStates(settings)[0]?.status).toBe("failed"));
    expect(ids(settings)).toEqual(["llama3.2:latest", "builtin"]);
    expect(modelServerStates(settings)).toEqual([
      { name: "ollama", status: "failed", error: "it answers 500", models: 1, answered_at: "2026-11-21T12:00:00.000Z" },
    ]);

    fake.status = 200;
    later(16);
    servedModels(settings);
    await vi.waitFor(() => expect(modelServerStates(settings)[0]?.status).toBe("ok"));
  });

  it("is asked for at once when somebody names a model that nobody knows, but not for every such name", async () => {
    const fake = await fakeServer(answers.ollama);
    const settings = settingsFor([{ name: "ollama", base_url: `${fake.url}/v1` }]);
    await modelsKnown(settings);
    fake.answer = { data: [{ id: "llama3.2:latest" }, { id: "just-pulled" }] };
    expect(await lookForNewModels(settings)).toBe(false);
    later(3);
    expect(await lookForNewModels(settings)).toBe(true);
    expect(findModel("just-pulled", settings)).not.toBeNull();
    for (let call = 0; call < 20; call++) await lookForNewModels(settings);
    expect(fake.asked).toHaveLength(2);
  });

  it("is what the operator wrote, where there is one: such a server is never asked", async () => {
    const fake = await fakeServer(answers.ollama);
    const settings = settingsFor([{ name: "ollama", base_url: `${fake.url}/v1`, models: ["mine"] }]);
    expect(modelsKnown(settings)).toBeNull();
    await lookForNewModels(settings);
    expect(ids(settings)).toEqual(["mine", "builtin"]);
    expect(fake.asked).toEqual([]);
    expect(modelServerStates(settings)).toEqual([]);
  });
});

describe("a server that cannot be asked", () => {
  it.each([
    [401, {}, "it answers 401: api_key is missing or wrong"],
    [404, {}, "it answers 404: base_url has to end like http://127.0.0.1:11434/v1"],
    [200, { models: "none" }, "it answers something that is no list of models"],
    [200, "<html>", "it answers something that is no list of models"],
  ])("is told apart: %i %j", async (status, answer, error) => {
    const fake = await fakeServer(answer);
    fake.status = status;
    const settings = settingsFor([{ name: "one", base_url: `${fake.url}/v1` }]);
    await modelsKnown(settings);
    expect(modelServerStates(settings)).toMatchObject([{ name: "one", status: "failed", error, answered_at: null }]);
    expect(() => resolveModel("llama3.2", settings)).toThrowError(
      `The model llama3.2 is not served here (what one has is not known: ${error}). Served: builtin.`,
    );
  });

  it("leaves no default but an error while it is the only one, and its own once it answers", async () => {
    const fake = await fakeServer(answers.ollama);
    fake.status = 500;
    const settings = settingsFor([{ name: "ollama", base_url: `${fake.url}/v1` }]);
    await modelsKnown(settings);
    expect(() => defaultModel(settings)).toThrowError(
      /^The servers of this installation have not told which models they have \(ollama: it answers 500\)/,
    );
    expect(resolveModel("builtin", settings).id).toBe("builtin");
    expect(defaultModel(settingsFor([], { MODEL_SERVERS: "[]", OPENAI_API_KEY: "k" })).provider).toBe("openai");
    fake.status = 200;
    later(16);
    servedModels(settings);
    await vi.waitFor(() => expect(defaultModel(settings).id).toBe("llama3.2:latest"));
  });

  it("that nobody listens at does not keep the others from answering", async () => {
    const fake = await fakeServer(answers.vllm);
    const url = await serve(() => undefined);
    await closing.pop()?.();
    const settings = settingsFor([
      { name: "gone", base_url: `${url}/v1` },
      { name: "vllm", base_url: `${fake.url}/v1` },
    ]);
    await modelsKnown(settings);
    expect(ids(settings)).toEqual(["NousResearch/Meta-Llama-3-8B-Instruct", "sql-lora", "builtin"]);
    expect(modelServerStates(settings)[0]?.error).toBe("it cannot be reached (ECONNREFUSED)");
    // it has been asked: no request waits for it again
    expect(modelsKnown(settings)).toBeNull();
  });

  it("that never answers is given up after three seconds", async () => {
    const url = await serve(() => undefined);
    const settings = settingsFor([{ name: "silent", base_url: `${url}/v1` }]);
    await modelsKnown(settings);
    expect(modelServerStates(settings)[0]?.error).toBe("it is silent for 3 s");
  });
});
