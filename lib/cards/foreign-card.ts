import type { ForeignCard, LoreEntry } from "./foreign-card-schema";
import type { ImportReport, LeftOutReason } from "./schemas";

/** As long as `basic_facts` may be. */
const maxFacts = 20_000;
const maxLoreDocuments = 200;

/** A text of somebody else's card, to become a source. */
export type CardSource = {
  type: "document" | "thread";
  label: string;
  content: string;
  perspective: "first-person" | "third-person";
};

export type ForeignPlan = {
  name: string | null;
  aliases: string[];
  facts: string;
  sources: CardSource[];
  leftOut: ImportReport["left_out"];
};

/**
 * What of somebody else's card tells of a person: descriptions are facts, what the character says is a thread, and
 * its lore is a document for each entry. Nothing of it is compiled yet, and orders to a model stay out.
 */
export function planForeignCard(card: ForeignCard): ForeignPlan {
  const name = toName(card.name);
  const words = (text: string) => withNames(text, name ?? "the character");
  const leftOut: ForeignPlan["leftOut"] = [];
  const leave = (what: string, reason: LeftOutReason, count = 1) => {
    if (count > 0) leftOut.push({ what, reason, count });
  };
  const { facts, rest } = factsOf(card, words);
  const thread = threadOf(card, name ?? "Character", words);
  const lore = loreOf(card.character_book, words, leave);
  leave("system_prompt", "steers_model", Number(card.system_prompt !== ""));
  leave("post_history_instructions", "steers_model", Number(card.post_history_instructions !== ""));
  leave("creator_notes", "about_the_card", Number(card.creator_notes !== ""));
  leave("tags", "about_the_card", card.tags.length);
  leave("assets", "about_the_card", card.assets.length);
  return {
    name,
    aliases: toName(card.nickname) === null || card.nickname === name ? [] : [card.nickname.slice(0, 100)],
    facts,
    sources: [...rest, ...(thread === "" ? [] : [threadSource(thread)]), ...lore],
    leftOut,
  };
}

function toName(text: string): string | null {
  const name = text.replace(/\s+/gu, " ").trim().slice(0, 100).trim();
  return name === "" ? null : name;
}

/** `{{char}}` and `{{user}}` are written out; notes to a machine in braces (`{{// …}}`) go. */
function withNames(text: string, name: string): string {
  return withoutNotes(text)
    .replace(/\{\{char\}\}|<BOT>|<CHAR>/giu, () => name)
    .replace(/\{\{user\}\}|<USER>/giu, "User")
    .replace(/\r\n?/gu, "\n")
    .trim();
}

/** Read once from front to back: a pattern would look for the end of every note that has none, again and again. */
function withoutNotes(text: string): string {
  const kept: string[] = [];
  let from = 0;
  for (const { index } of text.matchAll(/\{\{(?:\/\/|comment:)/giu)) {
    if (index < from) continue;
    const end = text.indexOf("}}", index);
    if (end < 0) break;
    kept.push(text.slice(from, index));
    from = end + 2;
  }
  return [...kept, text.slice(from)].join("");
}

/** Whole parts go into the facts as long as they fit; what does not becomes a text about the face. */
function factsOf(card: ForeignCard, words: (text: string) => string): { facts: string; rest: CardSource[] } {
  let facts = "";
  const rest: CardSource[] = [];
  for (const part of ["description", "personality", "scenario"] as const) {
    const text = words(card[part]);
    if (text === "") continue;
    const longer = facts === "" ? text : `${facts}\n\n${text}`;
    if (longer.length <= maxFacts) facts = longer;
    else rest.push({ type: "document", label: capital(part), content: text, perspective: "third-person" });
  }
  return { facts, rest };
}

/** Greetings and examples of talk, as turns. Their examples name the speakers; a greeting is the character's own. */
function threadOf(card: ForeignCard, name: string, words: (text: string) => string): string {
  const speaker = name.replace(/[:\n]/gu, " ").slice(0, 60).trim();
  const greetings = [card.first_mes, ...card.alternate_greetings, ...card.group_only_greetings]
    .map(words)
    .filter((text) => text !== "")
    .map((text) => `${speaker}: ${text.replace(/\n{2,}/gu, "\n")}`);
  const examples = card.mes_example
    .split(/<START>/iu)
    .map((block) => words(block.replaceAll("{{char}}:", `${speaker}:`)))
    .filter((block) => /^[^:\n]{1,60}:/mu.test(block));
  return [...greetings, ...examples].join("\n\n");
}

function threadSource(content: string): CardSource {
  return { type: "thread", label: "Greetings and examples", content, perspective: "first-person" };
}

function loreOf(
  entries: LoreEntry[],
  words: (text: string) => string,
  leave: (what: string, reason: LeftOutReason, count: number) => void,
): CardSource[] {
  const on = entries.filter(({ enabled }) => enabled);
  leave("character_book", "switched_off", entries.length - on.length);
  const told = on.filter(({ content }) => words(content) !== "");
  leave("character_book", "empty", on.length - told.length);
  leave("character_book", "too_many", told.length - maxLoreDocuments);
  return told.slice(0, maxLoreDocuments).map((entry, at) => ({
    type: "document",
    label: loreLabel(entry, at),
    // V3 puts settings into lines that begin with @@
    content: words(entry.content.replace(/^@@.*$/gmu, "")),
    perspective: "third-person",
  }));
}

function loreLabel({ name, comment, keys }: LoreEntry, at: number): string {
  const label = [name, comment, keys.join(", ")].find((text) => text.trim() !== "") ?? `Entry ${at + 1}`;
  return `Lore: ${label.replace(/\s+/gu, " ").trim()}`.slice(0, 200);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
