"use client";

import { componentKeys, componentNames } from "@/components/fingerprint/components";
import { useDocuments } from "@/components/sources/use-documents";
import { primitivesText } from "@/components/strings/primitives";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import type { PrimitiveCounts } from "@/lib/compile/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { choiceNames, type PrimitiveFilter } from "./use-primitive-filter";

type PrimitiveFiltersProps = {
  face: FaceView;
  filter: PrimitiveFilter;
  onChange: (part: Partial<PrimitiveFilter>) => void;
  counts: PrimitiveCounts | undefined;
};

type Choice = { value: string; label: string; count?: number | undefined };

const sureSteps = [30, 50, 70, 90];

/** State, mark, text, kind and sureness; each choice says how many it would leave. */
export function PrimitiveFilters({ face, filter, onChange, counts }: PrimitiveFiltersProps) {
  const documents = useDocuments(face.username, false);
  const { states, marks } = primitivesText;
  const counted = counts?.kinds ?? [];
  // the kind that is asked for stays in the list when nothing of it is left
  const lost = filter.kind !== "" && !counted.some(({ predicate }) => predicate === filter.kind);
  const pick = (name: (typeof choiceNames)[number]) => (value: string) => onChange({ [name]: value });
  return (
    <div role="group" aria-label={primitivesText.filters} className="flex flex-wrap gap-2">
      <ChoiceSelect
        label={primitivesText.state}
        any={states.any}
        value={filter.state}
        onPick={pick("state")}
        choices={(["active", "draft", "disabled"] as const).map((value) => ({
          value,
          label: states[value],
          count: counts?.states[value],
        }))}
      />
      <ChoiceSelect
        label={primitivesText.mark}
        any={marks.any}
        value={filter.mark}
        onPick={pick("mark")}
        choices={(["pinned", "edited", "tension"] as const).map((value) => ({
          value,
          label: marks[value],
          count: counts?.[value],
        }))}
      />
      <ChoiceSelect
        label={primitivesText.text}
        any={primitivesText.anyText}
        value={filter.document}
        onPick={pick("document")}
        choices={(documents.data ?? []).map(({ id, label }) => ({ value: id, label }))}
      />
      <label className="contents">
        <span className="sr-only">{primitivesText.kind}</span>
        <Select
          className="w-auto max-w-52 min-w-32 flex-1"
          value={filter.kind}
          onChange={(event) => onChange({ kind: event.target.value })}
        >
          <option value="">{primitivesText.anyKind}</option>
          {lost ? <option value={filter.kind}>{primitivesText.withCount(filter.kind, 0)}</option> : null}
          {componentKeys.map((component) => {
            const own = counted.filter((kind) => kind.component === component);
            return own.length === 0 ? null : (
              <optgroup key={component} label={componentNames[component].name}>
                {own.map(({ predicate, count }) => (
                  <option key={predicate} value={predicate}>
                    {primitivesText.withCount(predicate, count)}
                  </option>
                ))}
              </optgroup>
            );
          })}
        </Select>
      </label>
      <ChoiceSelect
        label={primitivesText.sure}
        any={primitivesText.anySure}
        value={filter.sure}
        onPick={pick("sure")}
        choices={sureSteps.map((step) => ({ value: String(step), label: primitivesText.sureFrom(step) }))}
      />
      {choiceNames.some((name) => filter[name] !== "") ? (
        <Button
          look="ghost"
          onClick={() =>
            onChange(Object.fromEntries(choiceNames.map((name) => [name, ""])) as Partial<PrimitiveFilter>)
          }
        >
          {primitivesText.clear}
        </Button>
      ) : null}
    </div>
  );
}

type ChoiceSelectProps = {
  label: string;
  any: string;
  value: string;
  choices: readonly Choice[];
  onPick: (value: string) => void;
};

function ChoiceSelect({ label, any, value, choices, onPick }: ChoiceSelectProps) {
  return (
    <label className="contents">
      <span className="sr-only">{label}</span>
      <Select
        className="w-auto max-w-52 min-w-32 flex-1"
        value={value}
        onChange={(event) => onPick(event.target.value)}
      >
        <option value="">{any}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.count === undefined ? choice.label : primitivesText.withCount(choice.label, choice.count)}
          </option>
        ))}
      </Select>
    </label>
  );
}
