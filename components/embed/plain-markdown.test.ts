import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { PlainMarkdown } from "./plain-markdown";

const html = (text: string) =>
  renderToStaticMarkup(createElement(PlainMarkdown, { text }))
    .replace(/^<div class="prose">/u, "")
    .replace(/<\/div>$/u, "");

describe("the markdown of an answer", () => {
  test.each([
    ["One.\n\nTwo\nlines.", "<p>One.</p><p>Two<br/>lines.</p>"],
    ["**bold** and *it* and `a*b*`", "<p><strong>bold</strong> and <em>it</em> and <code>a*b*</code></p>"],
    ["- a\n- b\n\n1. c", "<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>"],
    ["## Title\ntext", "<p><strong>Title</strong></p><p>text</p>"],
    ["> said", "<blockquote>said</blockquote>"],
    ["```js\nlet a = 1;\n\nb\n```\nafter", '<pre tabindex="0"><code>let a = 1;\n\nb</code></pre><p>after</p>'],
    ["2 * 3 * 4 and snake_case_name", "<p>2 * 3 * 4 and snake_case_name</p>"],
    ["**half", "<p>**half</p>"],
    ["```\nunfinished", '<pre tabindex="0"><code>unfinished</code></pre>'],
  ])("%j", (text, expected) => expect(html(text)).toBe(expected));

  test("links lead to the web, in another tab", () => {
    expect(html("[a](https://example.com/x)")).toContain(
      '<a href="https://example.com/x" target="_blank" rel="noopener noreferrer nofollow"',
    );
  });

  test.each([
    "[a](javascript:alert(1))",
    "[a](JaVaScript:x)",
    "[a](data:text/html,x)",
    "[a](vbscript:x)",
    "[a](&#106;avascript:x)",
    "[a](//example.com)",
    "[a](https:)",
    "![a](https://example.com/x.png)<img src=x onerror=x>",
    "<script>x</script>",
    '<a href="javascript:x">y</a>',
  ])("%s stays text", (text) => expect(html(text)).not.toMatch(/<(?:a|img|script)\b/u));
});
