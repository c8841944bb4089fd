"use client";

import { ArrowLeft, Eye, EyeOff, Pencil, Pin, PinOff, Undo2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { componentNames } from "@/components/fingerprint/components";
import { RingKey } from "@/components/fingerprint/ring-key";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Confidence } from "@/components/ui/confidence";
import { IconButton } from "@/components/ui/icon-button";
import { countOf } from "@/lib/format";
import type { PrimitiveView } from "@/lib/compile/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { EditStatement } from "./edit-statement";
import { KindChoice } from "./kind-choice";
import { SourceSentences } from "./source-sentences";
import { useUpdatePrimitive, type PrimitiveChange } from "./use-primitives";

type PrimitiveDetailProps = { primitive: PrimitiveView; face: FaceView; onClose: () => void };

/** One statement: how sure, in which form it is kept, and the sentence it rests on. */
export function PrimitiveDetail({ primitive, face, onClose }: PrimitiveDetailProps) {
  const { name, letter } = componentNames[primitive.component];
  const sources = new Set(primitive.provenance.map((source) => source.document_id)).size;
  const [isEditing, setIsEditing] = useState(false);
  const change = useChange(primitive, face);

  return (
    <article aria-label="Statement" className="grid gap-6">
      <section className="grid gap-3">
        <Button look="ghost" className="-ml-3 justify-self-start wide:hidden" onClick={onClose}>
          <ArrowLeft size={16} strokeWidth={1.75} aria-hidden />
          All statements
        </Button>
        <div className="flex min-h-7 items-center gap-2 text-2">
          <RingKey component={primitive.component} />
          <span className="font-strong" style={{ color: `var(--${primitive.component}-text)` }}>
            {name}
          </span>
          <span className="mr-auto text-ink-3">
            {letter} {primitive.component}
          </span>
          {face.is_sample ? null : (
            <Switches primitive={primitive} onChange={change} onEdit={() => setIsEditing(!isEditing)} />
          )}
        </div>
        {isEditing ? (
          <EditStatement
            primitive={primitive}
            onCancel={() => setIsEditing(false)}
            onSave={(statement) => {
              change({ statement }, { statement: primitive.edited ? primitive.statement : null });
              setIsEditing(false);
            }}
          />
        ) : (
          <p className="text-4 font-strong text-balance">{primitive.statement}</p>
        )}
        <p className="font-mono text-2 [overflow-wrap:anywhere] text-ink-2">{grammarOf(primitive)}</p>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-2 text-ink-3">
          <span className="num flex items-center gap-2">
            <Confidence value={primitive.confidence} />
            {primitive.confidence.toFixed(2)}
          </span>
          <span>
            {countOf(primitive.provenance.length, "sentence")}, {countOf(sources, "text")}
          </span>
          {primitive.provenance[0] ? (
            <span>read by {engineName(primitive.provenance[0].engine)}, quote checked</span>
          ) : null}
          {primitive.state === "draft" ? <Chip>Draft: too uncertain to be used before more texts say it</Chip> : null}
          {primitive.edited ? <Chip>Changed by hand</Chip> : null}
          {primitive.state === "disabled" ? <Chip>Switched off: no conversation uses it</Chip> : null}
        </div>
        {face.is_sample ? null : <Review primitive={primitive} onChange={change} />}
      </section>
      {face.is_sample ? null : (
        <KindChoice
          primitive={primitive}
          onChoose={(kind) =>
            change(kind, { predicate: primitive.edited ? (primitive.predicate as PrimitiveChange["predicate"]) : null })
          }
        />
      )}
      <SourceSentences primitive={primitive} face={face} />
      {primitive.tensions.length > 0 ? <Tensions primitive={primitive} /> : null}
    </article>
  );
}

type Change = (part: PrimitiveChange, back: PrimitiveChange) => void;

/** Says what the owner wants of a statement; the toast takes it back. */
function useChange(primitive: PrimitiveView, face: FaceView): Change {
  const update = useUpdatePrimitive(face.username);
  const say = (part: PrimitiveChange, done?: () => void) =>
    update.mutate(
      { id: primitive.id, ...part },
      {
        onSuccess: () => done?.(),
        onError: (error) => toast.error(`The statement was not changed. ${error.message}`),
      },
    );
  return (part, back) =>
    say(part, () => toast("The statement is changed.", { action: { label: "Undo", onClick: () => say(back) } }));
}

/** A draft waits for somebody to say whether it is true. */
function Review({ primitive, onChange }: { primitive: PrimitiveView; onChange: Change }) {
  if (primitive.state !== "draft" && !primitive.edited) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {primitive.state === "draft" ? (
        <>
          <Button look="primary" onClick={() => onChange({ state: "active" }, { state: null })}>
            It is true, use it
          </Button>
          <Button onClick={() => onChange({ disabled: true }, { disabled: false })}>It is not</Button>
        </>
      ) : null}
      {primitive.edited ? (
        <Button
          look="ghost"
          onClick={() =>
            onChange(
              { statement: null, predicate: null },
              { statement: primitive.statement, predicate: primitive.predicate as PrimitiveChange["predicate"] },
            )
          }
        >
          <Undo2 size={14} strokeWidth={1.75} aria-hidden />
          Back to what was read
        </Button>
      ) : null}
    </div>
  );
}

type SwitchesProps = { primitive: PrimitiveView; onChange: Change; onEdit: () => void };

function Switches({ primitive, onChange, onEdit }: SwitchesProps) {
  const isDisabled = primitive.state === "disabled";
  const PinIcon = primitive.pinned ? PinOff : Pin;
  const EyeIcon = isDisabled ? Eye : EyeOff;

  return (
    <span className="flex gap-0.5">
      <IconButton label="Change the wording" onClick={onEdit}>
        <Pencil size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
      <IconButton
        label={primitive.pinned ? "Unpin" : "Pin: always part of conversations"}
        aria-pressed={primitive.pinned}
        onClick={() => onChange({ pinned: !primitive.pinned }, { pinned: primitive.pinned })}
      >
        <PinIcon size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
      <IconButton
        label={isDisabled ? "Switch on again" : "Switch off: no conversation uses it"}
        aria-pressed={isDisabled}
        onClick={() => onChange({ disabled: !isDisabled }, { disabled: isDisabled })}
      >
        <EyeIcon size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </span>
  );
}

function Tensions({ primitive }: { primitive: PrimitiveView }) {
  return (
    <section className="grid gap-2">
      <h3>
        In tension with <span className="font-text text-ink-3">both are kept</span>
      </h3>
      <ul className="border-y border-line text-2">
        {primitive.tensions.map((tension) => (
          <li key={tension.id} className="border-t border-line py-2 first:border-t-0">
            {tension.statement}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The closed form in which the statement is kept: `component.predicate [not] object [when …] [because …]`. */
function grammarOf({ component, predicate, polarity, object, condition, reason }: PrimitiveView): string {
  const parts = [
    `${component}.${predicate}`,
    polarity === "neg" ? "not" : "",
    object,
    condition ? `when ${condition}` : "",
    reason ? `because ${reason}` : "",
  ];
  return parts.filter(Boolean).join(" ");
}

const engineName = (engine: string): string => (engine.startsWith("builtin") ? "the built-in engine" : engine);
