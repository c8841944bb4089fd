"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useDocument } from "@/components/sources/use-documents";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount } from "@/lib/format";
import type { PrimitiveView } from "@/lib/compile/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { excerptAround, unwrapLines } from "./excerpt";

type Source = PrimitiveView["provenance"][number];

/** Every sentence that a statement rests on, each where it stands in its text. */
export function SourceSentences({ primitive, face }: { primitive: PrimitiveView; face: FaceView }) {
  const [index, setIndex] = useState(0);
  const source = primitive.provenance[index];
  const count = primitive.provenance.length;

  return (
    <section className="grid gap-3">
      <div className="flex min-h-8 items-center gap-2">
        <h3 className="mr-auto">The sentence it rests on</h3>
        {count > 1 ? (
          <>
            <span className="num text-2 text-ink-3">
              {index + 1} of {count}
            </span>
            <Button look="ghost" disabled={index === 0} onClick={() => setIndex(index - 1)}>
              <ArrowUp size={14} strokeWidth={1.75} aria-hidden />
              Earlier
            </Button>
            <Button look="ghost" disabled={index === count - 1} onClick={() => setIndex(index + 1)}>
              <ArrowDown size={14} strokeWidth={1.75} aria-hidden />
              Next
            </Button>
          </>
        ) : null}
      </div>
      {source ? (
        <SourceExcerpt key={index} source={source} component={primitive.component} face={face} />
      ) : (
        <p className="text-2 text-ink-2">No text holds it: it was written by hand.</p>
      )}
    </section>
  );
}

function SourceExcerpt({
  source,
  component,
  face,
}: {
  source: Source;
  component: PrimitiveView["component"];
  face: FaceView;
}) {
  const document = useDocument(face.username, source.document_id);
  const [isWhole, setIsWhole] = useState(false);
  const mark = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isWhole) mark.current?.scrollIntoView({ block: "center" });
  }, [isWhole]);

  if (document.error)
    return (
      <ApiErrorBlock
        title="The text could not be loaded"
        error={document.error}
        onRetry={() => void document.refetch()}
      />
    );
  // The offsets belong to one version; in another the quote may stand elsewhere, or not at all.
  const isSameVersion = document.data?.version === source.version;
  const excerpt =
    document.data && isSameVersion
      ? excerptAround(textOf(document.data), source.start, source.end, isWhole ? Infinity : 200)
      : null;

  return (
    <div className="rounded-3 border border-line bg-sunk px-4 py-4 mid:px-6 mid:py-5">
      <p className="num mb-3 text-1 text-ink-3">
        {document.data
          ? `${document.data.label}, version ${source.version}, characters ${formatCount(source.start)} to ${formatCount(source.end)}`
          : " "}
      </p>
      {document.data ? (
        <div className={`quote measure whitespace-pre-line ${isWhole ? "max-h-[60dvh] overflow-y-auto" : ""}`}>
          {excerpt?.isCutBefore ? <span className="text-ink-3">… </span> : null}
          {excerpt?.before}
          <mark ref={mark} data-component={component}>
            {excerpt?.quote ?? unwrapLines(source.quote)}
          </mark>
          {excerpt?.after}
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
        <p className="mt-3 text-1 text-ink-3">
          The text has changed since; version {document.data.version} waits to be synced.
        </p>
      ) : null}
      {excerpt && (excerpt.isCutBefore || excerpt.isCutAfter || isWhole) ? (
        <Button look="ghost" className="mt-2 -mb-2 -ml-3" onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? "Only around the sentence" : "Open the whole text"}
        </Button>
      ) : null}
    </div>
  );
}

/** In a conversation every line is somebody's; elsewhere it may only be where the paper ended. */
const textOf = ({ type, content }: { type: string; content: string }): string =>
  type === "thread" ? content : unwrapLines(content);
