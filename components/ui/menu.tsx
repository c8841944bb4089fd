"use client";

import type { DropdownMenu } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { LateTrigger } from "./late-trigger";
import { useMenuParts } from "./menu-parts";

type MenuProps = { trigger: ReactNode; label?: string; children: ReactNode; align?: "start" | "end" };

const load = () => import("./menu-window").then(({ MenuWindow }) => MenuWindow);

/** What can be done with a thing, behind one button. */
export function Menu({ trigger, label, children, align = "end" }: MenuProps) {
  return <LateTrigger kind="menu" trigger={trigger} load={load} frame={{ label, children, align }} />;
}

const item =
  "flex min-h-10 cursor-pointer items-center gap-2 rounded-2 px-2 text-ink no-underline outline-none data-disabled:cursor-not-allowed data-disabled:text-ink-3 data-highlighted:bg-accent-soft wide:min-h-8";

export function MenuItem({
  danger,
  className,
  ...props
}: ComponentProps<typeof DropdownMenu.Item> & { danger?: boolean }) {
  const { Item } = useMenuParts();
  return <Item className={cn(item, danger && "text-danger", className)} {...props} />;
}

export function MenuChoices(props: ComponentProps<typeof DropdownMenu.RadioGroup>) {
  const { RadioGroup } = useMenuParts();
  return <RadioGroup {...props} />;
}

/** One of several; the chosen one carries a tick. */
export function MenuChoice({ className, ...props }: ComponentProps<typeof DropdownMenu.RadioItem>) {
  const { RadioItem } = useMenuParts();
  return <RadioItem className={cn(item, className)} {...props} />;
}

export function MenuTick(props: ComponentProps<typeof DropdownMenu.ItemIndicator>) {
  const { ItemIndicator } = useMenuParts();
  return <ItemIndicator {...props} />;
}

export function MenuLine() {
  const { Separator } = useMenuParts();
  return <Separator className="-mx-1 my-1 border-t border-line" />;
}
