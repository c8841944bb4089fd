import { chatText } from "@/components/strings/chat";
import type { ModelView } from "./wire";

/** What a model costs, as the picker says it: US dollars per million tokens, in and out. */
export function priceOf({ pricing, is_language_model: isLanguageModel }: ModelView): string {
  const isFree = pricing?.input_usd_per_million === 0 && pricing.output_usd_per_million === 0;
  if (!isLanguageModel) return isFree ? chatText.freeQuotes : chatText.quotes;
  if (!pricing) return "";
  if (isFree) return chatText.free;
  return `${pricing.input_usd_per_million.toFixed(2)} / ${pricing.output_usd_per_million.toFixed(2)}`;
}

/** Models that hold all words of a search, those whose name begins with it first. */
export function findModels<Model extends { id: string; owned_by?: string | null | undefined }>(
  models: readonly Model[],
  query: string,
): Model[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = models.filter(({ id, owned_by: owner }) => {
    const text = `${id} ${owner ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const first = words[0] ?? "";
  const nameOf = ({ id }: Model) => id.slice(id.lastIndexOf("/") + 1).toLowerCase();
  return found.sort((a, b) => Number(nameOf(b).startsWith(first)) - Number(nameOf(a).startsWith(first)));
}
