import { z } from "zod";
import { InvalidInputError } from "@/lib/errors";

const positive = z.int().min(1);

/** One item of `input`; what an item must hold follows from its type, and is checked where it is read. */
export const InputItem = z.looseObject({ type: z.string().nullish() });
export type InputItem = z.infer<typeof InputItem>;

/** A tool or a choice of one; which fields are there follows from its type. */
const Typed = z.looseObject({ type: z.string() });

const TextFormat = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text") }),
  z.looseObject({ type: z.literal("json_object") }),
  z.looseObject({
    type: z.literal("json_schema"),
    name: z.string(),
    schema: z.looseObject({}),
    description: z.string().nullish(),
    strict: z.boolean().nullish(),
  }),
]);
export type TextFormat = z.infer<typeof TextFormat>;

/**
 * OpenAI's request for a response. Fields that it shares with chat completions and that Faces does not read stay in it
 * and are the model's to judge.
 *
 * Source: https://platform.openai.com/docs/api-reference/responses/create
 */
export const ResponsesRequest = z.looseObject({
  model: z.string().trim().min(1, "must name a face or a model").max(400),
  input: z.union([z.string(), z.array(InputItem).max(20_000)]).nullish(),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  max_output_tokens: positive.nullish(),
  // the limits of chat completions, for clients that mix the two up
  max_tokens: positive.nullish(),
  max_completion_tokens: positive.nullish(),
  max_tool_calls: z.int().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  include: z.array(z.string()).nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  tools: z.array(Typed).max(1_000).nullish(),
  tool_choice: z.union([z.enum(["none", "auto", "required"]), Typed]).nullish(),
  text: z.looseObject({ format: TextFormat.nullish(), verbosity: z.string().nullish() }).nullish(),
  reasoning: z.looseObject({ effort: z.string().nullish(), summary: z.string().nullish() }).nullish(),
  background: z.boolean().nullish(),
  store: z.boolean().nullish(),
  previous_response_id: z.string().max(200).nullish(),
});
export type ResponsesRequest = z.infer<typeof ResponsesRequest>;

/**
 * Reads a part of a request by its schema.
 *
 * @param place where it stands, as the client wrote it: `input.2`
 * @throws {InvalidInputError} naming the field that is wrong
 */
export function readPart<T extends z.ZodType>(schema: T, value: unknown, place: string): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = [place, ...(issue?.path ?? [])].join(".");
  const isMissing = issue?.code === "invalid_type" && issue.message.endsWith("undefined");
  throw new InvalidInputError(
    isMissing ? `${path} is missing.` : `${path}: ${issue?.message ?? "is not valid"}.`,
    path,
  );
}
