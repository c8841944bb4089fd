import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nothingKept } from "./responses-kept";
import { toKeptItems } from "./responses-kept-items";
import { toChatRequest } from "./responses-request";
import { type InputItem, ResponsesRequest } from "./responses-schemas";

const content = fc.oneof(
  fc.string(),
  fc.array(
    fc.oneof(
      fc.record({ type: fc.constant("input_text"), text: fc.string() }),
      fc.record({ type: fc.constant("input_image"), image_url: fc.constant("data:image/png;base64,AA==") }),
    ),
    { minLength: 1, maxLength: 3 },
  ),
);
const message = fc.oneof(
  fc.record({ role: fc.constantFrom("user", "developer"), content }),
  fc.record({ type: fc.constant("message"), role: fc.constant("assistant"), content: fc.string() }),
  fc.record({
    type: fc.constant("message"),
    role: fc.constant("assistant"),
    content: fc.array(fc.record({ type: fc.constant("output_text"), text: fc.string() }), { minLength: 1 }),
  }),
);
const called = fc.uuid().map((id) => [
  { type: "function_call", call_id: id, name: "fire", arguments: "{}" },
  { type: "function_call_output", call_id: id, output: "1200 °C" },
]);
const thought = fc.constant({ type: "reasoning", id: "rs_1", summary: [] });
const conversation = fc
  .array(fc.oneof(message, called, thought), { minLength: 1, maxLength: 8 })
  .map((items) => items.flat() as InputItem[]);

function request(input: InputItem[]): ResponsesRequest {
  return ResponsesRequest.parse({ model: "alice", input: [...input, { role: "user", content: "And now?" }] });
}

const read = (value: unknown): InputItem[] => JSON.parse(JSON.stringify(value)) as InputItem[];

describe("any conversation", () => {
  it("means the same when a part of it was kept, wherever it is cut", () => {
    const property = fc.property(conversation, fc.nat(8), (items, at) => {
      const earlier = read(toKeptItems(request(items.slice(0, at)).input)).slice(0, -1);
      const whole = toChatRequest(request(items)).messages;
      expect(toChatRequest(request(items.slice(at)), { ...nothingKept, earlier }).messages).toEqual(whole);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it("means the same when its items are named", () => {
    const property = fc.property(conversation, (items) => {
      const kept = read(toKeptItems(request(items).input)).slice(0, -1);
      const named = new Map(kept.map((item) => [String(item["id"]), item]));
      const references = kept.map(({ id }) => ({ type: "item_reference", id }));
      const whole = toChatRequest(request(items)).messages;
      expect(toChatRequest(request(references), { ...nothingKept, named }).messages).toEqual(whole);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it("is kept with an id for each item, its own where it has one, and references as they are", () => {
    const property = fc.property(conversation, (items) => {
      const kept = toKeptItems(request(items).input);
      expect(kept).toHaveLength(items.length + 1);
      const made = kept.flatMap(({ id }) => (id === "rs_1" ? [] : [id]));
      expect(new Set(made).size).toBe(made.length);
      for (const { id, status } of kept) expect([typeof id, status]).toEqual(["string", "completed"]);
      expect(toKeptItems(kept)).toEqual(kept);
    });
    fc.assert(property, { numRuns: 200 });
    const reference = { type: "item_reference", id: "msg_1" };
    expect(toKeptItems([reference])).toEqual([reference]);
    expect(toKeptItems("Hello")).toMatchObject([{ role: "user", content: [{ type: "input_text", text: "Hello" }] }]);
    expect(toKeptItems(null)).toEqual([]);
  });
});
