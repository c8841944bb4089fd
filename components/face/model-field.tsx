"use client";

import { useModels } from "@/components/chat/use-models";
import { faceText } from "@/components/strings/face";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";

/** Who speaks as the face unless a call says otherwise. */
export function ModelField({ value, onChange }: { value: string; onChange: (model: string) => void }) {
  const models = useModels();
  const all = models.data ?? [];
  const standard = all.find((model) => model.is_default)?.id;
  return (
    <Field label={faceText.model} hint={models.error ? faceText.modelsUnloaded : faceText.modelHint}>
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{faceText.modelDefault(standard)}</option>
          {value && !all.some((model) => model.id === value) ? (
            <option value={value}>{models.data ? faceText.modelGone(value) : value}</option>
          ) : null}
          {all.map((model) => (
            <option key={model.id} value={model.id}>
              {model.is_language_model ? model.id : faceText.modelQuotes(model.id)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
