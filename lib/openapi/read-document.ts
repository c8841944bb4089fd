import { readFile } from "node:fs/promises";
import { publicUrl } from "@/lib/env";
import type { OpenApiDocument } from "./document-types";

/**
 * Where the build leaves the document. Making it loads every route there is, which takes a second and a half and 150 MB
 * (lib/launch/openapi-build.ts): no process that serves should.
 */
export const openApiFile = ".next/faces-openapi.json";

const held: { document: Promise<OpenApiDocument> | null } = { document: null };

/** The API's document, with this installation's address. @throws when the product was not built */
export async function readOpenApi(): Promise<OpenApiDocument> {
  // kept where it does not change: the next build is another process
  held.document ??= read();
  try {
    return { ...(await held.document), servers: [{ url: publicUrl().origin }] };
  } catch (error) {
    held.document = null;
    throw error;
  }
}

async function read(): Promise<OpenApiDocument> {
  return JSON.parse(await readFile(/* turbopackIgnore: true */ openApiFile, "utf8")) as OpenApiDocument;
}
