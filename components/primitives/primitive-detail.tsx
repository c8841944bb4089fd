"use client";

import { ArrowLeft, Eye, EyeOff, Pencil, Pin, PinOff } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { componentNames } from "@/components/fingerprint/components";
import { RingKey } from "@/components/fingerprint/ring-key";
import { useCommands } from "@/components/palette/commands";
import { primitivesText } from "@/components/strings/primitives";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { PrimitiveView } from "@/lib/compile/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { EditStatement } from "./edit-statement";
import { KindChoice } from "./kind-choice";
import { SourceSentences } from "./source-sentences";
import { toggleDisabled, togglePinned } from "./statement-actions";
import { StatementFacts } from "./statement-facts";
import { StatementReview } from "./statement-review";
import { TensionPairs } from "./tension-pairs";
import { type StatementChange, useStatementChange } from "./use-statement-change";

type PrimitiveDetailProps = { primitive: PrimitiveView; face: FaceView; onSelect: (id: string | null) => void };

/** One statement: how sure, in which form it is kept, the sentence it rests on, and what says the opposite. */
export function PrimitiveDetail({ primitive, face, onSelect }: PrimitiveDetailProps) {
  const { name, letter } = componentNames[primitive.component];
  const [isEditing, setIsEditing] = useState(false);
  const change = useStatementChange(face.username);
  // the sample belongs to nobody, and what a composite says is changed in its parts
  const canChange = !face.is_sample && face.formula === null;
  return (
    <article aria-label={primitivesText.detail} className="grid gap-6">
      <section className="grid gap-3">
        <Button look="ghost" className="-ml-3 justify-self-start wide:hidden" onClick={() => onSelect(null)}>
          <ArrowLeft size={16} strokeWidth={1.75} aria-hidden />
          {primitivesText.backToList}
        </Button>
        <div className="flex min-h-7 items-center gap-2 text-2">
          <RingKey component={primitive.component} />
          <span className="font-strong" style={{ color: `var(--${primitive.component}-text)` }}>
            {name}
          </span>
          <span className="mr-auto text-ink-3">
            {letter} {primitive.component}
          </span>
          {canChange ? (
            <Switches primitive={primitive} change={change} onEdit={() => setIsEditing(!isEditing)} />
          ) : null}
        </div>
        {isEditing ? (
          <EditStatement
            primitive={primitive}
            onCancel={() => setIsEditing(false)}
            onSave={(statement) => {
              const back = { statement: primitive.edited ? primitive.statement : null };
              change(primitive.id, { statement }, back, primitivesText.changed.statement);
              setIsEditing(false);
            }}
          />
        ) : (
          <p className="text-4 font-strong text-balance [overflow-wrap:anywhere]">{primitive.statement}</p>
        )}
        <StatementFacts primitive={primitive} />
        {canChange ? <StatementReview primitive={primitive} change={change} /> : null}
      </section>
      <SourceSentences primitive={primitive} face={face} />
      {primitive.tensions.length > 0 ? (
        <TensionPairs primitive={primitive} face={face} change={canChange ? change : null} onSelect={onSelect} />
      ) : null}
      {canChange ? <KindChoice primitive={primitive} change={change} /> : null}
      <Link href={`/faces/${face.username}?tab=graph&p=${primitive.id}`} className="link justify-self-start text-2">
        {primitivesText.inGraph}
      </Link>
    </article>
  );
}

type SwitchesProps = { primitive: PrimitiveView; change: StatementChange; onEdit: () => void };

/** What the owner may do, also by one key each. */
function Switches({ primitive, change, onEdit }: SwitchesProps) {
  const isOff = primitive.state === "disabled";
  const PinIcon = primitive.pinned ? PinOff : Pin;
  const EyeIcon = isOff ? Eye : EyeOff;
  const pin = () => togglePinned(primitive, change);
  const disable = () => toggleDisabled(primitive, change);
  const { commands } = primitivesText;
  useCommands([
    { id: "primitives.edit", label: commands.edit, group: "do", shortcut: "e", run: onEdit },
    { id: "primitives.pin", label: commands.pin, group: "do", shortcut: "p", run: pin },
    { id: "primitives.disable", label: commands.disable, group: "do", shortcut: "x", run: disable },
  ]);
  return (
    <span className="flex gap-0.5">
      <IconButton label={primitivesText.edit} onClick={onEdit}>
        <Pencil size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
      <IconButton
        label={primitive.pinned ? primitivesText.unpin : primitivesText.pin}
        aria-pressed={primitive.pinned}
        onClick={pin}
      >
        <PinIcon size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
      <IconButton label={isOff ? primitivesText.enable : primitivesText.disable} aria-pressed={isOff} onClick={disable}>
        <EyeIcon size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </span>
  );
}
