"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { usePageTop } from "@/components/ui/use-page-top";
import type { DocumentView } from "@/lib/documents/schemas";
import { DocumentRow, type RowProps } from "./document-row";

/** Past this many rows only those in sight are drawn. */
const drawAll = 60;
const rowPx = 61;

type DocumentRowsProps = Omit<RowProps, "document" | "isSelected"> & {
  documents: DocumentView[];
  selected: ReadonlySet<string> | null;
};

/** The rows of the list, five or five thousand. */
export function DocumentRows({ documents, ...props }: DocumentRowsProps) {
  if (documents.length > drawAll) return <ManyRows documents={documents} {...props} />;
  return (
    <ul className="border-y border-line">
      {documents.map((document) => (
        <li key={document.id} className="border-t border-line first:border-t-0">
          <Row document={document} {...props} />
        </li>
      ))}
    </ul>
  );
}

function ManyRows({ documents, ...props }: DocumentRowsProps) {
  const list = useRef<HTMLUListElement>(null);
  const top = usePageTop(list);
  const virtual = useWindowVirtualizer({
    count: documents.length,
    estimateSize: () => rowPx,
    overscan: 8,
    scrollMargin: top,
    getItemKey: (index) => documents[index]?.id ?? index,
  });
  return (
    <ul ref={list} className="relative border-y border-line" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((item) => {
        const shown = documents[item.index];
        return shown ? (
          <li
            key={item.key}
            ref={virtual.measureElement}
            data-index={item.index}
            aria-setsize={documents.length}
            aria-posinset={item.index + 1}
            className="absolute inset-x-0 top-0 border-t border-line data-[index='0']:border-t-0"
            style={{ transform: `translateY(${item.start - top}px)` }}
          >
            <Row document={shown} {...props} />
          </li>
        ) : null;
      })}
    </ul>
  );
}

function Row({ document, selected, ...props }: Omit<DocumentRowsProps, "documents"> & { document: DocumentView }) {
  return (
    <DocumentRow document={document} isSelected={selected === null ? null : selected.has(document.id)} {...props} />
  );
}
