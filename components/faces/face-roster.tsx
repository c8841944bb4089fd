"use client";

import dynamic from "next/dynamic";
import { useDeferredValue, useMemo } from "react";
import { componentKeys, componentNames } from "@/components/fingerprint/components";
import { RingKey } from "@/components/fingerprint/ring-key";
import { facesText } from "@/components/strings/faces";
import { Button } from "@/components/ui/button";
import { useUrlState } from "@/components/ui/use-url-state";
import type { FaceView } from "@/lib/faces/schemas";
import { FaceList } from "./face-list";
import { FaceToolbar } from "./face-toolbar";
import { oneOf, shows, sorts, viewOf, type Show } from "./faces-view";
import { SelectionBar } from "./selection-bar";
import { useFaceActions, type OpenQuestion } from "./use-face-actions";
import { useSelection } from "./use-selection";

const DeleteFacesDialog = dynamic(() => import("./delete-faces-dialog").then((file) => file.DeleteFacesDialog), {
  ssr: false,
});
const SyncFacesDialog = dynamic(() => import("./sync-faces-dialog").then((file) => file.SyncFacesDialog), {
  ssr: false,
});
const FormulaDialog = dynamic(() => import("./formula-dialog").then((file) => file.FormulaDialog), { ssr: false });

/** The faces with all that narrows, orders and changes them. What is shown stands in the address bar. */
export function FaceRoster({ faces }: { faces: FaceView[] }) {
  const [query, setQuery] = useUrlState("q");
  const [showName, setShow] = useUrlState("show");
  const [sortName, setSort] = useUrlState("sort");
  const [show, sort] = [oneOf(shows, showName), oneOf(sorts, sortName)];
  const wanted = useDeferredValue(query);
  const shown = useMemo(() => viewOf(faces, { query: wanted, show, sort }), [faces, wanted, show, sort]);
  const choosable = shown.filter((face) => !face.is_sample);
  const selection = useSelection(choosable.map(({ id }) => id));
  const chosen = choosable.filter(({ id }) => selection.has(id));
  const { actions, question, close, exportAll } = useFaceActions();
  if (faces.length === 0) return null;

  return (
    <>
      {chosen.length > 0 ? (
        <SelectionBar
          count={chosen.length}
          of={choosable.length}
          onAll={selection.all}
          onNone={selection.none}
          onSync={() => actions.sync(chosen)}
          onExport={(format) => void exportAll(chosen, format)}
          onDelete={() => actions.remove(chosen)}
        />
      ) : (
        <FaceToolbar
          faces={faces}
          query={query}
          onQuery={setQuery}
          show={show}
          onShow={setShow}
          sort={sort}
          onSort={setSort}
        />
      )}
      {shown.length > 0 ? (
        <FaceList faces={shown} selection={selection} actions={actions} />
      ) : (
        <NothingShown query={query} show={show} onAll={() => (query === "" ? setShow("") : setQuery(""))} />
      )}
      <Legend />
      <Question question={question} onClose={close} />
    </>
  );
}

function Question({ question, onClose }: { question: OpenQuestion; onClose: () => void }) {
  switch (question?.kind) {
    case "delete":
      return <DeleteFacesDialog faces={question.faces} onClose={onClose} />;
    case "sync":
      return <SyncFacesDialog faces={question.faces} onClose={onClose} />;
    case "formula":
      return <FormulaDialog face={question.face} onClose={onClose} />;
    default:
      return null;
  }
}

function NothingShown({ query, show, onAll }: { query: string; show: Show; onAll: () => void }) {
  return (
    <div role="status" className="flex flex-wrap items-center gap-3 border-y border-line py-6 text-2 text-ink-2">
      <p>
        {query !== ""
          ? facesText.nothingFound(query)
          : show === "needs"
            ? facesText.nothingNeedsYou
            : facesText.nothingComposed}
      </p>
      <Button onClick={onAll}>{facesText.showAll}</Button>
    </div>
  );
}

function Legend() {
  return (
    <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-1 text-ink-3">
      {componentKeys.map((key) => (
        <span key={key} className="flex items-center gap-1.5">
          <RingKey component={key} />
          {componentNames[key].letter} {componentNames[key].name.toLowerCase()}
        </span>
      ))}
      <span className="hidden wide:ml-auto wide:block">{facesText.legend}</span>
    </p>
  );
}
