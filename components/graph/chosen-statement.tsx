"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { componentNames } from "@/components/fingerprint/components";
import { usePrimitive } from "@/components/primitives/use-primitives";
import { graphText } from "@/components/strings/graph";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Confidence } from "@/components/ui/confidence";
import { IconButton } from "@/components/ui/icon-button";
import { Skeleton } from "@/components/ui/skeleton";
import { useSettled } from "@/components/ui/use-settled";
import type { FaceView } from "@/lib/faces/schemas";
import type { DrawnGraph, DrawnNode } from "./drawn-graph";
import { JoinedStatements } from "./joined-statements";
import { ShapeSign } from "./shape-sign";

type ChosenStatementProps = {
  face: FaceView;
  graph: DrawnGraph;
  place: number | null;
  onSelect: (place: number | null) => void;
};

/** The statement that is chosen, with its sentence, and what it is joined to. */
export function ChosenStatement({ face, graph, place, onSelect }: ChosenStatementProps) {
  const node = place === null ? undefined : graph.nodes[place];
  if (node === undefined) return <p className="text-2 text-ink-3">{graphText.nothingChosen}</p>;
  const sector = graph.sectors.length > 1 ? graph.sectors[node.sector] : null;
  return (
    <>
      <article aria-label={node.statement} className="grid gap-3 rounded-3 border border-line p-5">
        <div className="flex min-h-6 items-center gap-2 text-2">
          <ShapeSign component={node.component} />
          <span className="font-strong" style={{ color: `var(--${node.component}-text)` }}>
            {componentNames[node.component].name}
          </span>
          {sector ? <span className="truncate text-ink-3">{graphText.about(sector)}</span> : null}
          <Confidence value={node.confidence} className="ml-auto" />
          <IconButton label={graphText.close} onClick={() => onSelect(null)} className="-mr-2">
            <X size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </div>
        <p className="font-strong [overflow-wrap:anywhere]">{node.statement}</p>
        {node.state === "active" ? null : <p className="text-1 text-ink-3">{graphText[node.state]}</p>}
        <Sentence face={face} node={node} />
        <Link href={`/faces/${face.username}?tab=primitives&p=${node.id}`} className="link justify-self-start text-2">
          {graphText.open}
        </Link>
      </article>
      <JoinedStatements graph={graph} place={node.place} onSelect={onSelect} />
    </>
  );
}

/** While one walks along the list nothing is asked for; it comes when one stops. */
const settleMs = 150;

function Sentence({ face, node }: { face: FaceView; node: DrawnNode }) {
  const id = useSettled(node.id, settleMs);
  const primitive = usePrimitive(face.username, id);
  if (primitive.error)
    return (
      <ApiErrorBlock
        title={graphText.sentenceFailed}
        error={primitive.error}
        onRetry={() => void primitive.refetch()}
      />
    );
  if (primitive.data?.id !== node.id)
    return (
      <div role="status" aria-label={graphText.sentenceLoads} className="grid h-18 content-center gap-3">
        <Skeleton />
        <Skeleton className="w-2/3" />
      </div>
    );
  const [first, ...more] = primitive.data.provenance;
  if (first === undefined) return <p className="text-2 text-ink-2">{graphText.noSentence}</p>;
  return (
    <figure className="grid gap-1">
      <blockquote
        className="quote border-l-2 pl-3 [overflow-wrap:anywhere]"
        style={{ borderColor: `var(--${node.component})` }}
      >
        {first.quote}
      </blockquote>
      {more.length > 0 ? (
        <figcaption className="text-1 text-ink-3">{graphText.moreSentences(more.length)}</figcaption>
      ) : null}
    </figure>
  );
}
