import TurndownService from "turndown";

/** Deeper than any page that people read; converting recurses, and the stack has an end. */
const maxDepth = 500;

const dropped = [
  "script",
  "style",
  "noscript",
  "iframe",
  "object",
  "embed",
  "template",
  "svg",
  "canvas",
  "img",
  "form",
];

/**
 * The text of a part of a page, Markdown-like: headings, lists and quotes keep their marks and paragraphs their blank
 * lines. Emphasis, links and pictures leave only their words: a quote should read as it was said.
 */
export function htmlToText(root: Element): string {
  for (const node of [...root.querySelectorAll(dropped.join(","))]) node.remove();
  const text = isShallow(root) ? turndown().turndown(root as unknown as HTMLElement) : (root.textContent ?? "");
  return text
    .replaceAll("\0", "")
    .replace(/\r\n?/gu, "\n")
    .replace(/\u00a0/gu, " ")
    .replace(/[^\S\n]+$/gmu, "")
    .replace(/\n{3,}/gu, "\n\n")
    .trim();
}

function turndown(): TurndownService {
  const service = new TurndownService({ headingStyle: "atx", bulletListMarker: "-", codeBlockStyle: "fenced" });
  service.escape = (text) => text;
  const words = (content: string): string => content;
  for (const tag of ["em", "i", "strong", "b", "a", "code"] as const)
    service.addRule(tag, { filter: tag, replacement: words });
  service.addRule("item", { filter: "li", replacement: (content) => `- ${content.trim().replace(/\n+/gu, "\n  ")}\n` });
  // cells side by side are no sentence
  service.addRule("cell", { filter: ["td", "th"], replacement: (content) => `${content.trim()}\n` });
  service.addRule("row", { filter: "tr", replacement: (content) => `\n${content}\n` });
  return service;
}

/** Follows the tree without recursion. */
function isShallow(root: Element): boolean {
  let depth = 0;
  let node: Element | null = root;
  while (node !== null) {
    if (node.firstElementChild !== null) {
      node = node.firstElementChild;
      depth += 1;
      if (depth > maxDepth) return false;
      continue;
    }
    while (node !== null && node !== root && node.nextElementSibling === null) {
      node = node.parentElement;
      depth -= 1;
    }
    if (node === null || node === root) return true;
    node = node.nextElementSibling;
  }
  return true;
}
