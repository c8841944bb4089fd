import { createHash } from "node:crypto";

import { asArray, asNumber, asRecord, asString, isRecord, type JsonRecord } from "./json-value";
import { firstPersonSentencesOf, MADE_UP_QUOTE } from "./prompt-sentences";

/** Lists of cited things stop here unless the schema sets its own `maxItems`. */
const MAX_CITED_ITEMS = 20;
const PLAIN_ITEMS = 2;
const MAX_WORDS = 24;

type Filling = {
  root: JsonRecord;
  sentences: string[];
  /** The sentence being written about; every string and every enum of one object follows from it. */
  sentence: string;
  depth: number;
};

/**
 * Makes a value that satisfies a JSON schema, its strings taken from the prompt.
 *
 * A list of objects that hold a `quote` gets one item per first-person sentence of the prompt plus one
 * whose quote was never said. All enums of one object are picked at the same fraction of their length,
 * so that lists written in step (four components, twenty-four predicates) agree with each other.
 */
export function fillSchema(schema: unknown, prompt: string): unknown {
  const sentences = firstPersonSentencesOf(prompt);
  return fill(
    schema,
    { root: asRecord(schema), sentences, sentence: sentences[0] ?? "nothing was said", depth: 0 },
    "",
  );
}

function fill(schema: unknown, at: Filling, name: string): unknown {
  const node = resolve(schema, at);
  if ("const" in node) return node["const"];
  if (Array.isArray(node["enum"])) return pick(node["enum"], at.sentence);

  const options = asArray(node["anyOf"] ?? node["oneOf"]);
  if (options.length > 0) return fillOption(options, at, name);

  switch (typeOf(node)) {
    case "object":
      return fillObject(node, at);
    case "array":
      return fillArray(node, at, name);
    case "string":
      return fillString(node, at, name);
    case "integer":
      return Math.ceil(withinLimits(node, 1));
    case "number":
      return withinLimits(node, 0.9);
    case "boolean":
      return true;
    default:
      return null;
  }
}

/** Follows `$ref` and merges `allOf`. Past eight levels a recursive schema gets nothing more. */
function resolve(schema: unknown, at: Filling): JsonRecord {
  if (at.depth > 8) return { const: null };
  const node = asRecord(schema);

  const ref = asString(node["$ref"]);
  if (ref !== null) {
    const target = ref
      .replace(/^#\/?/, "")
      .split("/")
      .filter(Boolean)
      .reduce<unknown>((found, key) => asRecord(found)[key], at.root);
    return resolve(target, { ...at, depth: at.depth + 1 });
  }

  return asArray(node["allOf"]).reduce<JsonRecord>((merged, part) => {
    const resolved = resolve(part, { ...at, depth: at.depth + 1 });
    return {
      ...merged,
      ...resolved,
      properties: { ...asRecord(merged["properties"]), ...asRecord(resolved["properties"]) },
    };
  }, node);
}

function typeOf(node: JsonRecord): string | null {
  const type = node["type"];
  if (Array.isArray(type)) return type.includes("null") ? null : asString(type[0]);
  return asString(type) ?? (isRecord(node["properties"]) ? "object" : null);
}

/** What may be null is null; of several other shapes the sentence picks one. */
function fillOption(options: unknown[], at: Filling, name: string): unknown {
  if (options.some((option) => asRecord(option)["type"] === "null")) return null;
  return fill(pick(options, at.sentence), { ...at, depth: at.depth + 1 }, name);
}

function fillObject(node: JsonRecord, at: Filling): JsonRecord {
  const entries = Object.entries(asRecord(node["properties"]));
  return Object.fromEntries(entries.map(([key, value]) => [key, fill(value, { ...at, depth: at.depth + 1 }, key)]));
}

function fillArray(node: JsonRecord, at: Filling, name: string): unknown[] {
  const isCited = "quote" in asRecord(resolve(node["items"], at)["properties"]);
  const least = asNumber(node["minItems"]) ?? 0;
  const most = asNumber(node["maxItems"]) ?? (isCited ? MAX_CITED_ITEMS : PLAIN_ITEMS);

  const real = isCited ? at.sentences.slice(0, Math.max(0, most - 1)) : [at.sentence, ...at.sentences].slice(0, most);
  const chosen = isCited && most > 0 ? [...real, MADE_UP_QUOTE] : real;
  const padded = [...chosen, ...Array<string>(Math.max(0, least - chosen.length)).fill(at.sentence)];

  return padded.map((sentence) => fill(node["items"], { ...at, sentence, depth: at.depth + 1 }, name));
}

function fillString(node: JsonRecord, at: Filling, name: string): string {
  if (node["format"] === "date-time") return "2026-01-01T00:00:00Z";
  const text = name === "quote" ? at.sentence : at.sentence.split(/\s+/).slice(0, MAX_WORDS).join(" ");
  return text.slice(0, asNumber(node["maxLength"]) ?? undefined).padEnd(asNumber(node["minLength"]) ?? 0, ".");
}

function withinLimits(node: JsonRecord, wanted: number): number {
  return Math.min(asNumber(node["maximum"]) ?? Infinity, Math.max(asNumber(node["minimum"]) ?? -Infinity, wanted));
}

/** Picks by a hash of the sentence, at the same fraction of whatever list. */
function pick(options: unknown[], sentence: string): unknown {
  const fraction = createHash("sha256").update(sentence).digest().readUInt32BE(0) / 2 ** 32;
  return options[Math.floor(fraction * options.length)];
}
