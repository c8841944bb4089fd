"use client";

import { ArrowLeft, Download, ListTree } from "lucide-react";
import Link from "next/link";
import { useMemo, useRef } from "react";
import { sourcesText } from "@/components/strings/sources";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { useUrlState } from "@/components/ui/use-url-state";
import type { PrimitiveView } from "@/lib/compile/schemas";
import type { DocumentWithContent } from "@/lib/documents/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { formatBytes } from "@/lib/format";
import { DocumentFacts } from "./document-facts";
import { LoadingReader } from "./loading-reader";
import { ReaderText } from "./reader-text";
import { StatementsOfText } from "./statements-of-text";
import { useDocument } from "./use-documents";
import { useDocumentStatements } from "./use-document-statements";

/** One text to read, with the sentences marked that statements rest on. */
export function DocumentReader({ face, id }: { face: FaceView; id: string }) {
  const document = useDocument(face.username, id);
  const statements = useDocumentStatements(face.username, id, (document.data?.counts.statements ?? 0) > 0);
  return (
    <div className="grid gap-4">
      <Button asChild look="ghost" className="-ml-3 justify-self-start">
        <Link href={`/faces/${face.username}?tab=sources`} scroll={false}>
          <ArrowLeft size={16} strokeWidth={1.75} aria-hidden />
          {sourcesText.allTexts}
        </Link>
      </Button>
      {document.error ? (
        <ApiErrorBlock
          title={sourcesText.textUnloaded}
          error={document.error}
          onRetry={() => void document.refetch()}
        />
      ) : document.data ? (
        <LoadedReader
          face={face}
          document={document.data}
          statements={statements.data ?? null}
          problem={
            statements.error ? (
              <ApiErrorBlock
                title={sourcesText.statementsUnloaded}
                error={statements.error}
                onRetry={() => void statements.refetch()}
              />
            ) : null
          }
        />
      ) : (
        <LoadingReader />
      )}
    </div>
  );
}

type LoadedReaderProps = {
  face: FaceView;
  document: DocumentWithContent;
  /** null: not here yet */
  statements: PrimitiveView[] | null;
  problem: React.ReactNode;
};

function LoadedReader({ face, document, statements, problem }: LoadedReaderProps) {
  const article = useRef<HTMLElement>(null);
  const [chosen, setChosen] = useUrlState("p");
  const [at] = useUrlState("at");
  const compiled = useMemo(() => compiledVersionOf(document.id, statements ?? []), [document.id, statements]);

  function show(statement: PrimitiveView) {
    setChosen(statement.id);
    const mark = article.current?.querySelector<HTMLElement>(`[data-statements~="${CSS.escape(statement.id)}"]`);
    mark?.scrollIntoView({ block: "center" });
    mark?.focus({ preventScroll: true });
  }

  return (
    <div className="grid items-start gap-6 wide:grid-cols-[minmax(0,1fr)_336px] wide:gap-10">
      <article ref={article} aria-label={document.label} className="min-w-0">
        <h2 className="mb-1 [overflow-wrap:anywhere]">{document.label}</h2>
        <p className="mb-4 text-1 text-ink-3">
          {compiled !== null && compiled !== document.version
            ? sourcesText.otherVersion(compiled, document.version)
            : document.counts.statements > 0
              ? sourcesText.legend
              : sourcesText.noStatements}
        </p>
        {document.content === "" ? (
          <p className="text-2 text-ink-2">{document.error ?? sourcesText.noTextYet}</p>
        ) : (
          <ReaderText face={face} document={document} statements={statements ?? []} chosen={chosen} at={at} />
        )}
      </article>
      <aside aria-label={sourcesText.details} className="order-first grid gap-6 wide:sticky wide:top-6 wide:order-none">
        <div className="grid gap-4">
          <DocumentFacts document={document} face={face} />
          <div className="flex flex-wrap gap-2">
            {document.counts.statements > 0 ? (
              <Button asChild>
                <Link href={`/faces/${face.username}?tab=primitives&document=${document.id}`}>
                  <ListTree size={16} strokeWidth={1.75} aria-hidden />
                  {sourcesText.showStatements}
                </Link>
              </Button>
            ) : null}
            {document.byte_size === null || face.is_sample ? null : (
              <Button asChild>
                <a href={`/v1/faces/${face.username}/documents/${document.id}/file`} download>
                  <Download size={16} strokeWidth={1.75} aria-hidden />
                  {sourcesText.downloadShort(formatBytes(document.byte_size))}
                </a>
              </Button>
            )}
          </div>
        </div>
        {problem}
        {statements !== null && statements.length > 0 ? (
          <div className="hidden wide:block">
            <StatementsOfText statements={statements} chosen={chosen} onShow={show} />
          </div>
        ) : null}
      </aside>
    </div>
  );
}

/** The version of the text that is in the graph; null when nothing of it is. */
function compiledVersionOf(document: string, statements: readonly PrimitiveView[]): number | null {
  const sources = statements.flatMap(({ provenance }) => provenance);
  return sources.find(({ document_id }) => document_id === document)?.version ?? null;
}
