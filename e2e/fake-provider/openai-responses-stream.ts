import { type Answer, piecesOf } from "./answer";
import { asArray, asRecord, asString, type JsonRecord } from "./json-value";
import type { StreamEvent, UsageMode } from "./reply";

/**
 * The events of a streamed response, numbered in order, from `response.created` to `response.completed`
 * (or `response.incomplete`). This wire has no `[DONE]`. Usage twice: `response.in_progress` has it too.
 */
export function responsesEvents(whole: JsonRecord, one: Answer, usage: UsageMode): StreamEvent[] {
  const begun = { ...whole, status: "in_progress", incomplete_details: null, output: [], usage: null };
  const ended = usage === "none" ? { ...whole, usage: null } : whole;

  const events: JsonRecord[] = [
    { type: "response.created", response: begun },
    { type: "response.in_progress", response: usage === "twice" ? { ...begun, usage: whole["usage"] } : begun },
    ...asArray(whole["output"])
      .map(asRecord)
      .flatMap((item, index) =>
        item["type"] === "message" ? textEvents(item, index, one.text) : callEvents(item, index),
      ),
    { type: one.finish === "length" ? "response.incomplete" : "response.completed", response: ended },
  ];

  return events.map((event, index) => ({
    event: asString(event["type"]) ?? "",
    data: { ...event, sequence_number: index },
  }));
}

function textEvents(item: JsonRecord, outputIndex: number, text: string): JsonRecord[] {
  const at = { item_id: item["id"], output_index: outputIndex, content_index: 0 };
  const part = (value: string): JsonRecord => ({ type: "output_text", text: value, annotations: [], logprobs: [] });

  return [
    {
      type: "response.output_item.added",
      output_index: outputIndex,
      item: { ...item, status: "in_progress", content: [] },
    },
    { type: "response.content_part.added", ...at, part: part("") },
    ...piecesOf(text).map((delta) => ({ type: "response.output_text.delta", ...at, delta, logprobs: [] })),
    { type: "response.output_text.done", ...at, text, logprobs: [] },
    { type: "response.content_part.done", ...at, part: part(text) },
    { type: "response.output_item.done", output_index: outputIndex, item },
  ];
}

function callEvents(item: JsonRecord, outputIndex: number): JsonRecord[] {
  const at = { item_id: item["id"], output_index: outputIndex };
  const args = asString(item["arguments"]) ?? "";

  return [
    {
      type: "response.output_item.added",
      output_index: outputIndex,
      item: { ...item, arguments: "", status: "in_progress" },
    },
    ...piecesOf(args).map((delta) => ({ type: "response.function_call_arguments.delta", ...at, delta })),
    { type: "response.function_call_arguments.done", ...at, arguments: args, name: item["name"] },
    { type: "response.output_item.done", output_index: outputIndex, item },
  ];
}
