import { embedText } from "@/components/strings/embed";
import type { EmbedView } from "@/lib/embed/schemas";
import type { EmbedChange } from "./use-embed";

/** What stands in the fields, as it is typed. */
export type EmbedDraft = {
  perDay: string;
  budget: string;
  greeting: string;
  suggestions: string;
  disclosure: string;
};

const most = { perDay: 1_000, budget: 1_000_000, suggestions: 4, suggestionCharacters: 120 };

export function draftOf(embed: EmbedView): EmbedDraft {
  return {
    perDay: String(embed.visitor_messages_per_day),
    budget: String(embed.budget_usd),
    greeting: embed.greeting,
    suggestions: embed.suggestions.join("\n"),
    disclosure: embed.disclosure,
  };
}

type Checked = { change: EmbedChange | null; problems: { perDay: string | null; budget: string | null } };

/** What a draft would change; null while something in it cannot be. */
export function changeOf(draft: EmbedDraft): Checked {
  const perDay = Number(draft.perDay);
  const budget = Number(draft.budget.replace(/^\$/u, "").replace(",", "."));
  const isDayFine = draft.perDay.trim() !== "" && Number.isInteger(perDay) && perDay >= 1 && perDay <= most.perDay;
  const isBudgetFine = draft.budget.trim() !== "" && budget >= 0 && budget <= most.budget;
  const problems = {
    perDay: isDayFine ? null : embedText.wholeNumber,
    budget: isBudgetFine ? null : embedText.amount,
  };
  if (!isDayFine || !isBudgetFine) return { change: null, problems };
  const suggestions = draft.suggestions
    .split("\n")
    .map((line) => line.trim().slice(0, most.suggestionCharacters))
    .filter(Boolean)
    .slice(0, most.suggestions);
  const { greeting, disclosure } = draft;
  return {
    problems,
    change: {
      visitor_messages_per_day: perDay,
      budget_usd: budget,
      greeting: greeting.trim(),
      disclosure: disclosure.trim(),
      suggestions,
    },
  };
}

const keyOf = (embed: EmbedView): string => `faces.draft.embed.${embed.id}`;

export function readDraft(embed: EmbedView): EmbedDraft | null {
  try {
    const stored = localStorage.getItem(keyOf(embed));
    return stored ? { ...draftOf(embed), ...(JSON.parse(stored) as Partial<EmbedDraft>) } : null;
  } catch {
    return null;
  }
}

export function keepDraft(embed: EmbedView, draft: EmbedDraft | null): void {
  try {
    if (draft === null || JSON.stringify(draft) === JSON.stringify(draftOf(embed))) {
      localStorage.removeItem(keyOf(embed));
    } else localStorage.setItem(keyOf(embed), JSON.stringify(draft));
  } catch {
    // Storage is switched off: the draft lives as long as the page.
  }
}
