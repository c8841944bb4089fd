import { APICallError, generateText, type LanguageModel, NoObjectGeneratedError, Output, RetryError } from "ai";
import { runTask } from "@/lib/compute/pool";
import { AppError } from "@/lib/errors";
import type { embedExtraction } from "./embed-extraction";
import type { CompileEngine, ExtractInput, Extraction } from "./engine";
import { extractionInstructions, extractionPrompt } from "./llm-prompt";
import { ModelAnswer, type ModelStatement, salvageAnswer } from "./model-statement";

/** Raised when prompt or schema change what is read in a text. */
const promptVersion = 1;
const modelTimeoutMs = 120_000;
const embedTimeoutMs = 60_000;
/** Some 40 statements; a chunk of 800 tokens seldom holds 20. */
const maxOutputTokens = 6_000;
const attempts = 2;

type Usage = { inputTokens: number; outputTokens: number };
type Answer = { statements: ModelStatement[]; refused: number };
type Embed = (input: Parameters<typeof embedExtraction>[0], signal?: AbortSignal) => Promise<Extraction>;

const embedInThread: Embed = (input, signal) =>
  runTask("embedExtraction", input, { timeoutMs: embedTimeoutMs, ...(signal ? { signal } : {}) });

/**
 * An engine that has a language model read each chunk.
 *
 * @param embed finds quotes, spans and vectors; in a worker thread unless a test gives its own
 */
export function llmEngine(
  { model, id }: { model: LanguageModel; id: string },
  embed: Embed = embedInThread,
): CompileEngine {
  return {
    id: `llm:${id}`,
    version: String(promptVersion),
    async extract(input, signal) {
      const usage: Usage = { inputTokens: 0, outputTokens: 0 };
      const { statements, refused } = await ask(model, input, usage, signal);
      const extraction = await embed({ ...input, found: statements }, signal);
      return { ...extraction, dropped: extraction.dropped + refused, usage };
    },
  };
}

/**
 * Asks, and once more when the answer is not valid; of a second invalid answer its valid statements are kept.
 *
 * @throws {NoObjectGeneratedError} neither answer holds a list of statements
 * @throws {AppError} `upstream_failed` with the provider's message
 */
async function ask(model: LanguageModel, input: ExtractInput, usage: Usage, signal?: AbortSignal): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      const result = await generateText({
        model,
        instructions: extractionInstructions,
        prompt: extractionPrompt(input),
        output: Output.object({ schema: ModelAnswer }),
        maxOutputTokens,
        timeout: modelTimeoutMs,
        ...(signal ? { abortSignal: signal } : {}),
      });
      add(usage, result.usage);
      return { statements: result.output.statements, refused: 0 };
    } catch (error) {
      if (!NoObjectGeneratedError.isInstance(error)) throw signal?.aborted ? error : providerFailure(error);
      add(usage, error.usage);
      if (attempt < attempts) continue;
      const saved = salvageAnswer(error.text ?? "");
      if (saved === null) throw error;
      return saved;
    }
  }
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
