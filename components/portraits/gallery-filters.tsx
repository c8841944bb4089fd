"use client";

import { useId } from "react";
import { portraitsText as text } from "@/components/strings/portraits";
import { Select } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import type { FaceView } from "@/lib/faces/schemas";
import { useEngines } from "./use-portraits";

type GalleryFiltersProps = {
  faces: readonly FaceView[];
  /** username; "" is all */
  face: string;
  onFace: (face: string) => void;
  /** id; "" is all */
  engine: string;
  onEngine: (engine: string) => void;
  isFavourites: boolean;
  onFavourites: (isOn: boolean) => void;
};

/** Which portraits are shown. What the address names and is not in the list is an option all the same. */
export function GalleryFilters(props: GalleryFiltersProps) {
  const { faces, face, onFace, engine, onEngine, isFavourites, onFavourites } = props;
  const engines = useEngines();
  const id = useId();
  const names = faces
    .filter(({ is_sample }) => !is_sample)
    .map(({ username, name }) => ({ value: username, label: name ?? username }));
  const makers = (engines.data ?? []).map((each) => ({ value: each.id, label: each.name }));
  return (
    <div role="search" aria-label={text.filters} className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <Choice label={text.filterFace} all={text.allFaces} options={names} value={face} onChange={onFace} />
      {makers.length > 1 || engine !== "" ? (
        <Choice label={text.filterEngine} all={text.allEngines} options={makers} value={engine} onChange={onEngine} />
      ) : null}
      <span className="flex items-center gap-2 text-2">
        <Switch id={id} checked={isFavourites} onCheckedChange={onFavourites} />
        <label htmlFor={id} className="min-h-6 content-center">
          {text.onlyFavourites}
        </label>
      </span>
    </div>
  );
}

type Option = { value: string; label: string };
type ChoiceProps = {
  label: string;
  all: string;
  options: readonly Option[];
  value: string;
  onChange: (value: string) => void;
};

function Choice({ label, all, options, value, onChange }: ChoiceProps) {
  const isKnown = value === "" || options.some((option) => option.value === value);
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="w-full mid:w-auto mid:max-w-60"
    >
      <option value="">{all}</option>
      {isKnown ? null : <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}
