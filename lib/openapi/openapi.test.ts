import { Validator } from "@seriousme/openapi-schema-validator";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
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
  });

  test("calls no two routes the same", () => {
    const ids = Object.values(document.paths).flatMap((each) => Object.values(each).map((one) => one.operationId));
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });
});
