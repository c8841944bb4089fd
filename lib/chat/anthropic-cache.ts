import { estimateTokens } from "./estimate-tokens";

/** Most places of a request that Anthropic lets be marked for its prompt cache. */
const maxMarks = 4;

/**
 * Fewest tokens that any of its models keeps; a mark behind fewer is ignored there and costs nothing.
 * Source: https://platform.claude.com/docs/en/build-with-claude/prompt-caching#cache-limitations
 */
const fewestTokens = 1_024;

/** A block of a system prompt. */
export type SystemBlock = { type: "text"; text: string; cache_control?: { type: "ephemeral" } };

/**
 * A system prompt that begins with what lasts, as Anthropic keeps that: behind it stands a mark, so that the next
 * request of the same face within five minutes pays a tenth for it (and the first a quarter more).
 *
 * @param lasting the beginning of `system` that is the same in every conversation
 * @returns `system` itself where there is too little to be kept
 */
export function cachedSystem(system: string, lasting: string): string | SystemBlock[] {
  if (!system.startsWith(lasting) || estimateTokens(lasting) < fewestTokens) return system;
  const rest = system.slice(lasting.length).trimStart();
  const kept = { type: "text" as const, text: lasting, cache_control: { type: "ephemeral" as const } };
  return rest === "" ? [kept] : [kept, { type: "text", text: rest }];
}

/**
 * Whether a mark may be set ahead of a client's own ones: there must be one left, and no mark for five minutes may
 * stand ahead of one for an hour.
 *
 * @param marked whatever of a request may hold marks
 */
export function hasMarkLeft(marked: unknown): boolean {
  const marks = cacheMarks(marked);
  return marks.length < maxMarks && !marks.some((mark) => mark["ttl"] === "1h");
}

function cacheMarks(value: unknown): Record<string, unknown>[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(cacheMarks);
  const { cache_control: mark, content } = value as Record<string, unknown>;
  const inner = typeof content === "object" ? cacheMarks(content) : [];
  return typeof mark === "object" && mark !== null ? [mark as Record<string, unknown>, ...inner] : inner;
}
