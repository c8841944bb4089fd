import { z } from "zod";
import { InvalidInputError } from "@/lib/errors";
import { readPart, type ResponsesRequest } from "./responses-schemas";

const FunctionTool = z.looseObject({
  type: z.literal("function"),
  name: z.string().min(1),
  description: z.string().nullish(),
  parameters: z.looseObject({}).nullish(),
  strict: z.boolean().nullish(),
});
export type FunctionTool = z.infer<typeof FunctionTool>;

const Named = z.looseObject({ name: z.string() });
const Allowed = z.looseObject({ mode: z.enum(["auto", "required"]), tools: z.array(z.looseObject({})) });

type ToolRequest = Pick<ResponsesRequest, "tools" | "tool_choice" | "parallel_tool_calls">;

/** The function tools of a request. @throws {InvalidInputError} for any other tool, which nobody here could run */
export function readTools({ tools }: Pick<ToolRequest, "tools">): FunctionTool[] {
  return (tools ?? []).map((tool, index) => {
    const place = `tools.${index}`;
    if (tool.type === "function") return readPart(FunctionTool, tool, place);
    const what = `${place} is of type ${tool.type}, which is not served here: tools of type function are.`;
    throw new InvalidInputError(`${what} Describe it as a function and run it in your own code.`, `${place}.type`);
  });
}

/**
 * Tools, the choice among them and whether several may be called at once, as chat completions take them.
 *
 * Without tools nothing is said about them: chat completions refuse a choice of none. Allowed tools are a shorter list
 * of tools, which every model understands.
 */
export function toToolFields(request: ToolRequest): Record<string, unknown> {
  const { choice, allowed } = readChoice(request.tool_choice);
  const all = readTools(request);
  const tools = allowed === null ? all : all.filter(({ name }) => allowed.includes(name));
  if (all.length > 0 && tools.length === 0) {
    throw new InvalidInputError("tool_choice.tools names none of the functions in tools.", "tool_choice.tools");
  }
  if (tools.length === 0 && choice !== null && choice !== "auto" && choice !== "none") {
    throw new InvalidInputError("tool_choice asks for a function to be called, but tools holds none.", "tool_choice");
  }
  if (tools.length === 0) return {};
  return {
    tools: tools.map(toChatTool),
    ...(choice === null ? {} : { tool_choice: choice }),
    ...(typeof request.parallel_tool_calls === "boolean" ? { parallel_tool_calls: request.parallel_tool_calls } : {}),
  };
}

function toChatTool({ name, description, parameters, strict }: FunctionTool): Record<string, unknown> {
  return {
    type: "function",
    function: {
      name,
      ...(description ? { description } : {}),
      ...(parameters ? { parameters } : {}),
      ...(typeof strict === "boolean" ? { strict } : {}),
    },
  };
}

/** @returns `allowed` the names of the tools that may be called, null for all */
function readChoice(choice: ToolRequest["tool_choice"]): { choice: unknown; allowed: string[] | null } {
  if (choice === null || choice === undefined) return { choice: null, allowed: null };
  if (typeof choice === "string") return { choice, allowed: null };
  if (choice.type === "function") {
    const { name } = readPart(Named, choice, "tool_choice");
    return { choice: { type: "function", function: { name } }, allowed: null };
  }
  if (choice.type === "allowed_tools") {
    const { mode, tools } = readPart(Allowed, choice, "tool_choice");
    return { choice: mode, allowed: tools.map((tool) => String(tool["name"] ?? "")) };
  }
  throw new InvalidInputError(
    `tool_choice is of type ${choice.type}, which is not served here: none, auto, required, function and allowed_tools are.`,
    "tool_choice.type",
  );
}
