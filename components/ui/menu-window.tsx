"use client";

import { DropdownMenu } from "radix-ui";
import { useRef, type ReactNode } from "react";
import { focusFirst, type LateProps } from "./late-trigger";
import { MenuParts } from "./menu-parts";

export type MenuFrame = { label?: string | undefined; children: ReactNode; align: "start" | "end" };

/** The part of a menu that has to be loaded: see menu.tsx. */
export function MenuWindow({ trigger, isByKey, label, children, align }: MenuFrame & LateProps) {
  const isFirst = useRef(isByKey);
  return (
    <MenuParts value={DropdownMenu}>
      <DropdownMenu.Root defaultOpen>
        <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            ref={(element) => {
              if (element && isFirst.current) focusFirst(element, "[role^=menuitem]");
              isFirst.current = false;
            }}
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
    </MenuParts>
  );
}
