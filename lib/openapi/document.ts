import { errorResponses, errorSchemas } from "./answers";
import type { OpenApiDocument } from "./document-types";
import { routeGroups } from "./groups";
import { SchemaWriter } from "./json-schema";
import { type FoundDefinition, toOperation } from "./operation";

const about = `Faces compiles texts into faces that any OpenAI client can talk to.

Every request carries \`Authorization: Bearer\` with an API key or an access token. JSON is wrapped in \`data\`, lists add
\`has_more\` and \`next_cursor\`; the chat routes answer in the shapes of OpenAI and Anthropic. Times are ISO-8601 in UTC,
money is USD. Every answer carries \`x-request-id\`. A POST with an \`Idempotency-Key\` that is tried again is done once.`;

/**
 * The API's document, OpenAPI 3.1, from the definitions that the routes run by.
 *
 * @param routes every documented route
 * @param version of the product
 */
export function openApiDocument(routes: readonly FoundDefinition[], version: string): OpenApiDocument {
  const schemas = new SchemaWriter();
  const paths: OpenApiDocument["paths"] = {};
  const ids = new Set<string>();
  for (const route of inOrder(routes)) {
    const operation = toOperation(route, schemas);
    // the same under another address
    while (ids.has(operation.operationId)) operation.operationId += "2";
    ids.add(operation.operationId);
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation };
  }
  return {
    openapi: "3.1.1",
    info: { title: "Faces", version, description: about, license: { name: "MIT", identifier: "MIT" } },
    // replaced by the installation's own address when it is served
    servers: [{ url: "/" }],
    tags: routeGroups.map(({ title, about: description }) => ({ name: title, description })),
    paths,
    components: {
      schemas: { ...errorSchemas, ...schemas.components },
      responses: errorResponses(),
      parameters: {
        IdempotencyKey: {
          name: "Idempotency-Key",
          in: "header",
          description: "The same key with the same body replays the first answer; with another body it is a 409.",
          schema: { type: "string", maxLength: 255 },
        },
      },
      headers: {
        RequestId: { description: "Names this request, for questions about it.", schema: { type: "string" } },
        RetryAfter: { description: "Seconds after which to try again.", schema: { type: "integer" } },
      },
      securitySchemes: {
        key: {
          type: "http",
          scheme: "bearer",
          description:
            "An API key (sk-faces-…) with the scope that is named, or an access token of /auth/verify. x-api-key works too.",
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "next-auth.session-token",
          description: "The dashboard's own session: same origin only.",
        },
      },
    },
  };
}

const methods = ["GET", "POST", "PATCH", "PUT", "DELETE"];

/** By group, then by path, then as one reads methods. */
function inOrder(routes: readonly FoundDefinition[]): FoundDefinition[] {
  return routes.toSorted((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : methods.indexOf(a.method) - methods.indexOf(b.method),
  );
}
