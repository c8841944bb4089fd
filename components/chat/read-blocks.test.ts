import { parseMarkdownIntoBlocks } from "streamdown";
import { expect, it } from "vitest";
import { createBlockReader } from "./read-blocks";

const texts = {
  plain: "One.\n\nTwo *three*\nfour.\n\n# Five\nsix\n\n- a\n- b\n\n  c\n\n1. d\n\n> e\nf\n\n---\n\nEnd.",
  code: "Before\n\n```ts\nconst a = 1;\n\n// b\n```\n\nBetween\n\n~~~\nc\n~~~\nafter\n\n    indented\n\n    more",
  table: "| a | b |\n|---|---|\n| 1 | 2 |\n\nText | not a table\n\n| c |\n|---|\n| 3 |\n",
  html: "<div>\n\nin\n\n</div>\n\nout <b>bold</b>\n\n<details><summary>x</summary>\n\ny\n</details>\n\nz",
  notes: "A[^1] and [b].\n\nMore.\n\nMore still.\n\n[^1]: note\n\n[b]: https://example.com\n\nEnd.",
  math: "$$\na\n\nb\n$$\n\nc $$ d\n\ne",
};

it.each(Object.entries(texts))("cuts a growing text as the renderer would cut it whole: %s", (_name, text) => {
  for (const step of [1, 3, 17]) {
    const read = createBlockReader();
    for (let end = 1; end < text.length + step; end += step) {
      const part = text.slice(0, end);
      expect(read(part)).toEqual(parseMarkdownIntoBlocks(part));
    }
  }
});

it("begins again when the text is another one", () => {
  const read = createBlockReader();
  read(texts.plain);
  expect(read(texts.code)).toEqual(parseMarkdownIntoBlocks(texts.code));
});
