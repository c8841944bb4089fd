import { inputTokens, type TokenUsage } from "@/lib/billing/prices";
import { runTask } from "@/lib/compute/pool";
import { log } from "@/lib/log";
import { estimateTokens } from "./estimate-tokens";
import type { MeteredCall } from "./meter";

/** What came of a call. */
export type Outcome = {
  usage: TokenUsage | null;
  /** what reached the client, to be counted when `usage` is null or cannot be true; read only then */
  text: string;
  /** from the request to its first byte */
  firstByteMs: number | null;
  /** false: the answer broke off, so that a count which the provider gave along the way may be of less */
  isWhole?: boolean;
  /** how many bytes reached the client */
  bytes?: number;
};

/** More bytes of a stream for one token than any provider sends, log-probabilities and all. */
const maxBytesPerToken = 4_096;

/**
 * The provider's count, or ours where it says nothing or what cannot be: nothing while text came, far less than came,
 * or more than the model can read or write.
 */
export async function countOutcome(call: MeteredCall, outcome: Outcome): Promise<TokenUsage> {
  const usage = outcome.usage !== null && isPossible(call, outcome.usage) ? outcome.usage : null;
  const isInputTold = usage !== null && inputTokens(usage) > 0;
  const isOutputTold = usage !== null && usage.output > 0 && outcome.isWhole !== false && !isTooLow(usage, outcome);
  if (usage !== null && isInputTold && isOutputTold) return usage;
  const texts = [isInputTold ? "" : call.inputText(), isOutputTold ? "" : outcome.text];
  const [input = 0, output = 0] = await countTokens(texts);
  const told = usage ?? { input: 0, output: 0 };
  return { ...told, ...(isInputTold ? {} : { input }), output: Math.max(told.output, output) };
}

/** Tokens of each text, in a thread; estimated when that fails. */
export async function countTokens(texts: string[]): Promise<number[]> {
  if (texts.every((text) => text === "")) return texts.map(() => 0);
  try {
    return await runTask("countTokens", { texts });
  } catch (error) {
    log.warn("tokens were estimated, since counting failed", { error });
    return texts.map(estimateTokens);
  }
}

/** Twice what the catalogue knows, since it may be behind. */
function isPossible({ model, body }: MeteredCall, usage: TokenUsage): boolean {
  const asked = typeof body === "object" && body !== null && "n" in body ? Number(body.n) : 1;
  const answers = Number.isInteger(asked) && asked > 0 ? asked : 1;
  return inputTokens(usage) <= 2 * model.contextTokens && usage.output <= 2 * model.maxOutputTokens * answers;
}

function isTooLow(usage: TokenUsage, { bytes = 0 }: Outcome): boolean {
  return usage.output * maxBytesPerToken < bytes;
}
