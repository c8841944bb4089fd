import { env } from "@/lib/env";
import { unescape } from "./captions";
import type { Fetch } from "./fetch-captions";

export type Page = { bytes: Buffer; fileName: string; title: string; mimeType: string; url: string };

/** What the reader of files may make something of; it looks at the bytes itself. */
const types =
  /^(?:text\/(?:html|plain|markdown|x-markdown|vtt|srt|csv)|application\/(?:xhtml\+xml|pdf|json|octet-stream|epub\+zip|x-subrip|vnd\.openxmlformats-officedocument\.wordprocessingml\.document))$/u;

const endings: Record<string, string> = {
  "text/html": ".html",
  "application/xhtml+xml": ".html",
  "text/markdown": ".md",
  "text/x-markdown": ".md",
  "application/pdf": ".pdf",
  "application/json": ".json",
};

/** Fetches a page or a file. @throws {AppError} as the guarded fetch */
export async function fetchPage(address: string, signal: AbortSignal, fetch: Fetch): Promise<Page> {
  const { url, contentType, bytes } = await fetch(address, {
    signal,
    maxBytes: env().MAX_UPLOAD_MB * 1024 * 1024,
    types,
  });
  const [type = ""] = contentType.split(";");
  const mimeType = type.trim().toLowerCase();
  const text = mimeType.startsWith("text/") || mimeType.endsWith("xml") ? toUtf8(bytes, contentType) : bytes;
  const name = lastSegment(url);
  const fileName = /\.[a-z0-9]{2,5}$/iu.test(name) ? name : name + (endings[mimeType] ?? "");
  const title = (endings[mimeType] === ".html" ? titleOf(text) : null) ?? name;
  return { bytes: text, fileName, title, mimeType, url: url.href };
}

/** The sender knows its encoding; the reader would have to guess. A mark tells the reader what it is now. */
function toUtf8(bytes: Buffer, contentType: string): Buffer {
  const charset = /charset\s*=\s*"?([\w.:-]{2,40})/iu.exec(contentType)?.[1];
  if (charset === undefined || /^utf-?8$/iu.test(charset)) return bytes;
  try {
    return Buffer.from(`\ufeff${new TextDecoder(charset).decode(bytes)}`);
  } catch {
    return bytes;
  }
}

function titleOf(html: Buffer): string | null {
  const head = html.subarray(0, 200_000).toString("utf8");
  const og = /<meta\s[^>]{0,300}property=["']og:title["'][^>]{0,50}?content=(?:"([^"]{1,500})"|'([^']{1,500})')/iu.exec(
    head,
  );
  const found = og?.[1] ?? og?.[2] ?? /<title\b[^>]{0,200}>([^<]{1,500})/iu.exec(head)?.[1] ?? "";
  const title = unescape(found)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, 200);
  return title === "" ? null : title.toWellFormed();
}

function lastSegment(url: URL): string {
  const segment = url.pathname.split("/").findLast((part) => part !== "") ?? "";
  const name = decode(segment)
    .replace(/[\p{Cc}/\\]/gu, "")
    .trim()
    .slice(0, 150);
  return name === "" ? url.host : name.toWellFormed();
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
