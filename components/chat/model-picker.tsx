"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu, MenuChoice, MenuChoices, MenuTick } from "@/components/ui/menu";
import type { ModelView } from "./wire";

type ModelPickerProps = { models: ModelView[]; value: string; faceName: string; onChange: (model: string) => void };

/** Who speaks as the face, and what that costs. */
export function ModelPicker({ models, value, faceName, onChange }: ModelPickerProps) {
  return (
    <Menu
      label={`Who speaks as ${faceName}, $ per million tokens in / out`}
      trigger={
        <Button
          aria-label={`Model: ${value || "the installation’s default"}`}
          className="max-w-40 min-w-0 shrink mid:max-w-60"
        >
          <span className="truncate">{value || "Default model"}</span>
          <ChevronsUpDown size={14} strokeWidth={1.75} aria-hidden />
        </Button>
      }
    >
      <MenuChoices value={value} onValueChange={onChange} className="max-h-80 overflow-y-auto">
        {models.map((model) => (
          <MenuChoice key={model.id} value={model.id} className="pl-7">
            <span className="absolute left-3">
              <MenuTick>
                <Check size={14} strokeWidth={1.75} aria-hidden />
              </MenuTick>
            </span>
            <span className="truncate">{model.id}</span>
            <span className="num ml-auto pl-4 text-1 whitespace-nowrap text-ink-3">{priceOf(model)}</span>
          </MenuChoice>
        ))}
      </MenuChoices>
    </Menu>
  );
}

function priceOf({ pricing, is_language_model: isLanguageModel }: ModelView): string {
  const isFree = pricing?.input_usd_per_million === 0 && pricing.output_usd_per_million === 0;
  if (!isLanguageModel) return isFree ? "free, no language model" : "no language model";
  if (!pricing) return "";
  return isFree ? "free" : `${pricing.input_usd_per_million.toFixed(2)} / ${pricing.output_usd_per_million.toFixed(2)}`;
}
