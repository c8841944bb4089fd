import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { htmlToText } from "./html-to-text";
import { type Reading, Refusal } from "./reading";

/** An article shorter than this is more likely a cookie notice than what the page is about. */
const minArticleChars = 250;
const maxElements = 60_000;
/** No page that people read is this deep, and what walks a tree takes the square of it. */
const maxDepth = 1_500;
/** A whole novel is a hundredth of it. */
const maxTags = 250_000;
/** Elements that stand alone, or that the next of their kind closes. */
const unclosed =
  /^(?:area|base|br|col|dd|dt|embed|hr|img|input|li|link|meta|option|p|param|source|tbody|td|th|tr|track|wbr)$/u;

/**
 * The article of a page, without what stands around it; the whole body where no article is found. Nothing in the page
 * is run or fetched.
 *
 * @throws {Refusal} nested beyond reason
 */
export function readHtml(html: string): Reading {
  const reading = (text: string): Reading => {
    return { format: "html", mimeType: "text/html", text, kind: "document", notes: [] };
  };
  if (isUnwieldy(html))
    throw new Refusal("unreadable", "This page is too large or nested too deeply to be read. Copy its text instead.");
  const article = readArticle(html);
  if (article !== null && article.length >= minArticleChars) return reading(article);
  const { document } = parseHTML(withBody(html));
  for (const node of [...document.querySelectorAll("head, nav, title")]) node.remove();
  const whole = htmlToText(document.body ?? document.documentElement);
  return reading(whole === "" ? (article ?? "") : whole);
}

function readArticle(html: string): string | null {
  try {
    const { document } = parseHTML(withBody(html));
    const found = new Readability(document as unknown as Document, { maxElemsToParse: maxElements }).parse();
    if (!found?.content) return null;
    const { document: page } = parseHTML(`<!doctype html><html><body>${found.content}</body></html>`);
    const text = htmlToText(page.body);
    const title = found.title?.trim() ?? "";
    return title === "" || /^#\s/u.test(text) || text.includes(title) ? text : `# ${title}\n\n${text}`;
  } catch {
    // too large or too odd for it: the whole page is read instead
    return null;
  }
}

/** Whether a page would take too long, told by counting its tags before any tree is built. */
export function isUnwieldy(html: string): boolean {
  let depth = 0;
  let tags = 0;
  for (const [, slash, name = "", end] of html.matchAll(/<(\/?)([a-z][\w:-]{0,40})(?:\s[^<>]*)?(\/?)>/giu)) {
    tags += 1;
    if (tags > maxTags) return true;
    if (end === "/" || unclosed.test(name.toLowerCase())) continue;
    depth = slash === "/" ? Math.max(0, depth - 1) : depth + 1;
    if (depth > maxDepth) return true;
  }
  return false;
}

/** A piece of a page becomes a page: its words would stand outside any body. */
function withBody(html: string): string {
  return /<body[\s>]/iu.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`;
}
