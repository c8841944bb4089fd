"use client";

import { Streamdown, type Components } from "streamdown";

/** A model may write the address of a picture; loading it would tell a stranger who reads. */
const components: Components = {
  img: ({ alt }) => (alt ? <span className="text-ink-3">[picture: {alt}]</span> : null),
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="link">
      {children}
    </a>
  ),
};

/** Markdown as it is being written: half a list or half a link does not flicker. */
export function Markdown({ text, isWriting }: { text: string; isWriting: boolean }) {
  return (
    <Streamdown
      className="prose"
      mode={isWriting ? "streaming" : "static"}
      isAnimating={isWriting}
      controls={false}
      components={components}
    >
      {text}
    </Streamdown>
  );
}
