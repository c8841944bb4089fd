"use client";

import { Switch as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** On or off, at once. Give it an `id` and a label, or an `aria-label`. */
export function Switch({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={cn(
        "relative inline-flex h-6 w-10 shrink-0 items-center rounded-full border border-control-line bg-sunk-2 transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent wide:h-5 wide:w-8",
        className,
      )}
      {...props}
    >
      <Radix.Thumb className="ml-0.5 block size-4.5 rounded-full bg-control-line transition-transform data-[state=checked]:translate-x-3.5 data-[state=checked]:bg-on-accent wide:size-3.5 wide:data-[state=checked]:translate-x-3" />
    </Radix.Root>
  );
}
