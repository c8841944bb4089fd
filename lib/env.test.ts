import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { EnvSchema, parseEnv } from "./env";

const lines = readFileSync(".env.example", "utf8").split("\n");
const example = lines.filter((line) => /^[A-Z]/.test(line)).map((line) => line.split(/=(.*)/s) as [string, string]);

describe("the settings", () => {
  test("stand in .env.example, in the same order", () => {
    expect(example.map(([key]) => key)).toEqual(Object.keys(EnvSchema.shape));
  });

  test("have the defaults that .env.example shows", () => {
    expect(parseEnv(Object.fromEntries(example))).toEqual(parseEnv({}));
  });

  test("name every wrong one in a line of its own", () => {
    expect(() => parseEnv({ PORT: "http", MODEL_SERVERS: "{", DEFAULT_PLAN: "gold" })).toThrow(
      /PORT: .*\n.*DEFAULT_PLAN: .*\n.*MODEL_SERVERS: /s,
    );
  });

  test("take payments only when they are heard of, and send no key in the clear", () => {
    expect(() => parseEnv({ STRIPE_SECRET_KEY: "sk_test_x" })).toThrow(/STRIPE_WEBHOOK_SECRET: .*together/);
    expect(() => parseEnv({ STRIPE_WEBHOOK_SECRET: "whsec_x" })).toThrow(/STRIPE_WEBHOOK_SECRET: .*together/);
    for (const base of ["http://api.stripe.com", "https://api.stripe.com/v1", "stripe", "ftp://127.0.0.1"]) {
      expect(() => parseEnv({ STRIPE_API_BASE: base })).toThrow(/STRIPE_API_BASE: /);
    }
    expect(parseEnv({ STRIPE_API_BASE: "http://127.0.0.1:12111" }).STRIPE_API_BASE).toBe("http://127.0.0.1:12111");
  });
});
