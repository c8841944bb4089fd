"use client";

import Link from "next/link";
import { memo, useEffect, useMemo, useRef } from "react";
import { unwrapLines } from "@/components/primitives/excerpt";
import { cn } from "@/components/ui/cn";
import type { PrimitiveView } from "@/lib/compile/schemas";
import type { DocumentWithContent } from "@/lib/documents/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { type Block, blocksOf, spotOf } from "./reader-marks";

type ReaderTextProps = {
  face: FaceView;
  document: DocumentWithContent;
  statements: PrimitiveView[];
  /** id of the statement that is looked at */
  chosen: string;
  /** `120-180`: the place that somebody came to see */
  at: string;
};

/** The text as it was written. Parts that are out of sight cost nothing, and can be searched all the same. */
export function ReaderText({ face, document, statements, chosen, at }: ReaderTextProps) {
  const text = useMemo(
    () => (document.type === "thread" ? document.content : unwrapLines(document.content)),
    [document.type, document.content],
  );
  const blocks = useMemo(
    () => blocksOf(text, statements, { document: document.id, version: document.version }, spotOf(at)),
    [text, statements, document.id, document.version, at],
  );
  const root = useRef<HTMLDivElement>(null);
  const isFirst = useRef(true);
  // whoever follows a link to a sentence comes to it; afterwards they scroll themselves
  useEffect(() => {
    const wanted = at ? "[data-spot]" : chosen ? `[data-statements~="${CSS.escape(chosen)}"]` : null;
    const place = wanted && isFirst.current ? root.current?.querySelector(wanted) : null;
    if (!place) return;
    isFirst.current = false;
    place.scrollIntoView({ block: "center" });
  }, [chosen, at, statements]);

  return (
    <div ref={root} className="quote measure [overflow-wrap:anywhere] whitespace-pre-line">
      {blocks.map((block) => (
        <TextBlock
          key={block.start}
          text={text}
          block={block}
          hrefStart={`/faces/${face.username}?tab=primitives&document=${document.id}&p=`}
          chosen={block.pieces.some(({ statements: on }) => on.some(({ id }) => id === chosen)) ? chosen : ""}
        />
      ))}
    </div>
  );
}

const outline = "outline-2 outline-offset-1 outline-accent";

type TextBlockProps = { text: string; block: Block; hrefStart: string; chosen: string };

const TextBlock = memo(function TextBlock({ text, block, hrefStart, chosen }: TextBlockProps) {
  return (
    <div className="[contain-intrinsic-size:auto_600px] [content-visibility:auto]">
      {block.pieces.map(({ start, end, statements, isSpot }) => {
        const words = text.slice(start, end);
        const [first] = statements;
        const seen = isSpot || statements.some(({ id }) => id === chosen);
        if (first === undefined)
          return isSpot ? (
            <mark key={start} data-spot className={outline}>
              {words}
            </mark>
          ) : (
            <span key={start}>{words}</span>
          );
        return (
          <Link
            key={start}
            href={hrefStart + first.id}
            title={statements.map(({ statement }) => statement).join("\n")}
            data-statements={statements.map(({ id }) => id).join(" ")}
            className="text-ink no-underline"
          >
            <mark
              data-component={first.component}
              {...(statements.every(({ state }) => state === "disabled") ? { "data-dim": true } : {})}
              {...(isSpot ? { "data-spot": true } : {})}
              className={cn(seen && outline)}
            >
              {words}
            </mark>
          </Link>
        );
      })}
    </div>
  );
});
