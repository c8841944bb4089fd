"use client";

import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { chatText } from "@/components/strings/chat";
import { useWayBack } from "@/components/ui/use-way-back";

/** The list over the page, where there is no room beside it. */
export function NarrowPanel({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const backToOpener = useWayBack();
  return (
    <Radix.Root open onOpenChange={onClose}>
      <Radix.Portal>
        <Radix.Overlay className="appear fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={backToOpener}
          className="appear fixed inset-y-0 left-0 z-50 w-[min(320px,calc(100vw-48px))] border-r border-line bg-sunk"
        >
          <Radix.Title className="sr-only">{chatText.listLabel}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
