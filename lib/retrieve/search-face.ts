import type { Ctx } from "@/lib/auth/context";
import { requireReadableFace } from "@/lib/faces/require-face";
import { retrieve } from "./retrieve";
import type { SearchInput } from "./schemas";

/**
 * Retrieval alone, as the API answers it: no model is called, nothing is charged.
 *
 * @param ref id or username of a face that the caller may read
 * @throws {NotFoundError} it is missing, or somebody else's
 */
export async function searchFace(ctx: Ctx, ref: string, input: SearchInput) {
  const face = await requireReadableFace(ctx, ref);
  const question = input.messages === undefined ? { query: input.query ?? "" } : { messages: input.messages };
  const found = await retrieve(ctx, face, { ...question, k: input.k, tokenBudget: input.token_budget }, ctx.signal);
  return {
    items: found.items.map(({ previousText, ...item }) =>
      previousText === undefined ? item : { ...item, previous_text: previousText },
    ),
    abstain: found.abstain,
    tokens: found.tokens,
    took_ms: found.tookMs,
  };
}
