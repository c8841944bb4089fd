"use client";

import Link from "next/link";
import { memo, useEffect, useMemo, useRef } from "react";
import { unwrapLines } from "@/components/primitives/excerpt";
import { cn } from "@/components/ui/cn";
import type { PrimitiveView } from "@/lib/compile/schemas";
import type { DocumentWithContent } from "@/lib/documents/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { type Block, blocksOf } from "./reader-marks";

type ReaderTextProps = {
  face: FaceView;
  document: DocumentWithContent;
  statements: PrimitiveView[];
  /** id of the statement that is looked at */
  chosen: string;
};

/** The text as it was written. Parts that are out of sight cost nothing, and can be searched all the same. */
export function ReaderText({ face, document, statements, chosen }: ReaderTextProps) {
  const text = useMemo(
    () => (document.type === "thread" ? document.content : unwrapLines(document.content)),
    [document.type, document.content],
  );
  const blocks = useMemo(
    () => blocksOf(text, statements, { document: document.id, version: document.version }),
    [text, statements, document.id, document.version],
  );
  const root = useRef<HTMLDivElement>(null);
  const isFirst = useRef(true);
  // whoever follows a link to a sentence comes to it; afterwards they scroll themselves
  useEffect(() => {
    if (!isFirst.current || chosen === "" || statements.length === 0) return;
    isFirst.current = false;
    root.current?.querySelector(`[data-statements~="${CSS.escape(chosen)}"]`)?.scrollIntoView({ block: "center" });
  }, [chosen, statements]);

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

type TextBlockProps = { text: string; block: Block; hrefStart: string; chosen: string };

const TextBlock = memo(function TextBlock({ text, block, hrefStart, chosen }: TextBlockProps) {
  return (
    <div className="[contain-intrinsic-size:auto_600px] [content-visibility:auto]">
      {block.pieces.map(({ start, end, statements }) => {
        const words = text.slice(start, end);
        const [first] = statements;
        if (first === undefined) return <span key={start}>{words}</span>;
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
              className={cn(statements.some(({ id }) => id === chosen) && "outline-2 outline-offset-1 outline-accent")}
            >
              {words}
            </mark>
          </Link>
        );
      })}
    </div>
  );
});
