"use client";

import { DropdownMenu } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

/** What can be done with a thing, behind one button. */
export function Menu({
  trigger,
  label,
  children,
  align = "end",
}: {
  trigger: ReactNode;
  label?: string;
  children: ReactNode;
  align?: "start" | "end";
}) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={12}
          className="appear z-50 max-w-[calc(100vw-24px)] min-w-44 rounded-3 border border-line-2 bg-over p-1 text-2"
        >
          {label ? <DropdownMenu.Label className="px-2 py-1.5 text-1 text-ink-3">{label}</DropdownMenu.Label> : null}
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const item =
  "flex min-h-10 cursor-pointer items-center gap-2 rounded-2 px-2 text-ink no-underline outline-none data-disabled:cursor-not-allowed data-disabled:text-ink-3 data-highlighted:bg-accent-soft wide:min-h-8";

export function MenuItem({
  danger,
  className,
  ...props
}: ComponentProps<typeof DropdownMenu.Item> & { danger?: boolean }) {
  return <DropdownMenu.Item className={cn(item, danger && "text-danger", className)} {...props} />;
}

/** One of several; the chosen one carries a tick. */
export function MenuChoice({ className, ...props }: ComponentProps<typeof DropdownMenu.RadioItem>) {
  return <DropdownMenu.RadioItem className={cn(item, className)} {...props} />;
}

export const MenuChoices = DropdownMenu.RadioGroup;
export const MenuTick = DropdownMenu.ItemIndicator;

export function MenuLine() {
  return <DropdownMenu.Separator className="-mx-1 my-1 border-t border-line" />;
}
