"use client";

import type { Ref } from "react";
import { formulaText as text } from "@/components/strings/faces";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { useSettled } from "@/components/ui/use-settled";
import type { FormulaProblem } from "./check-formula";
import { FormulaField } from "./formula-field";
import { FormulaPreview } from "./formula-preview";
import type { FormulaState } from "./use-formula";

/** One has begun to think about the next word by then. */
const pauseMs = 600;

type FormulaEditorProps = {
  value: string;
  onChange: (value: string) => void;
  formula: FormulaState;
  /** what is wrong is said also when nothing is typed */
  isChecked: boolean;
  inputRef: Ref<HTMLInputElement>;
};

/** A formula with what it means, what is wrong with it, and what it would hold. */
export function FormulaEditor({ value, onChange, formula, isChecked, inputRef }: FormulaEditorProps) {
  const paused = useSettled(value, pauseMs);
  const isTold = isChecked || (value.trim() !== "" && paused === value);
  const problem = isTold ? formula.problem : null;
  return (
    <div className="grid gap-3">
      <Field label={text.label} hint={text.hint} error={problem?.message}>
        {(control) => (
          <FormulaField
            control={control}
            value={value}
            onChange={onChange}
            operands={formula.operands}
            inputRef={inputRef}
          />
        )}
      </Field>
      {problem !== null && value !== "" ? <Marked value={value} problem={problem} onFix={onChange} /> : null}
      {problem === null && formula.words !== null && formula.problem === null ? (
        <p className="text-2 text-ink-2" aria-live="polite">
          <span className="text-ink-3">{text.meaning}: </span>
          {formula.words}.
        </p>
      ) : null}
      {formula.problem === null ? <FormulaPreview preview={formula.preview} /> : null}
    </div>
  );
}

type MarkedProps = { value: string; problem: FormulaProblem; onFix: (value: string) => void };

/** The formula once more, with the place where it goes wrong. */
function Marked({ value, problem: { at, length, fix }, onFix }: MarkedProps) {
  const end = at + length;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p className="min-w-0 rounded-2 bg-sunk px-2.5 py-1 font-mono text-2 break-words whitespace-pre-wrap">
        <span className="sr-only">{text.at(at + 1)}: </span>
        {value.slice(0, at)}
        <mark className="rounded-1 bg-danger-soft text-danger underline decoration-wavy underline-offset-4">
          {length === 0 ? " " : value.slice(at, end)}
        </mark>
        {value.slice(end)}
      </p>
      {fix === undefined ? null : (
        <Button onClick={() => onFix(value.slice(0, at) + fix + value.slice(end))}>{text.didYouMean(fix)}</Button>
      )}
    </div>
  );
}
