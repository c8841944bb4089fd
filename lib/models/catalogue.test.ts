import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { parseEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";

import { defaultModel, findModel, modelOfFace, resolveModel, servedModels } from "./catalogue";
import { compileModel } from "./language-model";

const bare = parseEnv({});
const openAi = parseEnv({ OPENAI_API_KEY: "k" });
const server = { name: "ollama", base_url: "http://127.0.0.1:11434/v1/", models: ["llama3.2:latest", "gpt-4o"] };
const local = parseEnv({ OPENAI_API_KEY: "k", MODEL_SERVERS: JSON.stringify([server]) });

const folder = mkdtempSync(join(tmpdir(), "faces-catalogue-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.useRealTimers());

function on(day: string): void {
  vi.useFakeTimers({ now: new Date(`${day}T12:00:00Z`), toFake: ["Date"] });
}

function withCatalogue(entries: unknown, more: Record<string, string> = { OPENAI_API_KEY: "k" }) {
  const path = join(folder, "models.json");
  writeFileSync(path, typeof entries === "string" ? entries : JSON.stringify(entries));
  return parseEnv({ ...more, MODEL_CATALOGUE: path });
}

describe("what an installation serves", () => {
  it("is the built-in engine alone when no provider is configured", () => {
    expect(servedModels(bare).map((model) => model.id)).toEqual(["builtin"]);
    expect(defaultModel(bare).id).toBe("builtin");
    expect(compileModel(bare)).toBeNull();
  });

  it("follows from the keys that are set, a cheap model being the default", () => {
    on("2026-11-21");
    expect(servedModels(openAi).map((model) => model.id)).toContain("gpt-4o");
    expect(servedModels(openAi).some((model) => model.provider === "anthropic")).toBe(false);
    expect(defaultModel(openAi).id).toBe("gpt-4o-mini");
    expect(defaultModel(parseEnv({ ANTHROPIC_API_KEY: "k" })).id).toBe("claude-haiku-4-5");
    expect(compileModel(openAi)?.id).toBe("gpt-4o-mini");
  });

  it("ends a model on the day its provider does, the next cheap one being the default then", () => {
    on("2027-01-13");
    expect(findModel("gpt-4o-mini", openAi)?.shutsDown).toBe("2027-01-14");
    vi.setSystemTime(new Date("2027-01-14T00:00:00Z"));
    expect(findModel("gpt-4o-mini", openAi)).toBeNull();
    expect(findModel("gpt-4o-mini-2024-07-18", openAi)).toBeNull();
    expect(defaultModel(openAi).id).toBe("gpt-6-luna");
    expect(() => resolveModel("gpt-4o-mini", openAi)).toThrowError(/OpenAI shut it down on 2027-01-14/);
  });

  it("takes any number of OpenAI-compatible servers, whose names never hide a hosted model", () => {
    expect(resolveModel("llama3.2:latest", local).endpoint.baseUrl).toBe("http://127.0.0.1:11434/v1");
    expect(resolveModel("gpt-4o", local).provider).toBe("openai");
    expect(resolveModel("ollama/gpt-4o", local)).toMatchObject({ provider: "server", upstreamId: "gpt-4o" });
  });

  it("knows a server's model by the server's name too, and without Ollama's `latest`", () => {
    for (const name of ["llama3.2", "ollama/llama3.2", "ollama/llama3.2:latest"])
      expect(resolveModel(name, local)).toMatchObject({ id: "llama3.2:latest", upstreamId: "llama3.2:latest" });
  });

  it("gives a name that two servers have to the first of them", () => {
    const servers = ["one", "two"].map((name) => ({ name, base_url: `http://${name}.test/v1`, models: ["m"] }));
    const settings = parseEnv({ MODEL_SERVERS: JSON.stringify(servers) });
    expect(servedModels(settings).map(({ id }) => id)).toEqual(["m", "two/m", "builtin"]);
    expect(resolveModel("one/m", settings).endpoint.label).toBe("one");
    expect(resolveModel("two/m", settings)).toMatchObject({ upstreamId: "m", endpoint: { label: "two" } });
  });

  it("serves a dated snapshot at the price of its model, but for one that is dearer", () => {
    on("2026-11-21");
    expect(resolveModel("gpt-4o-2024-08-06", openAi)).toMatchObject({
      upstreamId: "gpt-4o-2024-08-06",
      price: { input: 2.5 },
    });
    expect(() => resolveModel("gpt-4o-2024-05-13", openAi)).toThrowError(/not served/);
  });
});

describe("a model that is not served", () => {
  it("is answered with all that is, where that is little", () => {
    expect(() => resolveModel("gpt-9", bare)).toThrowError(AppError);
    expect(() => resolveModel("gpt-9", bare)).toThrowError("The model gpt-9 is not served here. Served: builtin.");
  });

  it("is answered with what is most like it, where there is much", () => {
    on("2026-11-21");
    expect(() => resolveModel("gpt4o-mini-latest", openAi)).toThrowError(
      /^The model gpt4o-mini-latest is not served here\. Served: gpt-4o-mini, .* and \d+ more \(GET \/v1\/models\)\.$/,
    );
  });

  it("is told to lack a key, or to be taken out, when that is so", () => {
    expect(() => resolveModel("claude-opus-5", openAi)).toThrowError(/this installation has no key for Anthropic/);
    const hiding = withCatalogue({ "gpt-4o": { hidden: true } });
    expect(() => resolveModel("gpt-4o", hiding)).toThrowError(/whoever runs this installation has taken it out/);
  });

  it("is an error as DEFAULT_MODEL, rather than a reason to take another", () => {
    expect(() => defaultModel(parseEnv({ DEFAULT_MODEL: "gpt-4o" }))).toThrowError(/not served/);
  });
});

describe("the model of a face", () => {
  it("is its own, else the installation's", () => {
    on("2026-11-21");
    expect(modelOfFace({ username: "alice", defaultModel: "gpt-4o" }, openAi).id).toBe("gpt-4o");
    expect(modelOfFace({ username: "alice", defaultModel: null }, openAi).id).toBe("gpt-4o-mini");
  });

  it("is never another than its own: who lost it is told why, and how to mend it", () => {
    expect(() => modelOfFace({ username: "alice", defaultModel: "gpt-4o" }, bare)).toThrowError(
      /^alice's default model, gpt-4o, is not served here: this installation has no key for OpenAI\. Name another in the request, as in alice@builtin, or change it: PATCH \/v1\/faces\/alice/,
    );
  });
});

describe("the operator's own catalogue", () => {
  it("changes prices, adds models and takes models out", () => {
    const settings = withCatalogue({
      "gpt-4o": { input_usd_per_million: 3, max_output_tokens: 1000 },
      o3: { hidden: true },
      "gpt-7": { provider: "openai", input_usd_per_million: 1, output_usd_per_million: 8, context_tokens: 400_000 },
    });
    expect(resolveModel("gpt-4o", settings)).toMatchObject({
      price: { input: 3, cachedInput: 1.25, output: 10 },
      maxOutputTokens: 1000,
      priceAsOf: null,
    });
    expect(findModel("o3", settings)).toBeNull();
    expect(resolveModel("gpt-7", settings)).toMatchObject({
      price: { input: 1, output: 8 },
      contextTokens: 400_000,
      endpoint: { label: "OpenAI", wire: "openai" },
    });
  });

  it("prices a server's model by the name it has here", () => {
    const settings = withCatalogue(
      { "ollama/gpt-4o": { input_usd_per_million: 0.5 } },
      { OPENAI_API_KEY: "k", MODEL_SERVERS: JSON.stringify([server]) },
    );
    expect(resolveModel("ollama/gpt-4o", settings).price).toEqual({ input: 0.5, output: 0 });
    expect(resolveModel("gpt-4o", settings).price.input).toBe(2.5);
  });

  it.each([
    ["{", /MODEL_CATALOGUE: .*models\.json is not JSON/],
    [{ "gpt-7": { provider: "openai" } }, /MODEL_CATALOGUE\.gpt-7\.input_usd_per_million: .*needs a price/],
    [{ "gpt-4o": { input: 3 } }, /MODEL_CATALOGUE\.gpt-4o: .*input/],
    [{ "gpt-4o": { input_usd_per_million: -1 } }, /MODEL_CATALOGUE\.gpt-4o\.input_usd_per_million/],
  ])("that cannot be used is told at the start: %j", (entries, message) => {
    expect(() => withCatalogue(entries)).toThrowError(message);
  });

  it("that is not there is told with its whole path", () => {
    expect(() => parseEnv({ MODEL_CATALOGUE: "nowhere.json" })).toThrowError(/\/nowhere\.json cannot be read/);
  });
});

it("a MODEL_PATH that names no file is told at the start", () => {
  expect(() => parseEnv({ MODEL_PATH: "nowhere.gguf" })).toThrowError(/MODEL_PATH: has to name a \.gguf file/);
});

it("two servers of one name are told at the start", () => {
  const twice = JSON.stringify([server, server]);
  expect(() => parseEnv({ MODEL_SERVERS: twice })).toThrowError(/MODEL_SERVERS: names two servers ollama/);
});
