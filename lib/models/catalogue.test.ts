import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";

import { defaultModel, resolveModel, servedModels } from "./catalogue";
import { hostedModels } from "./hosted-models";
import { compileModel } from "./language-model";

const bare = parseEnv({});
const openAi = parseEnv({ OPENAI_API_KEY: "k" });
const server = { name: "ollama", base_url: "http://127.0.0.1:11434/v1/", models: ["llama3.2", "gpt-4o"] };
const local = parseEnv({ OPENAI_API_KEY: "k", MODEL_SERVERS: JSON.stringify([server]) });

describe("what an installation serves", () => {
  it("is the built-in engine alone when no provider is configured", () => {
    expect(servedModels(bare).map((model) => model.id)).toEqual(["builtin"]);
    expect(defaultModel(bare).id).toBe("builtin");
    expect(compileModel(bare)).toBeNull();
  });

  it("follows from the keys that are set, a cheap model being the default", () => {
    expect(servedModels(openAi).map((model) => model.id)).toContain("gpt-4o");
    expect(servedModels(openAi).some((model) => model.provider === "anthropic")).toBe(false);
    expect(defaultModel(openAi).id).toBe("gpt-4o-mini");
    expect(defaultModel(parseEnv({ ANTHROPIC_API_KEY: "k" })).id).toBe("claude-haiku-4-5");
    expect(compileModel(openAi)?.id).toBe("gpt-4o-mini");
  });

  it("takes any number of OpenAI-compatible servers, whose names never hide a hosted model", () => {
    expect(resolveModel("llama3.2", local).endpoint.baseUrl).toBe("http://127.0.0.1:11434/v1");
    expect(resolveModel("gpt-4o", local).provider).toBe("openai");
    expect(resolveModel("ollama/gpt-4o", local)).toMatchObject({ provider: "server", upstreamId: "gpt-4o" });
  });

  it("names what is served when a model is unknown", () => {
    expect(() => resolveModel("gpt-9", openAi)).toThrowError(AppError);
    expect(() => resolveModel("gpt-9", openAi)).toThrowError(/gpt-4o-mini.*builtin/);
  });

  it("serves a dated snapshot at the price of its model, but for one that is dearer", () => {
    expect(resolveModel("gpt-4o-2024-08-06", openAi)).toMatchObject({
      upstreamId: "gpt-4o-2024-08-06",
      price: { input: 2.5 },
    });
    expect(() => resolveModel("gpt-4o-2024-05-13", openAi)).toThrowError(/not served/);
  });

  it("refuses a DEFAULT_MODEL that it cannot serve instead of taking another", () => {
    expect(() => defaultModel(parseEnv({ DEFAULT_MODEL: "gpt-4o" }))).toThrowError(/not served/);
  });
});

it("knows every model of the seeds once", () => {
  const ids = hostedModels.map((model) => model.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ["gpt-4o-mini", "gpt-4o", "claude-sonnet-4-6", "accounts/fireworks/models/llama-v3p1-8b-instruct"]) {
    expect(ids).toContain(id);
  }
});
