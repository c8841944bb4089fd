import { useModels } from "@/components/chat/use-models";
import { newFaceText as text } from "@/components/strings/faces";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";

/** Who answers as a face, unless a client asks for another. */
export function ModelSelect({ value, onChange }: { value: string; onChange: (model: string) => void }) {
  const models = useModels().data ?? [];
  const standard = models.find((model) => model.is_default)?.id;
  return (
    <Field label={text.model}>
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{text.modelDefault(standard)}</option>
          {models.map((model) => (
            <option key={model.id} value={model.id}>
              {model.is_language_model ? model.id : text.modelQuotes(model.id)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
