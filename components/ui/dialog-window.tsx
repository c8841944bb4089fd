"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { uiText } from "@/components/strings/ui";
import { cn } from "./cn";
import { useWayBack } from "./use-way-back";

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  className?: string;
};

/** The part of a dialog that has to be loaded: see dialog.tsx. */
export function DialogWindow({ open, onOpenChange, ...frame }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="appear fixed inset-0 z-40 bg-scrim" />
        <Frame {...frame} />
      </Radix.Portal>
    </Radix.Root>
  );
}

function Frame({ title, description, children, className }: Omit<DialogProps, "open" | "onOpenChange">) {
  const goBack = useWayBack();
  return (
    <Radix.Content
      {...(description ? {} : { "aria-describedby": undefined })}
      onCloseAutoFocus={goBack}
      className={cn(
        "appear fixed inset-x-3 top-3 z-50 mx-auto grid max-h-[calc(100dvh-24px)] max-w-120 gap-5 overflow-y-auto rounded-3 border border-line-2 bg-over p-5 mid:top-[12vh] mid:max-h-[80dvh] mid:p-6",
        className,
      )}
    >
      <header className="grid gap-1 pr-8">
        <Radix.Title>{title}</Radix.Title>
        {description ? <Radix.Description className="text-2 text-ink-2">{description}</Radix.Description> : null}
      </header>
      {children}
      <Radix.Close
        aria-label={uiText.close}
        className="absolute top-4 right-4 grid size-9 place-items-center rounded-2 text-ink-3 hover:bg-sunk-2 hover:text-ink wide:size-7"
      >
        <X size={16} strokeWidth={1.75} aria-hidden />
      </Radix.Close>
    </Radix.Content>
  );
}
