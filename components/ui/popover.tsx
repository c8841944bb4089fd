"use client";

import type { Popover as Radix } from "radix-ui";
import { use, type ComponentProps, type ReactNode } from "react";
import { LateTrigger } from "./late-trigger";
import { PopoverParts } from "./popover-parts";
import type { PopoverFrame } from "./popover-window";

type PopoverProps = {
  trigger: ReactNode;
  /** Read out when it opens. */
  label: string;
  children: ReactNode;
  side?: PopoverFrame["side"];
  align?: PopoverFrame["align"];
  className?: string;
};

const load = () => import("./popover-window").then(({ PopoverWindow }) => PopoverWindow);

/** Something to read or set, beside the button that opened it. Escape closes it; focus comes back. */
export function Popover({ trigger, label, children, side = "bottom", align = "end", className }: PopoverProps) {
  return (
    <LateTrigger kind="dialog" trigger={trigger} load={load} frame={{ label, children, side, align, className }} />
  );
}

/** @throws {Error} it stands outside of a popover */
export function PopoverClose(props: ComponentProps<typeof Radix.Close>) {
  const parts = use(PopoverParts);
  if (parts === null) throw new Error("What closes a popover stands in one.");
  return <parts.Close {...props} />;
}
