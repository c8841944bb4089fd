"use client";

import { useEffect, useRef, useState } from "react";
import { useDocument } from "@/components/sources/use-documents";
import { primitivesText } from "@/components/strings/primitives";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import type { PrimitiveView } from "@/lib/compile/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { excerptAround, type Mark, unwrapLines, withMarks } from "./excerpt";

type Source = PrimitiveView["provenance"][number];

type SourceExcerptProps = {
  source: Source;
  /** other sentences that the statement rests on: those in sight are marked too, but not as strongly */
  others: readonly Source[];
  component: PrimitiveView["component"];
  face: FaceView;
};

const reach = 200;

/** A sentence in its text, marked, with what stands around it. */
export function SourceExcerpt({ source, others, component, face }: SourceExcerptProps) {
  const document = useDocument(face.username, source.document_id);
  const [isWhole, setIsWhole] = useState(false);
  const mark = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isWhole) mark.current?.scrollIntoView({ block: "center" });
  }, [isWhole]);

  if (document.error)
    return (
      <ApiErrorBlock title={primitivesText.textFailed} error={document.error} onRetry={() => void document.refetch()} />
    );
  // The offsets belong to one version; in another the quote may stand elsewhere, or not at all.
  const isSameVersion = document.data?.version === source.version;
  const excerpt =
    document.data && isSameVersion
      ? excerptAround(textOf(document.data), source.start, source.end, isWhole ? Infinity : reach)
      : null;
  const marks = others.filter(
    ({ document_id, version }) => document_id === source.document_id && version === source.version,
  );
  return (
    <div className="rounded-3 border border-line bg-sunk px-4 py-4 mid:px-6 mid:py-5">
      <p className="num mb-3 text-1 [overflow-wrap:anywhere] text-ink-3">
        {document.data ? primitivesText.where(document.data.label, source.version, source.start, source.end) : " "}
      </p>
      {document.data ? (
        <div
          className={cn(
            "quote measure whitespace-pre-line [overflow-wrap:anywhere]",
            isWhole && "max-h-[60dvh] overflow-y-auto",
          )}
          {...(isWhole ? { tabIndex: 0, role: "region", "aria-label": document.data.label } : {})}
        >
          {excerpt?.isCutBefore ? <span className="text-ink-3">… </span> : null}
          {excerpt ? <Marked text={excerpt.before} from={source.start - excerpt.before.length} marks={marks} /> : null}
          <mark ref={mark} data-component={component}>
            {excerpt?.quote ?? unwrapLines(source.quote)}
          </mark>
          {excerpt ? <Marked text={excerpt.after} from={source.end} marks={marks} /> : null}
          {excerpt?.isCutAfter ? <span className="text-ink-3"> …</span> : null}
        </div>
      ) : (
        <div className="grid gap-3 py-1">
          <Skeleton />
          <Skeleton />
          <Skeleton className="w-2/3" />
        </div>
      )}
      {document.data && !isSameVersion ? (
        <p className="mt-3 text-1 text-ink-3">{primitivesText.changedText(document.data.version)}</p>
      ) : null}
      {excerpt && (excerpt.isCutBefore || excerpt.isCutAfter || isWhole) ? (
        <Button look="ghost" className="mt-2 -mb-2 -ml-3" onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? primitivesText.onlyAround : primitivesText.wholeText}
        </Button>
      ) : null}
    </div>
  );
}

function Marked({ text, from, marks }: { text: string; from: number; marks: readonly Mark[] }) {
  return withMarks(text, from, marks).map(({ part, isMarked }, index) =>
    isMarked ? (
      <mark key={index} data-dim>
        {part}
      </mark>
    ) : (
      part
    ),
  );
}

/** In a conversation every line is somebody's; elsewhere it may only be where the paper ended. */
const textOf = ({ type, content }: { type: string; content: string }): string =>
  type === "thread" ? content : unwrapLines(content);
