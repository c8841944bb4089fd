import { Fragment, type ReactNode } from "react";

/**
 * A sentence of the catalogue with parts that are more than text: `"Read the <docs>reference</docs>."` with a function
 * for `docs` that makes a link of its words. Tags do not nest; one that is unknown shows its words alone.
 */
export function RichText({ text, parts }: { text: string; parts: Record<string, (words: string) => ReactNode> }) {
  return text.split(/(<\w+>.*?<\/\w+>)/s).map((piece, index) => {
    const tag = /^<(\w+)>(.*)<\/\1>$/s.exec(piece);
    const render = tag?.[1] === undefined ? undefined : parts[tag[1]];
    return <Fragment key={index}>{tag ? (render?.(tag[2] ?? "") ?? tag[2]) : piece}</Fragment>;
  });
}
