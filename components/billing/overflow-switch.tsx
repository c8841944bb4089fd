"use client";

import { useId } from "react";
import { billingText as text } from "@/components/strings/billing";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Switch } from "@/components/ui/switch";
import { useSetOverflow } from "./use-billing";

/** Whether syncs go on with credit where the quota ends; it shows what was chosen at once. */
export function OverflowSwitch({ isEnabled }: { isEnabled: boolean }) {
  const overflow = useSetOverflow();
  const id = useId();
  const isOn = overflow.isPending ? overflow.variables : isEnabled;
  return (
    <div className="grid gap-2">
      <div className="flex items-start gap-3">
        <Switch
          id={id}
          checked={isOn}
          aria-describedby={`${id}-what`}
          onCheckedChange={(next) => overflow.mutate(next)}
        />
        <div className="grid">
          <label htmlFor={id} className="text-2 font-strong">
            {text.overflow}
          </label>
          <p id={`${id}-what`} className="measure text-2 text-ink-3">
            {isOn ? text.overflowOn : text.overflowOff}
          </p>
        </div>
      </div>
      {overflow.error ? <ApiErrorBlock title={text.overflowFailed} error={overflow.error} /> : null}
    </div>
  );
}
