import { isJsonObject, type JsonObject } from "@/lib/json";

/** Keywords that Anthropic's structured outputs refuse; the model is told of them in words instead. */
const inWords = new Set([
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "pattern",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
]);

/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const single = new Set(["items", "additionalProperties", "not"]);
const listed = new Set(["anyOf", "allOf", "prefixItems"]);
const named = new Set(["properties", "$defs", "definitions"]);

/**
 * A JSON schema as Anthropic's structured outputs take it: objects are closed unless the schema itself opens them, and
 * limits that cannot be enforced stand in the description.
 *
 * Source: https://platform.claude.com/docs/en/build-with-claude/structured-outputs (limits of JSON schema).
 */
export function toAnthropicSchema(schema: unknown): unknown {
  if (!isJsonObject(schema)) return schema;
  const limits = Object.entries(schema).filter(([key]) => inWords.has(key));
  const kept = Object.entries(schema).filter(([key]) => !inWords.has(key));
  const mapped: JsonObject = Object.fromEntries(kept.map(([key, value]) => toEntry(key, value)));
  const isObject = schema["type"] === "object" || isJsonObject(schema["properties"]);
  if (isObject && mapped["additionalProperties"] === undefined) mapped["additionalProperties"] = false;
  if (limits.length === 0) return mapped;
  const words = limits.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(", ");
  const own = typeof schema["description"] === "string" ? `${schema["description"]} ` : "";
  return { ...mapped, description: `${own}(${words})` };
}

function toEntry(key: string, value: unknown): [string, unknown] {
  if (key === "oneOf") return ["anyOf", asList(value)];
  if (single.has(key)) return [key, toAnthropicSchema(value)];
  if (listed.has(key)) return [key, asList(value)];
  if (!named.has(key) || !isJsonObject(value)) return [key, value];
  return [key, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toAnthropicSchema(inner)]))];
}

function asList(value: unknown): unknown {
  return Array.isArray(value) ? value.map(toAnthropicSchema) : value;
}
