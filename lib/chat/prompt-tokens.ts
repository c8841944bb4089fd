import { countTokens } from "./meter-count";
import type { PromptPart, PromptSection } from "./prompt";

export type PromptTokens = Partial<Record<PromptPart, number>>;

/** Sections that many conversations share are counted once; this many are remembered, some megabytes at most. */
const maxRemembered = 1_000;
const remembered = new Map<string, number>();

/**
 * The tokens of a prompt by what they are for. Counted in a thread, what is the face's alone only once.
 *
 * A section is counted with the blank line behind it, at which no token of the encoding goes on: the parts add up to
 * the whole.
 */
export async function countPrompt(sections: readonly PromptSection[]): Promise<PromptTokens> {
  const texts = sections.map(({ text }, at) => (at === sections.length - 1 ? text : `${text}\n\n`));
  const known = texts.map((text) => remembered.get(text));
  const unknown = texts.filter((_, at) => known[at] === undefined);
  const counted = unknown.length === 0 ? [] : await countTokens(unknown);
  const counts = new Map(unknown.map((text, at) => [text, counted[at] ?? 0]));
  const parts: PromptTokens = {};
  sections.forEach(({ part }, at) => {
    const text = texts[at] ?? "";
    const count = known[at] ?? counts.get(text) ?? 0;
    parts[part] = (parts[part] ?? 0) + count;
    // what was found is another in the next conversation
    if (part !== "found") remember(text, count);
  });
  return parts;
}

export function sumOf(parts: PromptTokens): number {
  return Object.values(parts).reduce((sum, count) => sum + count, 0);
}

/** The one that was not used for longest is forgotten. */
function remember(text: string, count: number): void {
  remembered.delete(text);
  remembered.set(text, count);
  if (remembered.size <= maxRemembered) return;
  for (const [oldest] of remembered) return void remembered.delete(oldest);
}
