"use client";

import { MoveHorizontal } from "lucide-react";
import { useState } from "react";
import { componentNames } from "@/components/fingerprint/components";
import { RingKey } from "@/components/fingerprint/ring-key";
import { primitivesText } from "@/components/strings/primitives";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import type { PrimitiveView } from "@/lib/compile/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { formatHundredths } from "@/lib/format";
import type { StatementChange } from "./use-statement-change";
import { usePrimitive } from "./use-primitives";

type TensionPairsProps = {
  primitive: PrimitiveView;
  face: FaceView;
  /** null: the reader may change nothing */
  change: StatementChange | null;
  onSelect: (id: string) => void;
};

const shownAtFirst = 2;

/** What says the opposite, side by side with the sentence of each; the owner may choose. */
export function TensionPairs({ primitive, face, change, onSelect }: TensionPairsProps) {
  const [shown, setShown] = useState(shownAtFirst);
  const left = primitive.tensions.length - shown;
  return (
    <section aria-labelledby="tensions" className="grid gap-3">
      <h3 id="tensions">
        {primitivesText.tensionTitle} <span className="font-text text-ink-3">{primitivesText.tensionNote}</span>
      </h3>
      {primitive.tensions.slice(0, shown).map(({ id }) => (
        <Pair key={id} primitive={primitive} otherId={id} face={face} change={change} onSelect={onSelect} />
      ))}
      {left > 0 ? (
        <Button look="ghost" className="-ml-3 justify-self-start" onClick={() => setShown(primitive.tensions.length)}>
          {primitivesText.tensionNext(left)}
        </Button>
      ) : null}
      <p className="text-1 text-ink-3">{primitivesText.bothKept}</p>
    </section>
  );
}

type PairProps = Omit<TensionPairsProps, "primitive"> & { primitive: PrimitiveView; otherId: string };

function Pair({ primitive, otherId, face, change, onSelect }: PairProps) {
  const other = usePrimitive(face.username, otherId);
  if (other.error)
    return (
      <ApiErrorBlock title={primitivesText.otherFailed} error={other.error} onRetry={() => void other.refetch()} />
    );
  return (
    <div className="grid gap-3">
      <div className="grid rounded-3 border border-line mid:grid-cols-[minmax(0,1fr)_40px_minmax(0,1fr)]">
        <Side primitive={primitive} label={primitivesText.thisOne} />
        <span className="hidden place-items-center border-x border-line text-ink-3 mid:grid">
          <MoveHorizontal size={16} strokeWidth={1.75} aria-hidden />
        </span>
        {other.data ? (
          <Side
            primitive={other.data}
            label={primitivesText.otherOne}
            onOpen={() => onSelect(otherId)}
            className="border-t border-line mid:border-t-0"
          />
        ) : (
          <div className="grid content-start gap-3 p-4">
            <Skeleton className="w-1/2" />
            <Skeleton />
            <Skeleton />
          </div>
        )}
      </div>
      {change && other.data ? <Choice primitive={primitive} other={other.data} change={change} /> : null}
    </div>
  );
}

type SideProps = { primitive: PrimitiveView; label: string; onOpen?: () => void; className?: string };

function Side({ primitive, label, onOpen, className }: SideProps) {
  const [source] = primitive.provenance;
  return (
    <article aria-label={label} className={cn("grid min-w-0 content-start gap-2 p-4", className)}>
      <p className="num flex items-center gap-2 text-1 text-ink-3">
        <RingKey component={primitive.component} />
        {componentNames[primitive.component].name} · {formatHundredths(primitive.confidence)}
        {primitive.state === "disabled" ? ` · ${primitivesText.off}` : null}
      </p>
      <p
        className={cn(
          "text-2 font-strong [overflow-wrap:anywhere]",
          primitive.state === "disabled" && "text-ink-3 line-through",
        )}
      >
        {primitive.statement}
      </p>
      {source ? (
        <blockquote
          className="quote border-l-2 pl-3 [overflow-wrap:anywhere]"
          style={{ borderColor: `var(--${primitive.component})` }}
        >
          {source.quote}
        </blockquote>
      ) : null}
      {onOpen ? (
        <button type="button" onClick={onOpen} className="link justify-self-start text-2">
          {primitivesText.openOther}
        </button>
      ) : null}
    </article>
  );
}

/** Which of the two is used: none switched off keeps both. */
function Choice({
  primitive,
  other,
  change,
}: {
  primitive: PrimitiveView;
  other: PrimitiveView;
  change: StatementChange;
}) {
  const [isOff, otherIsOff] = [primitive, other].map(({ state }) => state === "disabled");
  function choose(loser: PrimitiveView, winner: PrimitiveView) {
    if (winner.state === "disabled")
      change(winner.id, { disabled: false }, { disabled: true }, primitivesText.changed.enabled);
    change(loser.id, { disabled: true }, { disabled: false }, primitivesText.wins(winner.statement));
  }
  function keepBoth() {
    for (const each of [primitive, other])
      if (each.state === "disabled")
        change(each.id, { disabled: false }, { disabled: true }, primitivesText.changed.enabled);
  }
  const look = (isCurrent: boolean) => (isCurrent ? "border-accent bg-accent-soft" : undefined);
  return (
    <div className="flex flex-wrap gap-2">
      <Button aria-pressed={!isOff && !otherIsOff} className={look(!isOff && !otherIsOff)} onClick={keepBoth}>
        {primitivesText.keepBoth}
      </Button>
      <Button
        aria-pressed={!isOff && otherIsOff}
        className={look(!isOff && otherIsOff === true)}
        onClick={() => choose(other, primitive)}
      >
        {primitivesText.thisWins}
      </Button>
      <Button
        aria-pressed={isOff && !otherIsOff}
        className={look(isOff === true && !otherIsOff)}
        onClick={() => choose(primitive, other)}
      >
        {primitivesText.otherWins}
      </Button>
    </div>
  );
}
