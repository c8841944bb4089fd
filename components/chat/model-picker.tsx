"use client";

import { ChevronsUpDown } from "lucide-react";
import { chatText } from "@/components/strings/chat";
import { Button } from "@/components/ui/button";
import { ChoicePopover, type Choice } from "./choice-list";
import { findModels, priceOf } from "./model-price";
import type { ModelView } from "./wire";

type ModelPickerProps = {
  models: readonly ModelView[];
  /** "" is the default */
  value: string;
  /** what "" means for this face; "" while that is not known */
  standard: string;
  faceName: string;
  onChange: (model: string) => void;
};

/** Who speaks as the face, and what that costs. */
export function ModelPicker({ models, value, standard, faceName, onChange }: ModelPickerProps) {
  const name = value || standard || chatText.modelDefault;
  const find = (query: string): Choice[] => [
    ...(query === "" && standard ? [{ value: "", label: chatText.modelDefaultOf(standard), note: "" }] : []),
    ...findModels(models, query).map((model) => ({ value: model.id, label: model.id, note: priceOf(model) })),
  ];
  return (
    <ChoicePopover
      label={chatText.modelTitle(faceName)}
      title={chatText.modelTitle(faceName)}
      searchLabel={chatText.modelSearch}
      emptyText={chatText.modelNone}
      moreText={chatText.modelMore}
      value={value}
      find={find}
      onChoose={onChange}
      trigger={
        <Button aria-label={chatText.modelLabel(name)} className="max-w-34 min-w-0 shrink mid:max-w-60">
          <span className="truncate">{name.slice(name.lastIndexOf("/") + 1)}</span>
          <ChevronsUpDown size={14} strokeWidth={1.75} aria-hidden />
        </Button>
      }
    />
  );
}
