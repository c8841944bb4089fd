import { createHash } from "node:crypto";
import { z } from "zod";
import { publicRoute } from "@/lib/http/route";
import { bare } from "@/lib/http/route-definition";
import { readOpenApi } from "@/lib/openapi/read-document";

const Document = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  servers: z.array(z.object({ url: z.string() })),
  paths: z.record(z.string(), z.unknown()),
});

export const GET = publicRoute(
  {
    summary: "Read this document",
    about: "The API as OpenAPI 3.1, made of the schemas that its routes run by.",
    reply: bare(Document),
  },
  async ({ request }) => {
    const body = JSON.stringify(await readOpenApi());
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    // whoever has it asks whether it is still so
    const headers = { etag, "cache-control": "public, max-age=0, must-revalidate", "access-control-allow-origin": "*" };
    if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
    return new Response(body, { headers: { ...headers, "content-type": "application/json" } });
  },
);
