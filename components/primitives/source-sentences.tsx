"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import { useDocuments } from "@/components/sources/use-documents";
import { primitivesText } from "@/components/strings/primitives";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import type { PrimitiveView } from "@/lib/compile/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { SourceExcerpt } from "./source-excerpt";

/** With more texts than this a list of them is easier than buttons. */
const mostSegments = 3;

/** Every sentence that a statement rests on, each where it stands in its text. */
export function SourceSentences({ primitive, face }: { primitive: PrimitiveView; face: FaceView }) {
  const [index, setIndex] = useState(0);
  const source = primitive.provenance[index];
  const count = primitive.provenance.length;
  const isMany = count > 1;
  return (
    <section className="grid gap-3">
      <div className="flex min-h-8 flex-wrap items-center gap-2">
        <h3 className="mr-auto">{isMany ? primitivesText.manySentences : primitivesText.sentence}</h3>
        {new Set(primitive.provenance.map(({ document_id }) => document_id)).size > 1 ? (
          <TextChoice primitive={primitive} face={face} index={index} onIndex={setIndex} />
        ) : null}
      </div>
      {source ? (
        <SourceExcerpt
          key={`${source.document_id} ${source.start}`}
          source={source}
          others={primitive.provenance.filter((other) => other !== source)}
          component={primitive.component}
          face={face}
        />
      ) : (
        <p className="text-2 text-ink-2">{primitivesText.noSentence}</p>
      )}
      {isMany ? (
        <div className="flex items-center gap-2">
          <Button look="ghost" disabled={index === 0} onClick={() => setIndex(index - 1)} className="-ml-3">
            <ArrowUp size={14} strokeWidth={1.75} aria-hidden />
            {primitivesText.earlier}
          </Button>
          <Button look="ghost" disabled={index === count - 1} onClick={() => setIndex(index + 1)}>
            <ArrowDown size={14} strokeWidth={1.75} aria-hidden />
            {primitivesText.next}
          </Button>
          <span role="status" className="num text-2 text-ink-3">
            {primitivesText.place(index + 1, count)}
          </span>
        </div>
      ) : null}
    </section>
  );
}

type TextChoiceProps = {
  primitive: PrimitiveView;
  face: FaceView;
  index: number;
  onIndex: (index: number) => void;
};

/** The texts that say it, with how often each does. */
function TextChoice({ primitive, face, index, onIndex }: TextChoiceProps) {
  const ids = [...new Set(primitive.provenance.map(({ document_id }) => document_id))];
  const documents = useDocuments(face.username, false);
  const labels = new Map(documents.data?.map(({ id, label }) => [id, label]));
  const current = primitive.provenance[index]?.document_id ?? "";
  const pick = (id: string) => onIndex(primitive.provenance.findIndex(({ document_id }) => document_id === id));
  const choices = ids.map((value) => ({
    value,
    label: labels.get(value) ?? value,
    count: primitive.provenance.filter(({ document_id }) => document_id === value).length,
  }));
  if (choices.length > mostSegments)
    return (
      <Select
        aria-label={primitivesText.texts}
        className="w-auto max-w-60"
        value={current}
        onChange={(event) => pick(event.target.value)}
      >
        {choices.map(({ value, label, count }) => (
          <option key={value} value={value}>
            {primitivesText.textName(label, count)}
          </option>
        ))}
      </Select>
    );
  return (
    <Segmented
      label={primitivesText.texts}
      value={current}
      onChange={pick}
      segments={choices.map(({ value, label, count }) => ({
        value,
        label: <span className="max-w-36 truncate">{label}</span>,
        count,
      }))}
    />
  );
}
