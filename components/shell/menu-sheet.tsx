"use client";

import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { shellText } from "@/components/strings/shell";
import { useWayBack } from "@/components/ui/use-way-back";
import { SideBar } from "./side-bar";
import { round } from "./top-bar";

/** The navigation of narrow screens, loaded when it is opened. */
export function MenuSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="appear fixed inset-0 z-40 bg-scrim" />
        <Sheet onNavigate={() => onOpenChange(false)} />
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Sheet({ onNavigate }: { onNavigate: () => void }) {
  const goBack = useWayBack();
  return (
    <Dialog.Content
      aria-describedby={undefined}
      // the sheet itself: its first button is the last thing one came for
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
      }}
      onCloseAutoFocus={goBack}
      className="appear fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] border-r border-line bg-sunk outline-none"
    >
      <Dialog.Title className="sr-only">{shellText.menu}</Dialog.Title>
      <SideBar onNavigate={onNavigate} />
      <Dialog.Close aria-label={shellText.closeMenu} className={`${round} absolute top-2 right-2`}>
        <X size={20} strokeWidth={1.75} aria-hidden />
      </Dialog.Close>
    </Dialog.Content>
  );
}
