import type { RouteDefinition } from "@/lib/http/route-definition";
import type { Answer, JsonSchema } from "./document-types";

/** What a status means, everywhere. */
const meanings: Record<number, { name: string; description: string }> = {
  400: { name: "TooDeep", description: "An offset that is too deep: page by the last id instead." },
  401: { name: "Unauthorized", description: "No credential, or one that is not valid, has expired or was revoked." },
  402: { name: "PaymentRequired", description: "Credit, the key's budget or the compile quota does not cover it." },
  403: { name: "Forbidden", description: "The credential may not: its scope, its hosts, its faces, or the plan." },
  404: { name: "NotFound", description: "It is not there, or it is somebody else's: the answer is the same." },
  409: { name: "Conflict", description: "It contradicts how things stand, or an Idempotency-Key with another body." },
  413: { name: "TooLarge", description: "The body is too large." },
  415: { name: "UnsupportedType", description: "A body of a type that is not taken here." },
  422: { name: "Invalid", description: "Something in it is not valid; param names the field." },
  429: { name: "TooManyRequests", description: "Too many requests; Retry-After says in how many seconds." },
  502: { name: "UpstreamFailed", description: "The model behind it failed; the message is its own." },
  503: { name: "Unavailable", description: "Something broke on our side. The request id finds it in the log." },
};

export const errorSchemas: Record<string, JsonSchema> = {
  Error: {
    type: "object",
    description: "What went wrong: detail for people, error as OpenAI's SDKs read it.",
    properties: {
      detail: { type: "string", description: "A whole sentence, fit to show." },
      error: {
        type: "object",
        properties: {
          message: { type: "string" },
          type: { type: "string" },
          code: { type: "string", description: "The same for the same cause, for programs." },
          param: { type: ["string", "null"], description: "The field that is wrong." },
        },
        required: ["message", "type", "code", "param"],
      },
      request_id: { type: "string" },
    },
    required: ["detail", "error", "request_id"],
  },
  AnthropicError: {
    type: "object",
    description: "What went wrong, as Anthropic's SDKs read it.",
    properties: {
      type: { const: "error" },
      error: {
        type: "object",
        properties: { type: { type: "string" }, message: { type: "string" } },
        required: ["type", "message"],
      },
      request_id: { type: "string" },
    },
    required: ["type", "error", "request_id"],
  },
  AstriaError: {
    type: "object",
    description: "What went wrong, as Astria's clients read it.",
    properties: {
      error: { type: "string", description: "A whole sentence, fit to show." },
      message: { type: "string", description: "The same sentence." },
      errors: {
        type: "object",
        description: "The same by field; base is the request as a whole.",
        additionalProperties: { type: "array", items: { type: "string" } },
      },
      code: { type: "string", description: "The same for the same cause, for programs." },
      detail: { type: "string", description: "The same sentence, where all other routes have it." },
      request_id: { type: "string" },
    },
    required: ["error", "message", "errors", "code", "detail", "request_id"],
  },
};

const headers = { "x-request-id": { $ref: "#/components/headers/RequestId" } };

/** What stands before the name of an error in each shape. */
const shapes = { Error: "", AnthropicError: "Anthropic", AstriaError: "Astria" } as const;

/** Every error as a response of its own, in all shapes. */
export function errorResponses(): Record<string, Answer> {
  const all: Record<string, Answer> = {};
  for (const [status, { name, description }] of Object.entries(meanings)) {
    const retry = status === "429" ? { "retry-after": { $ref: "#/components/headers/RetryAfter" } } : {};
    for (const [shape, prefix] of Object.entries(shapes)) {
      all[`${prefix}${name}`] = {
        description,
        headers: { ...headers, ...retry },
        content: { "application/json": { schema: { $ref: `#/components/schemas/${shape}` } } },
      };
    }
  }
  return all;
}

/** The statuses by which a route may refuse or fail, and where each is described. */
export function errorsOf(method: string, path: string, definition: RouteDefinition): Record<string, Answer> {
  const { scope, body, form, isBilled, errors } = definition;
  const changes = method !== "GET";
  const statuses = [
    ...(errors === "astria" && definition.query ? [400] : []),
    ...(scope !== null || (path.startsWith("/auth/") && changes) ? [401] : []),
    ...(isBilled ? [402] : []),
    ...(scope !== null || path.startsWith("/auth/") ? [403] : []),
    ...(path.includes("{") || scope === "chat" ? [404] : []),
    ...(changes ? [409] : []),
    ...(body || form ? [413, 415] : []),
    ...(changes || definition.query || path.includes("{") ? [422] : []),
    429,
    ...(isBilled || scope === "chat" ? [502] : []),
    503,
  ];
  const prefix = errors === undefined ? "" : { anthropic: "Anthropic", astria: "Astria" }[errors];
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      { $ref: `#/components/responses/${prefix}${meanings[status]?.name ?? ""}` },
    ]),
  );
}

/** What succeeds, by status. */
export function successesOf(definition: RouteDefinition, content: Answer["content"]): Record<string, Answer> {
  const { status, statuses = {} } = definition;
  const all = { [status]: "It is done.", ...(status === 200 ? { 200: "The answer." } : {}), ...statuses };
  return Object.fromEntries(
    Object.entries(all).map(([each, description]) => [
      each,
      { description, headers, ...(content === undefined ? {} : { content }) },
    ]),
  );
}
