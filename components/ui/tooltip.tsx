import { Slot } from "radix-ui";
import type { ReactNode } from "react";

export type TooltipSide = "top" | "right" | "bottom" | "left";

/** A word on what an icon does, shown by the one layer of the page. Never the only place where something is said. */
export function Tooltip({ label, children, side = "top" }: { label: string; children: ReactNode; side?: TooltipSide }) {
  return (
    <Slot.Root data-tooltip={label} data-tooltip-side={side}>
      {children}
    </Slot.Root>
  );
}
