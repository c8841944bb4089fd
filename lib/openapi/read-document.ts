import { readFile, stat } from "node:fs/promises";
import { publicUrl } from "@/lib/env";
import { openApiFile } from "./document-file";
import type { OpenApiDocument } from "./document-types";

let held: { madeAt: number; document: OpenApiDocument } | null = null;

/** The API's document, with this installation's address. @throws when the product was not built */
export async function readOpenApi(): Promise<OpenApiDocument> {
  const { mtimeMs: madeAt } = await stat(/* turbopackIgnore: true */ openApiFile);
  if (held?.madeAt !== madeAt) {
    const text = await readFile(/* turbopackIgnore: true */ openApiFile, "utf8");
    held = { madeAt, document: JSON.parse(text) as OpenApiDocument };
  }
  return { ...held.document, servers: [{ url: publicUrl().origin }] };
}
