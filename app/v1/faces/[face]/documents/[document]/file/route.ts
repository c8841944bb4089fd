import { Readable } from "node:stream";
import { z } from "zod";
import { openDocumentFile } from "@/lib/documents/open-document-file";
import { route } from "@/lib/http/route";
import { content } from "@/lib/http/route-definition";

const params = z.object({ face: z.string(), document: z.string() });

/** The file as it came, to be saved and never to be shown: somebody else may have written its scripts. */
export const GET = route(
  {
    summary: "Download the file of a source",
    reply: content({ "application/octet-stream": "The file as it came, under its own type where that is safe." }),
    scope: "faces:read",
    params,
  },
  async ({ ctx, params }) => {
    const { stream, fileName, mimeType, byteSize } = await openDocumentFile(ctx, params);
    const plainName = fileName.replace(/[^\x20-\x7e]|["\\%]/g, "_");
    const headers = new Headers({
      "content-type": /html|xml|svg/i.test(mimeType) ? "application/octet-stream" : mimeType,
      "content-disposition": `attachment; filename="${plainName}"; filename*=UTF-8''${encodeRfc5987(fileName)}`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "private, no-store",
    });
    if (byteSize !== null) headers.set("content-length", String(byteSize));
    return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, { headers });
  },
);

function encodeRfc5987(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16)}`,
  );
}
