"use client";

import { portraitsText as text } from "@/components/strings/portraits";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Prompt } from "./use-prompt";

/** What few orders need. */
export function MoreSettings({ prompt: { settings, change } }: { prompt: Prompt }) {
  return (
    <details className="text-2">
      <summary className="w-fit cursor-pointer py-1 text-ink-2 hover:text-ink">{text.more}</summary>
      <div className="grid gap-3 pt-2 mid:max-w-120">
        <Field label={text.negative} optional>
          {(control) => (
            <Input
              {...control}
              value={settings.negative}
              maxLength={1000}
              placeholder={text.negativePlaceholder}
              onChange={(event) => change({ negative: event.target.value })}
            />
          )}
        </Field>
        <Tick label={text.upscaled} checked={settings.isUpscaled} onChange={(isUpscaled) => change({ isUpscaled })} />
        <Tick
          label={text.faceCorrect}
          checked={settings.isCorrected}
          onChange={(isCorrected) => change({ isCorrected })}
        />
      </div>
    </details>
  );
}

type TickProps = { label: string; checked: boolean; onChange: (checked: boolean) => void };

function Tick({ label, checked, onChange }: TickProps) {
  return (
    <label className="flex min-h-6 w-fit items-center gap-2">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 accent-(--accent)"
      />
      {label}
    </label>
  );
}
