import { writeFileSync } from "node:fs";
import { openApiDocument } from "./document";
import { findDefinitions } from "./find-definitions";

/** Writes the document of these route modules. Called by the code that lib/launch/openapi-build.ts makes. */
export function writeDocument(file: string, version: string, modules: Record<string, Record<string, unknown>>): void {
  writeFileSync(file, JSON.stringify(openApiDocument(findDefinitions(modules), version)));
}
