import type { z } from "zod";
import { replyOf, type RouteDefinition } from "@/lib/http/route-definition";
import { errorsOf, successesOf } from "./answers";
import type { Answer, JsonSchema, MediaTypes, Operation, Parameter } from "./document-types";
import { groupOf } from "./groups";
import type { SchemaWriter } from "./json-schema";

/** A route as it is found: its method and path, `/v1/faces/{face}`, and what is known of it. */
export type FoundDefinition = { method: string; path: string; definition: RouteDefinition };

/** "Create a face" → createAFace: what SDK generators call it, and its anchor in the reference. */
export function operationIdOf(summary: string): string {
  const words = summary.replace(/[^A-Za-z0-9 ]/gu, "").split(" ");
  return words
    .map((word, at) => (at === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
}

/** One route as the document has it. */
export function toOperation({ method, path, definition }: FoundDefinition, schemas: SchemaWriter): Operation {
  const { summary = "", about, scope } = definition;
  const parameters = parametersOf({ method, path, definition }, schemas);
  const requestBody = requestBodyOf(definition, schemas);
  return {
    operationId: operationIdOf(summary),
    tags: [groupOf(path).title],
    summary,
    ...(about === undefined ? {} : { description: about }),
    security: scope === null ? [] : [{ key: [scope] }, { session: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: { ...successesOf(definition, contentOf(definition, schemas)), ...errorsOf(method, path, definition) },
  };
}

function parametersOf({ method, path, definition }: FoundDefinition, schemas: SchemaWriter) {
  const inPath = [...path.matchAll(/\{(\w+)\}/gu)].map(([, name = ""]): Parameter => {
    const schema = fieldsOf(definition.params, schemas)?.properties?.[name] ?? { type: "string" };
    const { description, ...rest } = isText(schema) ? schema : ({ type: "string" } as JsonSchema);
    const words = description ?? pathWords[name];
    return {
      name,
      in: "path",
      required: true,
      ...(words === undefined ? {} : { description: words }),
      schema: Object.keys(rest).length === 0 ? { type: "string" } : rest,
    };
  });
  const query = fieldsOf(definition.query, schemas);
  const inQuery = Object.entries(query?.properties ?? {}).map(([name, schema]): Parameter => {
    const { description, ...rest } = schema;
    const words = description ?? queryWords[name];
    return {
      name,
      in: "query",
      ...(query?.required?.includes(name) ? { required: true } : {}),
      ...(words === undefined ? {} : { description: words }),
      schema: rest,
    };
  });
  const once =
    method === "POST" && definition.scope !== null ? [{ $ref: "#/components/parameters/IdempotencyKey" }] : [];
  return [...inPath, ...inQuery, ...once];
}

/** A part of a path is one text, whatever it is read as. */
function isText({ type }: JsonSchema): boolean {
  return type === "string" || type === "integer" || type === "number";
}

/** What variables of a path mean wherever they stand. */
const pathWords: Record<string, string> = {
  face: "Id or username of a face.",
  document: "Id of a source.",
  primitive: "Id of a primitive.",
  model: "Id of a model; it may hold slashes.",
  address: "A wallet's address.",
  id: "Its id.",
  a: "Number of a version.",
  b: "Number of a version.",
};

const queryWords: Record<string, string> = {
  dry_run: "true: the quote alone, and nothing is done.",
  version: "Number of a version of the text; the newest unless said.",
  k: "How many.",
  document: "Only what rests on this source, by its id.",
  component: "Only this component.",
  state: "Only what is in this state.",
  type: "Only documents, or only threads.",
  q: "Words to look for.",
  revoked: "Also what is over.",
  unread: "Only what is news.",
  face: "Id or username of a face.",
  faces: "Two faces or more, by id or username, between commas.",
  group_by: "What the rows stand for.",
  session_id: "What a page of Stripe came back with.",
  limit: "How many at most.",
  cursor: "next_cursor of the page before.",
  from: "Start of the span, a date or a time.",
  to: "End of the span, which is not in it.",
  format: "The form of the answer.",
};

function fieldsOf(schema: z.ZodType | undefined, schemas: SchemaWriter): JsonSchema | undefined {
  return schema === undefined ? undefined : schemas.write(schema, "input");
}

function requestBodyOf({ body, form, isAlsoJson }: RouteDefinition, schemas: SchemaWriter): Operation["requestBody"] {
  if (form !== undefined) {
    const schema = schemas.write(form, "input");
    const types = ["multipart/form-data", ...(isAlsoJson ? ["application/json"] : [])];
    return { required: true, content: Object.fromEntries(types.map((type) => [type, { schema }])) };
  }
  if (body === undefined) return undefined;
  const schema = schemas.write(body, "input");
  return { required: (schema.required ?? []).length > 0, content: { "application/json": { schema } } };
}

function contentOf(definition: RouteDefinition, schemas: SchemaWriter): Answer["content"] {
  const reply = replyOf(definition);
  if (reply === null) return undefined;
  const json: MediaTypes =
    reply.json === null ? {} : { "application/json": { schema: schemas.write(reply.json, "output") } };
  const others = Object.entries(reply.content).map(([type, description]) => {
    const schema: JsonSchema = type === "application/json" ? { description } : { type: "string", description };
    return [type, { schema }];
  });
  return { ...json, ...(Object.fromEntries(others) as MediaTypes) };
}
