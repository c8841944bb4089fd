import type { JsonSchema, OpenApiDocument } from "@/lib/openapi/document-types";
import { resolve } from "./reference-data";

/** The part of an id that says which one. */
const someId = "01m7zvm9ygqacepa1qc2490b9g";

/** What a field of a name holds in examples, where its schema alone would say nothing. */
const usual: Record<string, unknown> = {
  username: "alice",
  name: "Alice",
  face: "alice",
  faces: "alice,bob",
  model: "alice",
  input: "Paper or screen?",
  query: "What do you read?",
  q: "letters",
  content: "I never answer letters at once.",
  label: "Letters, spring",
  url: "https://example.com/essay",
  email: "alice@example.com",
  password: "correct horse battery",
  invite_code: "inv-…",
  address: "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045",
  nonce: "Sign in to faces.example: 4f1ab2c3",
  signature: "0x4f1ab2c3",
  amount_usd: 10,
  budget_usd: 5,
  max_tokens: 300,
  statement: "I never answer letters at once.",
  visitor: "…",
  token: "…",
  document: `doc_${someId}`,
  primitive: `prim_${someId}`,
  id: someId,
  a: 1,
  b: 2,
  system: "Answer in one sentence.",
  file: "journal.md",
  created_at: "2026-11-21T08:00:00.000Z",
  updated_at: "2026-11-21T08:00:00.000Z",
  role: "user",
};

/** Bodies that a name alone would not make sensible. */
const known: Record<string, unknown> = {
  messages: [{ role: "user", content: "Paper or screen?" }],
};

const deepest = 4;

/** The value of a path's variable or a field, as examples have it. */
export function exampleOf(document: OpenApiDocument, name: string, schema: JsonSchema, depth = 0): unknown {
  const target = resolve(document, schema);
  if (name in known && target.items?.properties?.["id"] === undefined) return known[name];
  const kind = /^\^([a-z]+)_\[0-9a-z\]\{26\}\$$/u.exec(target.pattern ?? "")?.[1];
  if (kind !== undefined) return `${kind}_${someId}`;
  if (target.enum?.[0] !== undefined) return target.enum[0];
  if (target.const !== undefined) return target.const;
  const isPlain = target.type !== "object" && target.type !== "array";
  if (isPlain && name in usual) return usual[name];
  const choice = (target.anyOf ?? target.oneOf)?.find(({ type }) => type !== "null");
  if (choice !== undefined) return name in usual ? usual[name] : exampleOf(document, name, choice, depth);
  if (target.default !== undefined) return target.default;
  switch (Array.isArray(target.type) ? target.type[0] : target.type) {
    case "array":
      return depth >= deepest ? [] : [exampleOf(document, name.replace(/s$/u, ""), target.items ?? {}, depth + 1)];
    case "object":
      return depth >= deepest ? {} : exampleObject(document, target, depth);
    case "integer":
    case "number":
      return target.minimum ?? 1;
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return "…";
  }
}

/** @param which only what must be there, as one writes a first request; or all, as an answer has it */
export function exampleObject(
  document: OpenApiDocument,
  schema: JsonSchema,
  depth = 0,
  which: "required" | "all" = "all",
): Record<string, unknown> {
  const { properties = {}, required = [] } = resolve(document, schema);
  const all = Object.keys(properties);
  const wanted = which === "all" ? all : required.length > 0 ? required : all.slice(0, 1);
  return Object.fromEntries(wanted.map((name) => [name, exampleOf(document, name, properties[name] ?? {}, depth + 1)]));
}
