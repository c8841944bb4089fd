import { countTokens } from "./meter-count";
import type { PromptPart, PromptSection } from "./prompt";

/** The input of a call by what it was for; `messages`: the client's own, with its tools and what the provider adds. */
export type TokenParts = Partial<Record<PromptPart, number>> & { messages: number };

/** Sections that many conversations share are counted once; this many are remembered, some megabytes at most. */
const maxRemembered = 1_000;
const remembered = new Map<string, number>();

/** Of longer conversations this much is counted, and the rest taken to be like it, in characters. */
const sampleCharacters = 40_000;

/**
 * Shares out the tokens of an input among what they were for. Counted in a thread, what is the face's alone only once.
 *
 * We count by OpenAI's encoding and are charged by the provider's: the parts are shares of what was charged. Only the
 * provider knows what an image takes; then ours is taken as it is, and the rest is the client's.
 *
 * @param clientText the client's own words and tools; null where it sent more than text
 * @param input tokens as charged, to which the parts add up
 */
export async function tokenParts(
  sections: readonly PromptSection[],
  clientText: string | null,
  input: number,
): Promise<TokenParts> {
  if (sections.length === 0) return { messages: input };
  const sample = (clientText ?? "").slice(0, sampleCharacters);
  const { parts, rest } = await countPrompt(sections, sample);
  if (clientText === null) return sharesOf(parts, Math.max(0, input - sumOf(parts)), input);
  return sharesOf(parts, sample === "" ? 0 : (rest * clientText.length) / sample.length, input);
}

type PromptTokens = Partial<Record<PromptPart, number>>;

/** A section is counted with the blank line behind it, at which no token of the encoding goes on. */
async function countPrompt(
  sections: readonly PromptSection[],
  other: string,
): Promise<{ parts: PromptTokens; rest: number }> {
  const texts = sections.map(({ text }) => `${text}\n\n`);
  const known = texts.map((text) => remembered.get(text));
  const unknown = texts.filter((_, at) => known[at] === undefined);
  const [rest = 0, ...counted] = await countTokens([other, ...unknown]);
  const counts = new Map(unknown.map((text, at) => [text, counted[at] ?? 0]));
  const parts: PromptTokens = {};
  sections.forEach(({ part }, at) => {
    const text = texts[at] ?? "";
    const count = known[at] ?? counts.get(text) ?? 0;
    parts[part] = (parts[part] ?? 0) + count;
    // what was found is another in the next conversation
    if (part !== "found") remember(text, count);
  });
  return { parts, rest };
}

/** Whole numbers in proportion, which add up to `input` exactly. */
function sharesOf(parts: PromptTokens, messages: number, input: number): TokenParts {
  const total = sumOf(parts) + messages;
  const shares: TokenParts = { messages: input };
  let counted = 0;
  let shared = 0;
  for (const [part, count] of Object.entries(parts) as [PromptPart, number][]) {
    counted += count;
    const upTo = total === 0 ? 0 : Math.round((counted * input) / total);
    shares[part] = upTo - shared;
    shared = upTo;
  }
  shares.messages = input - shared;
  return shares;
}

function sumOf(parts: PromptTokens): number {
  return Object.values(parts).reduce((sum, count) => sum + count, 0);
}

/** The one that was not used for longest is forgotten. */
function remember(text: string, count: number): void {
  remembered.delete(text);
  remembered.set(text, count);
  if (remembered.size <= maxRemembered) return;
  for (const [oldest] of remembered) return void remembered.delete(oldest);
}
