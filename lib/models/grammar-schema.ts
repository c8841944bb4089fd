import { InvalidInputError } from "@/lib/errors";

/** Keywords that say nothing of the form, or that grammars need not hold: the values stay valid JSON without them. */
const ignored = new Set([
  "$schema",
  "$id",
  "$comment",
  "title",
  "default",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "strict",
  // the runtime always writes all properties
  "required",
]);

const kept = new Set([
  "type",
  "description",
  "const",
  "enum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
  "$ref",
]);

const stringFormats = new Set(["date-time", "time", "date"]);

type Schema = Record<string, unknown>;

/**
 * A JSON schema as the runtime's grammars know it (its `GbnfJsonSchema`): `anyOf` becomes `oneOf`, remarks go, and
 * every property is required.
 *
 * @throws {InvalidInputError} naming the keyword that no grammar can hold, for an answer that ignores it would be wrong
 */
export function toGrammarSchema(schema: unknown, param: string): unknown {
  if (schema === true || schema === undefined) return {};
  if (typeof schema !== "object" || schema === null || Array.isArray(schema))
    throw new InvalidInputError("A JSON schema has to be an object.", param);
  const result: Schema = {};
  for (const [keyword, value] of Object.entries(schema)) Object.assign(result, toGrammarKeyword(keyword, value, param));
  return result;
}

function toGrammarKeyword(keyword: string, value: unknown, param: string): Schema {
  if (ignored.has(keyword)) return {};
  if (kept.has(keyword)) return { [keyword]: value };
  switch (keyword) {
    case "format":
      return stringFormats.has(String(value)) ? { format: value } : {};
    case "items":
      return { items: toGrammarSchema(value, param) };
    case "additionalProperties":
      return { additionalProperties: typeof value === "boolean" ? value : toGrammarSchema(value, param) };
    case "prefixItems":
    case "oneOf":
      return { [keyword]: listOf(value, param) };
    case "anyOf":
      return { oneOf: listOf(value, param) };
    case "properties":
    case "$defs":
      return { [keyword]: mapOf(value, param) };
    default:
      throw new InvalidInputError(
        `The model in this installation cannot hold itself to ${keyword} in a JSON schema: leave it out, or use another model.`,
        param,
      );
  }
}

function listOf(value: unknown, param: string): unknown[] {
  return (Array.isArray(value) ? (value as unknown[]) : []).map((schema) => toGrammarSchema(schema, param));
}

function mapOf(value: unknown, param: string): Schema {
  const entries = Object.entries((value ?? {}) as Schema);
  return Object.fromEntries(entries.map(([name, schema]) => [name, toGrammarSchema(schema, param)]));
}
