import { isJsonObject } from "@/lib/json";
/** Most answers that a request may ask for at once: OpenAI's own limit of `n`. */
const maxChoices = 128;

/**
 * All that was generated in a chat completion, or in one chunk of it, choice by choice: what was said, refused and
 * thought, and the tools that were called. It is read as leniently as can be, since it is what is charged where a
 * provider does not count.
 *
 * @param into by index of the choice; added to
 */
export function addGenerated(answer: unknown, into: string[]): void {
  if (!isJsonObject(answer) || !Array.isArray(answer["choices"])) return;
  for (const choice of answer["choices"] as unknown[]) {
    if (!isJsonObject(choice)) continue;
    const text = saidText(choice["delta"] ?? choice["message"]) + textOf(choice["text"]);
    if (text === "") continue;
    const { index } = choice;
    const at = typeof index === "number" && Number.isInteger(index) && index >= 0 && index < maxChoices ? index : 0;
    // as many as there are, or a hole would be no text
    while (into.length <= at) into.push("");
    into[at] += text;
  }
}

/** All that was generated in a whole answer, as one text. */
export function generatedText(answer: unknown): string {
  const choices: string[] = [];
  addGenerated(answer, choices);
  return choices.join("\n");
}

function saidText(said: unknown): string {
  if (!isJsonObject(said)) return "";
  // two names that servers of open models give to the same thing
  let text = textOf(said["reasoning_content"] ?? said["reasoning"]);
  text += textOf(said["content"]) + textOf(said["refusal"]) + callText(said["function_call"]);
  if (isJsonObject(said["audio"])) text += textOf(said["audio"]["transcript"]);
  if (Array.isArray(said["tool_calls"])) for (const call of said["tool_calls"] as unknown[]) text += toolText(call);
  return text;
}

function toolText(call: unknown): string {
  return isJsonObject(call) ? callText(call["function"] ?? call["custom"]) : "";
}

function callText(call: unknown): string {
  return isJsonObject(call) ? textOf(call["name"]) + textOf(call["arguments"] ?? call["input"]) : "";
}

/** A text, or the texts of its parts. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return (content as unknown[])
    .map((part) => (isJsonObject(part) ? textOf(part["text"] ?? part["thinking"]) : ""))
    .join("");
}
