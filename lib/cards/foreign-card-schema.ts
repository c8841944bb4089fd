import { z } from "zod";

/** What cards of others hold varies: a field of another kind than it should be counts as empty. */
const Text = z
  .string()
  .max(200_000)
  .catch("")
  .transform((text) => text.replaceAll("\0", "").toWellFormed().trim());

const maxGreetings = 100;
const maxEntries = 1_000;

/** One at a time, so that a bad one does not take the others with it. */
const lenientList = <T extends z.ZodType>(item: T, max: number) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((all) => all.slice(0, max).flatMap((one) => item.safeParse(one).data ?? []) as z.output<T>[]);

const Entry = z.object({
  content: Text,
  name: Text.default(""),
  comment: Text.default(""),
  keys: lenientList(z.string().max(200), 50),
  enabled: z.boolean().catch(true),
});

/** The fields of versions 1, 2 and 3 that tell of somebody, and whether the others are there. */
export const ForeignCard = z.object({
  name: Text.default(""),
  nickname: Text.default(""),
  description: Text.default(""),
  personality: Text.default(""),
  scenario: Text.default(""),
  first_mes: Text.default(""),
  mes_example: Text.default(""),
  alternate_greetings: lenientList(Text, maxGreetings).default([]),
  group_only_greetings: lenientList(Text, maxGreetings).default([]),
  character_book: z
    .object({ entries: z.unknown() })
    .optional()
    .catch(undefined)
    .transform((book) => toEntries(book?.entries)),
  system_prompt: Text.default(""),
  post_history_instructions: Text.default(""),
  creator_notes: Text.default(""),
  creator: Text.default(""),
  tags: z.array(z.unknown()).catch([]),
  assets: z.array(z.unknown()).catch([]),
});
export type ForeignCard = z.infer<typeof ForeignCard>;
export type LoreEntry = z.infer<typeof Entry>;

/** Some writers keep the entries by number instead of in a list. */
function toEntries(entries: unknown): LoreEntry[] {
  if (typeof entries !== "object" || entries === null) return [];
  const all: unknown[] = Array.isArray(entries) ? entries : Object.values(entries);
  return all.slice(0, maxEntries).flatMap((one) => Entry.safeParse(one).data ?? []);
}
