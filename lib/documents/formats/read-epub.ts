import { DOMParser, parseHTML } from "linkedom";
import { htmlToText } from "./html-to-text";
import { isUnwieldy } from "./read-html";
import { type Reading, Refusal, type SourceFile } from "./reading";
import { type Unpacked, unzip } from "./unzip";

const decoder = new TextDecoder();

/**
 * The chapters of a book in the order of its spine, without its table of contents.
 *
 * @throws {Refusal} damaged, protected against copying, or without a spine
 */
export function readEpub({ bytes, fileName }: SourceFile): Reading {
  const files = unzip(bytes, fileName, (path) => /\.(?:x?html?|xml|opf)$/iu.test(path));
  const rights = files.get("META-INF/encryption.xml");
  if (rights !== undefined && /EncryptedData[\s\S]*\.x?html?/iu.test(decoder.decode(rights))) {
    throw new Refusal("unreadable", `${fileName} is protected against copying. Upload a copy without protection.`);
  }
  const chapters = spine(files, fileName).map((path) => chapterText(files, path));
  const text = chapters.filter((chapter) => chapter !== "").join("\n\n");
  return { format: "epub", mimeType: "application/epub+zip", text, kind: "document", notes: [] };
}

/** Paths of the chapters, in reading order. */
function spine(files: Unpacked, fileName: string): string[] {
  const rootPath = byName(xml(files, "META-INF/container.xml"), "rootfile")[0]?.getAttribute("full-path") ?? "";
  const book = xml(files, rootPath);
  const items = new Map(byName(book, "item").map((item) => [item.getAttribute("id"), item]));
  const folder = rootPath.includes("/") ? rootPath.slice(0, rootPath.lastIndexOf("/") + 1) : "";
  const paths = byName(book, "itemref").flatMap((itemref) => {
    const item = items.get(itemref.getAttribute("idref"));
    if (item === undefined) return [];
    const properties = item.getAttribute("properties") ?? "";
    if (properties.split(/\s+/u).includes("nav")) return [];
    return [resolvePath(folder, item.getAttribute("href") ?? "")];
  });
  if (paths.length > 0) return [...new Set(paths)];
  throw new Refusal("unreadable", `${fileName} is damaged: it does not say which chapters it has.`);
}

function chapterText(files: Unpacked, path: string): string {
  const page = files.get(path);
  if (page === undefined || !/html?$/iu.test(path)) return "";
  // an XML page may close its scripts and titles in themselves, which HTML does not know
  const html = decoder.decode(page).replace(/<(script|title|style)\b([^>]*)\/>/giu, "<$1$2></$1>");
  if (isUnwieldy(html)) return "";
  const { document } = parseHTML(/<body[\s>]/iu.test(html) ? html : `<html><body>${html}</body></html>`);
  for (const node of [...document.querySelectorAll("head, nav")]) node.remove();
  return htmlToText(document.body ?? document.documentElement);
}

function xml(files: Unpacked, path: string): Element[] {
  const text = decoder.decode(files.get(path) ?? new Uint8Array());
  if (text === "" || isUnwieldy(text)) return [];
  const document = new DOMParser().parseFromString(text, "text/xml");
  return [...document.querySelectorAll("*")] as unknown as Element[];
}

/** Elements of a local name, whatever prefix the file gives their namespace. */
function byName(elements: Element[], name: string): Element[] {
  return elements.filter(({ tagName }) => tagName.toLowerCase().split(":").at(-1) === name);
}

function resolvePath(folder: string, href: string): string {
  const url = new URL(href, `epub:///${folder}`);
  try {
    return decodeURIComponent(url.pathname).replace(/^\/+/u, "");
  } catch {
    return url.pathname.replace(/^\/+/u, "");
  }
}
