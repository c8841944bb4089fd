import {
  APICallError,
  generateText,
  type LanguageModel,
  type ModelMessage,
  NoObjectGeneratedError,
  Output,
  RetryError,
} from "ai";
import { runTask } from "@/lib/compute/pool";
import { AppError } from "@/lib/errors";
import type { embedExtraction } from "./embed-extraction";
import type { CompileEngine, ExtractInput, Extraction } from "./engine";
import { extractionInstructions, extractionPrompt, repairPrompt } from "./llm-prompt";
import { ModelAnswer, type ReadAnswer, salvageAnswer } from "./model-statement";

/** Raised when prompt or schema change what is read in a text. */
const promptVersion = 3;
/** For one piece, with every repeated call. */
const modelTimeoutMs = 180_000;
const embedTimeoutMs = 60_000;
/** Some 40 statements; a chunk of 800 tokens seldom holds 20. */
const maxOutputTokens = 6_000;
/** An answer that cannot be read is sent back twice. */
const mostAnswers = 3;
/** After a 429, a 5xx or a broken connection, with growing pauses or the one that the provider asks for. */
const retriesPerCall = 3;

type Usage = { inputTokens: number; outputTokens: number };
type Embed = (input: Parameters<typeof embedExtraction>[0], signal?: AbortSignal) => Promise<Extraction>;
type Options = { embed?: Embed; timeoutMs?: number };

const embedInThread: Embed = (input, signal) =>
  runTask("embedExtraction", input, { timeoutMs: embedTimeoutMs, ...(signal ? { signal } : {}) });

/**
 * An engine that has a language model read each chunk.
 *
 * @param options `embed` finds quotes, spans and vectors, in a worker thread unless a test gives its own;
 *   `timeoutMs` for one piece with all its calls
 */
export function llmEngine(
  { model, id }: { model: LanguageModel; id: string },
  { embed = embedInThread, timeoutMs = modelTimeoutMs }: Options = {},
): CompileEngine {
  return {
    id: `llm:${id}`,
    version: String(promptVersion),
    async extract(input, signal) {
      const usage: Usage = { inputTokens: 0, outputTokens: 0 };
      const { statements, refused } = await ask(model, input, usage, timeoutMs, signal);
      const extraction = await embed({ ...input, found: statements }, signal);
      return { ...extraction, dropped: extraction.dropped + refused, usage };
    },
  };
}

/**
 * Asks, and sends back an answer that cannot be read, twice at most. Of answers that stay invalid the one with most
 * valid statements is kept.
 *
 * @throws {AppError} `upstream_failed`: the provider refused, did not answer in time, or no answer held a list
 */
async function ask(
  model: LanguageModel,
  input: ExtractInput,
  usage: Usage,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<ReadAnswer> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const abortSignal = signal ? AbortSignal.any([signal, deadline]) : deadline;
  const messages: ModelMessage[] = [{ role: "user", content: extractionPrompt(input) }];
  let saved: ReadAnswer | null = null;
  for (let answer = 1; answer <= mostAnswers; answer += 1) {
    signal?.throwIfAborted();
    try {
      const statements = await call(model, messages, usage, abortSignal);
      return { statements, refused: 0 };
    } catch (error) {
      if (signal?.aborted) throw error;
      if (deadline.aborted) throw tooSlow(timeoutMs, error);
      if (!NoObjectGeneratedError.isInstance(error)) throw providerFailure(error);
      add(usage, error.usage);
      saved = better(saved, salvageAnswer(error.text ?? ""));
      const repair = repairPrompt(error.text ?? "", problemOf(error));
      // the first answer and what it was asked stay, later tries do not pile up
      messages.splice(1, 2, { role: "assistant", content: repair.answer }, { role: "user", content: repair.prompt });
    }
  }
  if (saved !== null) return saved;
  throw new AppError(
    "upstream_failed",
    `The model that compiles gave no answer that can be read, ${mostAnswers} times. Try again, or choose another COMPILE_MODEL.`,
  );
}

async function call(model: LanguageModel, messages: ModelMessage[], usage: Usage, abortSignal: AbortSignal) {
  const result = await generateText({
    model,
    instructions: extractionInstructions,
    messages,
    output: Output.object({ schema: ModelAnswer }),
    maxOutputTokens,
    maxRetries: retriesPerCall,
    abortSignal,
  });
  const { statements } = result.output;
  add(usage, result.usage);
  return statements;
}

function better(one: ReadAnswer | null, other: ReadAnswer | null): ReadAnswer | null {
  if (one === null || other === null) return one ?? other;
  return other.statements.length > one.statements.length ? other : one;
}

/** What was wrong, in the schema's words where it has some. */
function problemOf(error: NoObjectGeneratedError): string {
  if (error.finishReason === "length") return "it is too long and breaks off";
  const cause = error.cause instanceof Error ? (error.cause.cause ?? error.cause) : error.cause;
  return cause instanceof Error ? cause.message : error.message;
}

function tooSlow(timeoutMs: number, cause: unknown): AppError {
  const message = `The model that compiles did not answer within ${timeoutMs / 1000} s.`;
  return new AppError("upstream_failed", message, { cause });
}

/** The provider's own words: the owner reads them beside the sync that failed. */
function providerFailure(error: unknown): unknown {
  const last = RetryError.isInstance(error) ? error.lastError : error;
  if (!APICallError.isInstance(last)) return error;
  return new AppError("upstream_failed", `The model that compiles failed: ${last.message}`, { cause: error });
}

function add(
  usage: Usage,
  used: { inputTokens: number | undefined; outputTokens: number | undefined } | undefined,
): void {
  usage.inputTokens += used?.inputTokens ?? 0;
  usage.outputTokens += used?.outputTokens ?? 0;
}
