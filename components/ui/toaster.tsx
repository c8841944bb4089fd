"use client";

import { Toaster as Sonner } from "sonner";

const button = "ml-auto min-h-8 shrink-0 rounded-1 px-2.5 font-strong underline underline-offset-3";

/** Short answers to what a person just did. What must not be missed is said on the page instead. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-center"
      gap={8}
      toastOptions={{
        unstyled: true,
        duration: 6000,
        classNames: {
          toast:
            "font-sans flex min-h-11 w-full items-center gap-3 rounded-2 bg-ink py-1.5 pr-1.5 pl-3.5 text-2 text-bg mid:w-[var(--width)]",
          error: "border border-danger !bg-danger-soft !text-ink",
          actionButton: button,
          cancelButton: button,
          icon: "hidden",
        },
      }}
    />
  );
}
