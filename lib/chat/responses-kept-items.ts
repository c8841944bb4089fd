import { newResponseId } from "./responses-object";
import type { InputItem, ResponsesRequest } from "./responses-schemas";

/** The beginnings of the ids of items by their type. */
const prefixes: Record<string, Parameters<typeof newResponseId>[0]> = {
  message: "msg",
  function_call: "fc",
  function_call_output: "fco",
  reasoning: "rs",
};

/** The input of a request as it is kept: items with ids, and texts as parts. References stay references. */
export function toKeptItems(input: ResponsesRequest["input"]): InputItem[] {
  const items = typeof input === "string" ? [{ role: "user", content: input }] : (input ?? []);
  return items.map(toKeptItem);
}

function toKeptItem(item: InputItem): InputItem {
  const type = item.type ?? "message";
  if (type === "item_reference") return item;
  const { id, status, role, content } = item;
  return {
    ...item,
    id: typeof id === "string" && id !== "" ? id : newResponseId(prefixes[type] ?? "msg"),
    type,
    status: typeof status === "string" ? status : "completed",
    ...(typeof content === "string" ? { content: [toPart(role, content)] } : {}),
  };
}

function toPart(role: unknown, text: string): Record<string, unknown> {
  return role === "assistant"
    ? { type: "output_text", text, annotations: [], logprobs: [] }
    : { type: "input_text", text };
}
