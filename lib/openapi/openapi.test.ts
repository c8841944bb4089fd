import { Validator } from "@seriousme/openapi-schema-validator";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exampleObject } from "@/components/reference/example-value";
import { groupsOf, routesOf } from "@/components/reference/reference-data";
import { examplesOf } from "@/components/reference/request-examples";
import { replyOf } from "@/lib/http/route-definition";
import { openApiDocument } from "./document";
import { findDefinitions, notInDocument, pathOf } from "./find-definitions";

const files = readdirSync("app", { recursive: true, encoding: "utf8" })
  .map((file) => join("app", file))
  .filter((file) => /[/\\]route\.tsx?$/.test(file) && !notInDocument.includes(file));
const modules: Record<string, Record<string, unknown>> = {};
for (const file of files) modules[file] = (await import(/* @vite-ignore */ join(process.cwd(), file))) as never;
const routes = findDefinitions(modules);
const document = openApiDocument(routes, "0.0.0");
const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

describe("the document", () => {
  test("has every route that there is", () => {
    const handlers = files.flatMap((file) =>
      ["GET", "POST", "PATCH", "PUT", "DELETE"]
        .filter((method) => modules[file]?.[method] !== undefined)
        .map((method) => `${method} ${pathOf(file)}`),
    );
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.toSorted()).toEqual(handlers.toSorted());
  });

  test("says of every route what it does and what it answers", () => {
    const wordless = routes.filter(({ definition }) => !definition.summary || replyOf(definition) === null);
    expect(wordless.map(nameOf)).toEqual([]);
  });

  test("is OpenAPI 3.1, by its schema and with all its references", async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document) as never);
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validator.version).toBe("3.1");
    const text = JSON.stringify(document);
    for (const [, kind = "", name = ""] of text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)) {
      expect(Object.keys(document.components[kind as "schemas"]), `${kind} ${name}`).toContain(name);
    }
    expect(text).not.toContain("$defs");
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect(schema.$ref, name).toBeUndefined();
      expect(schema.properties ?? schema.anyOf ?? schema.additionalProperties, name).toBeDefined();
    }
  });

  test("calls no two routes the same", () => {
    const ids = Object.values(document.paths).flatMap((each) => Object.values(each).map((one) => one.operationId));
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });
});

describe("the reference", () => {
  const shown = groupsOf(document).flatMap((group) => routesOf(document, group.title));

  test("shows every route once, with a call in each language", () => {
    expect(shown.map(nameOf).toSorted()).toEqual(routes.map(nameOf).toSorted());
    for (const route of shown) {
      const examples = examplesOf(document, route);
      for (const text of Object.values(examples)) expect(text, nameOf(route)).not.toContain("undefined");
      expect(examples.curl).not.toMatch(/\{\w+\}/);
    }
  });

  test("sends in its examples what the routes take", () => {
    const refused = routes.flatMap((route) => {
      const schema =
        document.paths[route.path]?.[route.method.toLowerCase()]?.requestBody?.content["application/json"]?.schema;
      if (schema === undefined) return [];
      const { body, form } = route.definition;
      const parsed = (body ?? form)?.safeParse(exampleObject(document, schema, 0, "required"));
      return parsed?.success
        ? []
        : [`${nameOf(route)}: ${parsed?.error.issues[0]?.path.join(".")} ${parsed?.error.issues[0]?.message}`];
    });
    expect(refused).toEqual([]);
  });
});
