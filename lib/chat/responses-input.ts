import { z } from "zod";
import { AppError, InvalidInputError } from "@/lib/errors";
import { Content, toChatParts, toContent } from "./responses-content";
import { type Kept, nothingKept, whyNotKept } from "./responses-kept";
import { type InputItem, readPart, type ResponsesRequest } from "./responses-schemas";
import { type ChatMessage, type ContentPart, messageText } from "./schemas";

const Message = z.looseObject({ role: z.enum(["user", "assistant", "system", "developer"]), content: Content });
const FunctionCall = z.looseObject({ call_id: z.string(), name: z.string(), arguments: z.string() });
const FunctionOutput = z.looseObject({ call_id: z.string(), output: Content });
const Reference = z.looseObject({ id: z.string() });

/**
 * The conversation of a request as messages: instructions first, calls with what they gave, reasoning passed over.
 *
 * @param kept what the request names instead of holding it; what it continues comes first, without its instructions
 * @throws {InvalidInputError} for items that live at OpenAI, and for outputs of calls that were not made
 * @throws {AppError} `not_found` an item that is named is not in `kept`
 */
export function toMessages(
  { instructions, input }: Pick<ResponsesRequest, "instructions" | "input">,
  kept: Kept = nothingKept,
): ChatMessage[] {
  const conversation = new Conversation();
  const known: Known = { named: kept.named, said: new Set(kept.earlier.map(({ id }) => id)) };
  for (const item of kept.earlier) addItem(conversation, item, "previous_response_id", known);
  if (typeof input === "string") conversation.say({ role: "user", content: input });
  else (input ?? []).forEach((item, index) => addItem(conversation, item, `input.${index}`, known));
  const messages = conversation.messages();
  if (messages.length === 0) throw new InvalidInputError("input must hold a message.", "input");
  return instructions ? [{ role: "system", content: instructions }, ...messages] : messages;
}

/** What references can name, and what is in the conversation already. */
type Known = { named: Kept["named"]; said: Set<unknown> };

function addItem(conversation: Conversation, item: InputItem, place: string, known: Known): void {
  switch (item.type ?? "message") {
    case "message": {
      const { role, content } = readPart(Message, item, place);
      const parts = toChatParts(content, `${place}.content`);
      const between = { user: null, assistant: "", system: "\n", developer: "\n" }[role];
      return conversation.say({ role, content: toContent(parts, between) });
    }
    case "function_call": {
      const { call_id: id, name, arguments: text } = readPart(FunctionCall, item, place);
      return conversation.call({ id, type: "function", function: { name, arguments: text } });
    }
    case "function_call_output": {
      const { call_id: id, output } = readPart(FunctionOutput, item, place);
      return conversation.answer(id, toChatParts(output, `${place}.output`), place);
    }
    // what a model thought is its own: other models could not read it, and the answer carries what matters
    case "reasoning":
      return;
    case "item_reference":
      return addNamed(conversation, readPart(Reference, item, place).id, place, known);
    default:
      throw new InvalidInputError(
        `${place} is of type ${item.type}, which is not served here: message, function_call, function_call_output and reasoning are.`,
        `${place}.type`,
      );
  }
}

/** What is there already is not said again: clients name items of the conversation that they continue. */
function addNamed(conversation: Conversation, id: string, place: string, known: Known): void {
  // thoughts would be passed over anyway
  if (id.startsWith("rs_") || known.said.has(id)) return;
  const item = known.named.get(id);
  if (item === undefined) {
    const why = `${place} names the item ${id}, which was not found: its response ${whyNotKept}.`;
    const instead = "Send the item itself: SDKs do when store is false (AI SDK: providerOptions.openai.store).";
    throw new AppError("not_found", `${why} ${instead}`, { param: place });
  }
  known.said.add(id);
  addItem(conversation, item, place, known);
}

type ToolCall = { id: string; type: "function"; function: { name: string; arguments: string } };

/** A message, and for one that calls functions what these gave: text, and what a tool message has no place for. */
type Turn = { message: ChatMessage; calls: ToolCall[]; answers: ChatMessage[]; shown: ContentPart[] };

/**
 * Brings items into the order that chat completions require: one message with all calls of a turn, then the outputs of
 * each of them, then everything else.
 */
class Conversation {
  private readonly turns: Turn[] = [];
  private readonly turnOfCall = new Map<string, Turn>();

  say(message: ChatMessage): void {
    const open = message.role === "assistant" ? this.openTurn() : null;
    if (open === null || open.calls.length === 0) {
      this.turns.push({ message, calls: [], answers: [], shown: [] });
      return;
    }
    const said = [messageText(open.message), messageText(message)].filter((text) => text !== "").join("\n");
    open.message = { ...open.message, content: said };
  }

  call(call: ToolCall): void {
    let turn = this.openTurn();
    if (turn === null) {
      turn = { message: { role: "assistant", content: null }, calls: [], answers: [], shown: [] };
      this.turns.push(turn);
    }
    turn.calls.push(call);
    this.turnOfCall.set(call.id, turn);
  }

  /** @throws {InvalidInputError} nothing was called by that id */
  answer(id: string, parts: ContentPart[], place: string): void {
    const turn = this.turnOfCall.get(id);
    if (turn === undefined) {
      const why = `${place} is the output of the call ${id}, but no function_call before it has that call_id.`;
      throw new InvalidInputError(why, `${place}.call_id`);
    }
    const shown = parts.filter(({ type }) => type !== "text");
    const text = toContent(
      parts.filter(({ type }) => type === "text"),
      "\n",
    );
    const content = text === "" && shown.length > 0 ? "It follows below." : text;
    turn.answers.push({ role: "tool", tool_call_id: id, content });
    if (shown.length > 0) turn.shown.push({ type: "text", text: `The output of the call ${id}:` }, ...shown);
  }

  messages(): ChatMessage[] {
    return this.turns.flatMap(({ message, calls, answers, shown }) => [
      calls.length === 0 ? message : { ...message, tool_calls: calls },
      ...answers,
      ...(shown.length === 0 ? [] : [{ role: "user" as const, content: shown }]),
    ]);
  }

  /** The last turn, while it is the model's and nothing has answered it. */
  private openTurn(): Turn | null {
    const last = this.turns.at(-1);
    return last?.message.role === "assistant" && last.answers.length === 0 ? last : null;
  }
}
