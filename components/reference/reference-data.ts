import type { JsonSchema, MediaTypes, OpenApiDocument, Operation, Parameter } from "@/lib/openapi/document-types";
import { routeGroups } from "@/lib/openapi/groups";

/** A route as the reference lists it. */
export type RouteEntry = { id: string; method: string; path: string; title: string };
export type GroupEntry = { slug: string; title: string; about: string; routes: RouteEntry[] };

/** A route with all that its entry shows. */
export type RouteView = RouteEntry & { operation: Operation };

const methodOrder = ["get", "post", "patch", "put", "delete"];

/** The chapters of the reference with their routes; those without any are left out. */
export function groupsOf(document: OpenApiDocument): GroupEntry[] {
  return routeGroups.flatMap(({ slug, title, about }) => {
    const routes = routesOf(document, title).map(({ operation: _, ...entry }) => entry);
    return routes.length === 0 ? [] : [{ slug, title, about, routes }];
  });
}

/** The routes of a chapter, by path, then as one reads methods. @param title of the chapter */
export function routesOf(document: OpenApiDocument, title: string): RouteView[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    methodOrder.flatMap((method) => {
      const operation = operations[method];
      if (operation === undefined || !operation.tags.includes(title)) return [];
      return [{ id: operation.operationId, method: method.toUpperCase(), path, title: operation.summary, operation }];
    }),
  );
}

/** What a reference of the document stands for. */
export function resolve(document: OpenApiDocument, schema: JsonSchema): JsonSchema {
  const name = nameOf(schema);
  return name === null ? schema : (document.components.schemas[name] ?? schema);
}

/** The name of a schema that is a reference; null for one that stands where it is used. */
export function nameOf({ $ref }: JsonSchema): string | null {
  return $ref?.replace("#/components/schemas/", "") ?? null;
}

export function parametersOf(document: OpenApiDocument, { parameters = [] }: Operation): Parameter[] {
  return parameters.flatMap((parameter) => {
    if (!("$ref" in parameter)) return [parameter];
    const found = document.components.parameters[parameter.$ref.replace("#/components/parameters/", "")];
    return found === undefined ? [] : [found];
  });
}

/** An answer of a route, its errors by what they mean. */
export type AnswerView = { status: string; description: string; content: MediaTypes; isError: boolean };

export function answersOf(document: OpenApiDocument, { responses }: Operation): AnswerView[] {
  return Object.entries(responses).map(([status, answer]) => {
    const named = answer.$ref?.replace("#/components/responses/", "");
    const { description = "", content = {} } =
      named === undefined ? answer : (document.components.responses[named] ?? {});
    return { status, description, content, isError: Number(status) >= 400 };
  });
}
