import { referenceText as words } from "@/components/strings/reference";
import type { JsonSchema } from "@/lib/openapi/document-types";
import { nameOf } from "./reference-data";

/** A type in words: `array of Face`, `string or null`. */
export function typeWords(schema: JsonSchema): string {
  const name = nameOf(schema);
  if (name !== null) return name;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choiceWords(choices);
  if (Array.isArray(schema.type)) return choiceWords(schema.type.map((type) => ({ type })));
  if (schema.enum !== undefined || schema.const !== undefined) return typeof (schema.enum?.[0] ?? schema.const);
  if (schema.type === "array") return words.arrayOf(typeWords(schema.items ?? {}));
  if (schema.type === "object") return isMap(schema) ? words.mapOf(typeWords(valueOf(schema))) : words.object;
  if ("contentMediaType" in schema) return words.file;
  return typeof schema.type === "string" ? schema.type : words.anything;
}

function choiceWords(choices: readonly JsonSchema[]): string {
  const others = choices.filter(({ type }) => type !== "null");
  const types = [...new Set(others.map(typeWords))];
  const all = words.either(types);
  return others.length < choices.length ? words.orNull(all) : all;
}

function isMap({ properties, additionalProperties }: JsonSchema): boolean {
  return properties === undefined && typeof additionalProperties === "object";
}

function valueOf({ additionalProperties }: JsonSchema): JsonSchema {
  return typeof additionalProperties === "object" ? additionalProperties : {};
}

const longestChoice = 14;

/** What a field must be beyond its type, in sentences. */
export function limitWords(schema: JsonSchema): string[] {
  const inner = plain(schema);
  const { enum: values, const: only, minimum: low, maximum: high, maxLength, maxItems } = inner;
  return [
    ...(values === undefined ? [] : [words.oneOf(shortened(values.map(String)))]),
    ...(only === undefined ? [] : [words.always(String(only))]),
    ...(low !== undefined && high !== undefined ? [words.between(low, high)] : []),
    ...(low !== undefined && high === undefined ? [words.atLeast(low)] : []),
    ...(low === undefined && high !== undefined ? [words.atMost(high)] : []),
    ...(maxLength === undefined ? [] : [words.characters(maxLength)]),
    ...(maxItems === undefined ? [] : [words.items(maxItems)]),
    ...(schema.default === undefined ? [] : defaultWords(schema.default)),
  ];
}

function defaultWords(value: unknown): string[] {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text === "" || text === "[]" ? [] : [words.byDefault(text)];
}

function shortened(values: string[]): string[] {
  return values.length <= longestChoice ? values : [...values.slice(0, longestChoice), "…"];
}

/** The one thing that it is beside null, and what stands in a list. */
function plain(schema: JsonSchema): JsonSchema {
  const others = (schema.anyOf ?? schema.oneOf ?? []).filter(({ type }) => type !== "null");
  const [only] = others;
  if (others.length === 1 && only !== undefined) return plain(only);
  if (schema.type === "array" && schema.items?.enum !== undefined) return { ...schema, enum: schema.items.enum };
  return schema;
}

/** What holds the fields of a value: itself, what stands in a list, or the only thing beside null. */
export function holderOf(schema: JsonSchema): JsonSchema {
  const inner = plain(schema);
  if (inner.type === "array" && inner.items !== undefined) return holderOf(inner.items);
  if (inner.type === "object" && isMap(inner)) return holderOf(valueOf(inner));
  return inner;
}
