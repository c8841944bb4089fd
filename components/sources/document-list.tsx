"use client";

import dynamic from "next/dynamic";
import { useMemo, useRef, useState } from "react";
import { sourcesText } from "@/components/strings/sources";
import { Button } from "@/components/ui/button";
import { SearchInput } from "@/components/ui/search-input";
import { Segmented } from "@/components/ui/segmented";
import { useUrlState } from "@/components/ui/use-url-state";
import type { DocumentView } from "@/lib/documents/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { filterDocuments, usefulFilters } from "./document-filter";
import { DocumentRows } from "./document-rows";
import { SelectionBar } from "./selection-bar";
import { useReadAs } from "./use-read-as";
import { useSelectedDocuments } from "./use-selected-documents";

const RenameDialog = dynamic(() => import("./rename-document-dialog").then((module) => module.RenameDocumentDialog), {
  ssr: false,
});
const ReplaceDialog = dynamic(() => import("./replace-text-dialog").then((module) => module.ReplaceTextDialog), {
  ssr: false,
});
const StoredSpeakerDialog = dynamic(
  () => import("./stored-speaker-dialog").then((module) => module.StoredSpeakerDialog),
  { ssr: false },
);

/** A list is only worth a search box past this many texts. */
const searchFrom = 8;

type Question = { kind: "rename" | "replace" | "speaker"; document: DocumentView };

type DocumentListProps = {
  face: FaceView;
  documents: DocumentView[];
  onDelete: (documents: readonly DocumentView[]) => void;
};

/** The texts of a face: found, filtered, read in another way, deleted; one or many. */
export function DocumentList({ face, documents, onDelete }: DocumentListProps) {
  const [filter, setFilter] = useUrlState("type");
  const [query, setQuery] = useUrlState("q");
  const [question, setQuestion] = useState<Question | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const filters = usefulFilters(documents);
  const shown = useMemo(() => filterDocuments(documents, { filter, query }), [documents, filter, query]);
  const selection = useSelectedDocuments(shown);
  const ask = (kind: Question["kind"]) => (document: DocumentView) => setQuestion({ kind, document });
  const { readAllAs } = useReadAs(face.username, ask("speaker"));
  const close = () => setQuestion(null);

  /** The row that had the focus goes: the list keeps it, or the page where it was the last. */
  function remove(gone: readonly DocumentView[]) {
    onDelete(gone);
    setTimeout(() => (heading.current ?? document.getElementById("main"))?.focus(), 0);
  }

  return (
    <section aria-label={sourcesText.texts}>
      <div className="mb-1 flex min-h-9 flex-wrap items-center gap-x-2 gap-y-1">
        <h2 ref={heading} tabIndex={-1}>
          {sourcesText.texts}
        </h2>
        <span className="num mr-auto text-2 text-ink-3">{documents.length}</span>
        {filters.length > 0 ? (
          <Segmented
            label={sourcesText.filterLabel}
            value={filter}
            segments={filters.map((value) => ({ value, label: sourcesText.filters[value === "" ? "all" : value] }))}
            onChange={setFilter}
          />
        ) : null}
        {face.is_sample || documents.length < 2 || selection.selected !== null ? null : (
          <Button look="ghost" onClick={selection.begin}>
            {sourcesText.select}
          </Button>
        )}
      </div>
      {documents.length >= searchFrom ? (
        <SearchInput
          label={sourcesText.findText}
          placeholder={sourcesText.findText}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className="mb-2"
        />
      ) : null}
      {selection.selected === null ? null : (
        <SelectionBar
          count={selection.chosen.length}
          of={shown.length}
          onAll={selection.all}
          onNone={selection.none}
          onDone={selection.end}
          onReadAs={(kind) => void readAllAs(selection.chosen, kind)}
          onDelete={() => {
            remove(selection.chosen);
            selection.end();
          }}
        />
      )}
      <DocumentRows
        face={face}
        documents={shown}
        selected={selection.selected}
        onSelect={selection.toggle}
        actions={{
          onDelete: (document) => remove([document]),
          onRename: ask("rename"),
          onReplace: ask("replace"),
          onAskSpeaker: ask("speaker"),
        }}
      />
      {shown.length === 0 ? (
        <p className="flex flex-wrap items-center gap-2 py-4 text-2 text-ink-2">
          {sourcesText.noMatch}
          <Button
            onClick={() => {
              setFilter("");
              setQuery("");
            }}
          >
            {sourcesText.showAll}
          </Button>
        </p>
      ) : null}
      {question?.kind === "rename" ? <RenameDialog face={face} document={question.document} onClose={close} /> : null}
      {question?.kind === "replace" ? <ReplaceDialog face={face} document={question.document} onClose={close} /> : null}
      {question?.kind === "speaker" ? (
        <StoredSpeakerDialog face={face} document={question.document} onClose={close} />
      ) : null}
    </section>
  );
}
