import { InvalidInputError } from "@/lib/errors";
import { isJsonObject, type JsonObject } from "@/lib/json";
import type { ServedModel } from "@/lib/models/catalogue";
import type { Price, Rates } from "@/lib/models/price";

/** Tiers of OpenAI that cost what the catalogue says: `auto` is what the project of the installation's key is set to. */
const standardTiers: readonly unknown[] = ["auto", "default", null, undefined];
/** Flex costs what a batch costs: half (https://developers.openai.com/api/docs/guides/flex-processing). */
const flexTimes = 0.5;
/** Work that is kept in the US (https://platform.claude.com/docs/en/about-claude/pricing#data-residency-pricing). */
const residentTimes = 1.1;

/** Searches that are held for when a request sets no limit to them. */
const unlimitedSearches = 10;

/**
 * What a model costs for this request: providers take more or less for some of what a request may ask for.
 *
 * @param request the request as the provider gets it
 * @throws {InvalidInputError} it asks for what has no price here, and would be paid by the installation
 */
export function priceFor({ provider, price }: ServedModel, request: unknown): Price {
  if (!isJsonObject(request)) return price;
  if (provider === "anthropic") return anthropicPrice(price, request);
  if (provider === "openai" || provider === "fireworks") return openAiPrice(price, request, provider);
  return price;
}

/** How many searches of the provider's own a request may cause; each has a fee beside its tokens. */
export function mostSearches({ provider }: ServedModel, request: unknown): number {
  if (provider !== "anthropic" || !isJsonObject(request)) return 0;
  return toolsOf(request)
    .filter((tool) => String(tool["type"]).startsWith("web_search"))
    .reduce((sum, { max_uses: most }) => sum + (isCount(most) ? most : unlimitedSearches), 0);
}

function openAiPrice(price: Price, request: JsonObject, provider: "openai" | "fireworks"): Price {
  const tier = request["service_tier"];
  if (isJsonObject(request["web_search_options"])) {
    throw new InvalidInputError(
      "Searches of the provider's own have no price here. Leave `web_search_options` out.",
      "web_search_options",
    );
  }
  if (standardTiers.includes(tier)) return price;
  if (provider === "openai" && tier === "flex") return times(price, flexTimes);
  const flex = provider === "openai" ? ", `default` or `flex`" : " or `default`";
  throw new InvalidInputError(
    `The service tier ${JSON.stringify(tier)} has no price here. Leave \`service_tier\` out, or set it to \`auto\`${flex}.`,
    "service_tier",
  );
}

function anthropicPrice(price: Price, request: JsonObject): Price {
  if (request["speed"] === "fast") {
    throw new InvalidInputError("Fast mode has no price here. Leave `speed` out, or set it to `standard`.", "speed");
  }
  if (toolsOf(request).some((tool) => String(tool["type"]).startsWith("code_execution"))) {
    throw new InvalidInputError(
      "Code execution is paid by the hour, which has no price here. Leave that tool out.",
      "tools",
    );
  }
  const geo = request["inference_geo"];
  return typeof geo === "string" && geo !== "global" ? times(price, residentTimes) : price;
}

function times(price: Price, factor: number): Price {
  const { longPrompt, ...rates } = price;
  if (longPrompt === undefined) return timesRates(rates, factor);
  return { ...timesRates(rates, factor), longPrompt: { ...longPrompt, rates: timesRates(longPrompt.rates, factor) } };
}

function timesRates(rates: Rates, factor: number): Rates {
  return Object.fromEntries(Object.entries(rates).map(([part, usd]) => [part, usd * factor])) as Rates;
}

function toolsOf(request: JsonObject): JsonObject[] {
  const { tools } = request;
  return Array.isArray(tools) ? (tools as unknown[]).filter(isJsonObject) : [];
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}
