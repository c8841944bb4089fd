"use client";

import { Popover as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import type { LateProps } from "./late-trigger";
import { PopoverParts } from "./popover-parts";

export type PopoverFrame = {
  label: string;
  children: ReactNode;
  side: "top" | "right" | "bottom" | "left";
  align: "start" | "center" | "end";
  className?: string | undefined;
};

/** The part of a popover that has to be loaded: see popover.tsx. It moves the focus into itself, however it was opened. */
export function PopoverWindow({ trigger, label, children, side, align, className }: PopoverFrame & LateProps) {
  return (
    <PopoverParts value={Radix}>
      <Radix.Root defaultOpen>
        <Radix.Trigger asChild>{trigger}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            aria-label={label}
            side={side}
            align={align}
            sideOffset={6}
            collisionPadding={12}
            className={cn(
              "appear z-50 max-h-(--radix-popover-content-available-height) w-80 max-w-[calc(100vw-24px)] overflow-y-auto rounded-3 border border-line-2 bg-over text-2",
              className,
            )}
          >
            {children}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </PopoverParts>
  );
}
