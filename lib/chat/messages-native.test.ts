import { describe, expect, it } from "vitest";
import { resolveModel } from "@/lib/models/catalogue";
import { CountTokensRequest } from "./messages-schemas";
import { expansions, nativeHeaders, toNativeBody } from "./messages-native";
import { toChatRequest } from "./messages-request";

const model = { ...resolveModel("builtin"), upstreamId: "claude-x" };
const none = new Map<string, string>();
const messages = [{ role: "user", content: "Hi" }];
const mark = { type: "ephemeral" };

function sent(body: Record<string, unknown>, persona: string | null = "PERSONA", lasting = "") {
  const call = { model, persona, lastingPersona: () => lasting };
  return toNativeBody(CountTokensRequest.parse({ model: "alice", messages, ...body }), call, none);
}

describe("an Anthropic request for an Anthropic model", () => {
  it("goes as it came but for the model and the system prompt", () => {
    const body = {
      max_tokens: 5,
      stream: true,
      thinking: { type: "enabled", budget_tokens: 2_000 },
      tools: [{ type: "web_search_20250305", name: "web_search", max_uses: 3 }],
      mcp_servers: [{ type: "url", url: "https://x" }],
      service_tier: "auto",
      x_unknown: { deep: [1] },
      messages: [
        { role: "user", content: [{ type: "text", text: "Hi", citations: null, x_unknown: 1 }] },
        { role: "assistant", content: [{ type: "thinking", thinking: "t", signature: "s" }] },
      ],
    };
    expect(sent(body)).toEqual({ ...body, model: "claude-x", system: "PERSONA" });
    expect(sent({ ...body, system: "Own." }, null)).toEqual({ ...body, model: "claude-x", system: "Own." });
    expect(sent(body, null)).toEqual({ ...body, model: "claude-x" });
  });

  it("has the persona ahead of the client's system prompt, in the client's own form", () => {
    expect(sent({ system: "Own." }).system).toBe("PERSONA\n\nOwn.");
    expect(sent({ system: "" }).system).toBe("PERSONA");
    const own = { type: "text", text: "Own.", cache_control: mark };
    expect(sent({ system: [own] }).system).toEqual([{ type: "text", text: "PERSONA" }, own]);
    expect(sent({ system: [{ type: "text", text: "Own." }] }).system).toEqual([
      { type: "text", text: "PERSONA" },
      { type: "text", text: "Own." },
    ]);
  });

  it("has what lasts of the persona kept in the prompt cache, where that is long enough", () => {
    const lasting = "You are Alice. ".repeat(300).trim();
    const kept = { type: "text", text: lasting, cache_control: mark };
    const found = { type: "text", text: "Found." };
    expect(sent({ system: "Own." }, `${lasting}\n\nFound.`, lasting).system).toEqual([
      kept,
      found,
      { type: "text", text: "Own." },
    ]);
    expect(sent({}, lasting, lasting).system).toEqual([kept]);
    expect(sent({}, "Short.\n\nFound.", "Short.").system).toBe("Short.\n\nFound.");
    expect(sent({}, "Another.", lasting).system).toBe("Another.");
  });

  it("never has more than four marks for the prompt cache, nor a short one ahead of a long one", () => {
    const lasting = "You are Alice. ".repeat(300).trim();
    const block = (text: string, cache_control: object) => ({ type: "text", text, cache_control });
    const result = { type: "tool_result", tool_use_id: "t", content: [block("r", mark)] };
    const tools = [{ name: "f", input_schema: { type: "object" }, cache_control: mark }];
    const three = { tools, messages: [{ role: "user", content: [result, block("u", mark)] }] };
    const isMarked = (body: Record<string, unknown>) =>
      JSON.stringify(sent(body, lasting, lasting).system).includes('Alice.","cache_control"');
    expect(isMarked({})).toBe(true);
    expect(isMarked(three)).toBe(true);
    expect(isMarked({ ...three, cache_control: mark })).toBe(false);
    expect(isMarked({ ...three, system: [block("s", mark)] })).toBe(false);
    expect(isMarked({ messages: [{ role: "user", content: [block("u", { ...mark, ttl: "1h" })] }] })).toBe(false);
  });

  it("leaves out what another model thought earlier, which bears no signature", () => {
    const said = { type: "text", text: "Four." };
    const thoughts = ["", "Eq"].map((signature) => ({ type: "thinking", thinking: "2 + 2", signature }));
    const { messages: turns } = sent({ messages: [{ role: "assistant", content: [...thoughts, said] }] });
    expect(turns).toEqual([{ role: "assistant", content: [thoughts[1], said] }]);
  });

  it("has its templates expanded where they stood", () => {
    const body = CountTokensRequest.parse({
      model: "alice",
      system: [
        { type: "text", text: "You know ${bob}." },
        { type: "text", text: "Always." },
      ],
      messages: [
        { role: "user", content: [{ type: "text", text: "Who is ${bob}?", cache_control: mark }] },
        { role: "assistant", content: "A friend." },
        { role: "user", content: "And ${bob}?" },
      ],
    });
    const before = toChatRequest(body).request.messages;
    const replaced = JSON.parse(JSON.stringify(before).replaceAll("${bob}", "Bob Stone")) as typeof before;
    expect(
      toNativeBody(body, { model, persona: null, lastingPersona: () => "" }, expansions(before, replaced)),
    ).toEqual({
      ...(JSON.parse(JSON.stringify(body).replaceAll("${bob}", "Bob Stone")) as object),
      model: "claude-x",
    });
    expect(expansions(before, before).size).toBe(0);
  });
});

it("passes Anthropic's own headers on and no others", () => {
  const headers = new Headers({
    "anthropic-version": "2030-01-01",
    "anthropic-beta": "a,b",
    authorization: "Bearer secret",
    "x-api-key": "secret",
    cookie: "c",
  });
  expect(nativeHeaders(headers)).toEqual({ "anthropic-version": "2030-01-01", "anthropic-beta": "a,b" });
  expect(nativeHeaders(new Headers())).toEqual({ "anthropic-version": "2023-06-01" });
});
